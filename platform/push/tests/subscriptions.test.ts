import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, theServer } from '#tests/database.ts'
import { pushOfPerson } from '../person.ts'
import { sweepSubscriptions } from '../sweep.ts'
import { letIn, runningOn, signedIn, someoneInABrowser, subscribe, subscriptionsOf } from './scene.ts'

const db = await freshDatabase()
let made = 0
const endpoint = () => `https://push.example.test/${++made}`

describe('an endpoint', () => {
  for (const [wrong, refusal] of [
    ['http://push.example.test/x', 'endpoint_is_https'],
    [`https://push.example.test/${'x'.repeat(1_000)}`, 'endpoint_is_https'],
    ['https://push.example.test/\nx', 'endpoint_is_https'],
  ] as const)
    test(`is not ${wrong.slice(0, 40)}`, async () => {
      await assert.rejects(subscribe(db, await someoneInABrowser(db, 'ada'), wrong), { constraint: refusal })
    })
})

test('one browser is one subscription: a new address takes the place of the old one, the same one changes nothing', async () => {
  const cleo = await someoneInABrowser(db, 'cleo')
  const [first, second] = [endpoint(), endpoint()]
  await subscribe(db, cleo, first)
  const [before] = await subscriptionsOf(db, cleo.id)
  await subscribe(db, cleo, first)
  assert.deepEqual(await subscriptionsOf(db, cleo.id), [before])
  await subscribe(db, cleo, second)
  assert.deepEqual(
    (await subscriptionsOf(db, cleo.id)).map(({ endpoint }) => endpoint),
    [second],
  )
})

test('a browser that somebody else uses now pokes for them, and no more for who was there before', async () => {
  const [dan, eve] = [await someoneInABrowser(db, 'dan'), await someoneInABrowser(db, 'eve')]
  const shared = endpoint()
  await subscribe(db, dan, shared)
  await subscribe(db, eve, shared)
  assert.deepEqual(await subscriptionsOf(db, dan.id), [])
  assert.equal((await subscriptionsOf(db, eve.id)).length, 1)
})

test('nobody has more than ten, also when two come at once', async () => {
  const finn = await someoneInABrowser(db, 'finn')
  await subscribe(db, finn, endpoint())
  for (let more = 0; more < 8; more++) await subscribe(db, await signedIn(db, finn.id), endpoint())
  const both = [await signedIn(db, finn.id), await signedIn(db, finn.id)]
  const ends = await Promise.allSettled(both.map((browser) => subscribe(db, browser, endpoint())))
  assert.deepEqual(ends.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  assert.equal((await subscriptionsOf(db, finn.id)).length, 10)
  await assert.rejects(subscribe(db, await signedIn(db, finn.id), endpoint()), { constraint: 'too_many_browsers' })
  await subscribe(db, finn, endpoint()) // the same browser, at another address
})

describe('a subscription ends with what let the browser in:', () => {
  for (const [end, text] of [
    ['signing out', 'delete from auth.sessions where id = $2 and user_id = $1'],
    ['being suspended', 'update identity.accounts set suspended_at = now() where user_id = $1 and $2::uuid is not null'],
    ['leaving', 'update auth.users set deleted_at = now() where id = $1 and $2::uuid is not null'],
  ] as const)
    test(end, async () => {
      const hal = await someoneInABrowser(db, 'hal')
      await subscribe(db, hal, endpoint())
      await db.sql(text, [hal.id, hal.session])
      assert.deepEqual(await subscriptionsOf(db, hal.id), [])
    })

  test('but not with a new word for the same session, as every proof gives one', async () => {
    const ivy = await someoneInABrowser(db, 'ivy')
    await subscribe(db, ivy, endpoint())
    await db.database.write(theServer, async (tx) => {
      await tx.deleteFrom('identity.browser_sessions').where('session_id', '=', ivy.session).execute()
      await tx
        .insertInto('identity.browser_sessions')
        .values({ token_hash: Buffer.alloc(32, 7), session_id: ivy.session, user_id: ivy.id, expires_at: '2099-01-01T00:00:00Z' })
        .execute()
    })
    assert.equal((await subscriptionsOf(db, ivy.id)).length, 1)
  })

  test('and one whose session ran out is not poked', async () => {
    const jo = await someoneInABrowser(db, 'jo')
    await subscribe(db, jo, endpoint())
    const pokable = () => db.sql('select private.pokable($1)', [jo.id])
    assert.equal((await pokable()).length, 1)
    await db.sql(`update auth.sessions set refreshed_at = now() at time zone 'UTC' - interval '31 days' where id = $1`, [jo.session])
    assert.deepEqual(await pokable(), [])
    await letIn(db, jo.id, (await signedIn(db, jo.id)).session)
    assert.deepEqual(await pokable(), [])
  })
})

test('the address of a browser in which somebody else is signed in cannot be had by naming its session', async () => {
  const [kit, lou] = [await someoneInABrowser(db, 'kit'), await someoneInABrowser(db, 'lou')]
  const claims = JSON.stringify({ sub: lou.id, role: 'authenticated', session_id: kit.session })
  await assert.rejects(subscribe(db, { acting: { role: 'authenticated', claims } }, endpoint()), { constraint: 'only_browsers_are_poked' })
})

test('pokes that nobody takes for a month end the subscription; those never tried do not', async () => {
  const [mo, nia] = [await someoneInABrowser(db, 'mo'), await someoneInABrowser(db, 'nia')]
  for (const who of [mo, nia]) await subscribe(db, who, endpoint())
  await db.sql(`update push.subscriptions set made_at = now() - interval '31 days', failures = case person_id when $1 then 3 else 0 end`, [
    mo.id,
  ])
  await sweepSubscriptions.run(runningOn(db, {}))
  assert.deepEqual(await subscriptionsOf(db, mo.id), [])
  assert.equal((await subscriptionsOf(db, nia.id)).length, 1)
})

test('whoever asks gets when their browsers were poked and never where, whoever leaves takes it along', async () => {
  const ola = await someoneInABrowser(db, 'ola')
  await subscribe(db, ola, endpoint())
  await db.sql(`select private.poke($1, 'soon')`, [ola.id])
  const exported = await db.database.read(theServer, (tx) => pushOfPerson.export(tx, ola.id))
  assert.deepEqual(Object.keys(exported['browsers']![0] as object), ['made_at', 'last_ok_at'])
  for (let times = 0; times < 2; times++) await db.database.write(theServer, (tx) => pushOfPerson.erase(tx, ola.id))
  assert.deepEqual(await db.sql('select from push.pokes'), [])
  assert.deepEqual(await subscriptionsOf(db, ola.id), [])
})
