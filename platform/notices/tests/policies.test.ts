import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()
const [ada, bo] = [await someone(db, 'ada'), await someone(db, 'bo')]
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }
const telling = (person: string, leadsTo = `'/account'`, urgency = 'soon') =>
  `select private.notify('${person}', 'sample.x', 'Something is ready', '', ${leadsTo}, '${urgency}')`
await attempt(theServer, telling(ada.id))
await attempt(theServer, telling(bo.id))

test('each sees what they are told, and nobody what others are', async () => {
  for (const { id, acting } of [ada, bo])
    assert.deepEqual(await attempt(acting, 'select person_id, title from notices.notices'), [
      { person_id: id, title: 'Something is ready' },
    ])
  await assert.rejects(attempt(aStranger, 'select from notices.notices'), notAllowed)
})

test('each says what they have read, of their own alone', async () => {
  await attempt(ada.acting, 'update notices.notices set read_at = now()')
  assert.deepEqual(await db.sql('select person_id from notices.notices where read_at is not null'), [{ person_id: ada.id }])
})

describe('nobody', () => {
  for (const text of [
    telling(ada.id),
    `select private.tell('${ada.id}', 'sample.x', 'Something is ready')`,
    `select private.hand_on('${ada.id}')`,
    `select private.is_quiet('${ada.id}', now())`,
    `select private.quiet_until('${ada.id}', now())`,
    'select private.digests_due(now())',
    `select private.take_digest('${ada.id}', current_date)`,
    'select person_id from notices.digests',
    `update notices.notices set handed_on_at = null`,
    `update notices.notices set urgency = 'now'`,
    `insert into notices.choices (person_id, push) values ('${ada.id}', false)`,
    `update notices.choices set person_id = '${ada.id}'`,
    'delete from notices.choices',
    `insert into notices.notices (person_id, kind, title) values ('${ada.id}', 'sample.x', 'Made up')`,
    `update notices.notices set title = 'Other words'`,
    `update notices.notices set person_id = '${ada.id}'`,
    'delete from notices.notices',
  ])
    test(`may ${text}`, async () => {
      await assert.rejects(attempt(bo.acting, text), notAllowed)
      await assert.rejects(attempt(aStranger, text), notAllowed)
    })
})

describe('a notice leads to a page of ours, and nowhere else', () => {
  for (const here of ['/', '/account', '/.well', '/practice/sessions/1?tab=a&b=%20#c', '/[a]~'])
    test(`here: ${here}`, async () => void (await attempt(theServer, telling(ada.id, `'${here}'`))))
  for (const elsewhere of [
    'https://example.test',
    '//example.test',
    '/\\example.test',
    'javascript:alert(1)',
    '/\t/example.test',
    '/\n/example.test',
    '/\r\\example.test',
    '/account\n',
    '/ü',
    '/a b',
    '',
    ' /account',
  ])
    test(JSON.stringify(elsewhere), async () => {
      await assert.rejects(attempt(theServer, telling(ada.id, `'${elsewhere}'`)), { constraint: 'leads_to_a_page_of_ours' })
    })
})

test('whoever has left is told nothing', async () => {
  const gone = await someone(db, 'gone')
  await db.sql('update auth.users set deleted_at = now() where id = $1', [gone.id])
  await attempt(theServer, telling(gone.id))
  assert.deepEqual(await db.sql('select from notices.notices where person_id = $1', [gone.id]), [])
})

test('as it was called before, it tells the same', async () => {
  const cleo = await someone(db, 'cleo')
  await attempt(theServer, `select private.tell('${cleo.id}', 'sample.x', 'As before', 'and why', '/account')`)
  assert.deepEqual(await attempt(cleo.acting, 'select title, body, leads_to, urgency from notices.notices'), [
    { title: 'As before', body: 'and why', leads_to: '/account', urgency: 'soon' },
  ])
})

test('no other urgency is known', async () => {
  await assert.rejects(attempt(theServer, telling(ada.id, 'null', 'never')), { constraint: 'urgency_is_known' })
})

describe('how somebody wants to be told', () => {
  test('is theirs to say, to change and to see', async () => {
    await attempt(ada.acting, `insert into notices.choices (push, quiet_from, quiet_until) values (true, '22:00', '07:00')`)
    await attempt(ada.acting, 'update notices.choices set push = false')
    assert.deepEqual(await attempt(ada.acting, 'select push, quiet_from::text from notices.choices'), [
      { push: false, quiet_from: '22:00:00' },
    ])
    assert.deepEqual(await attempt(bo.acting, 'select push from notices.choices'), [])
    await attempt(bo.acting, 'update notices.choices set push = true')
    assert.deepEqual(await db.sql('select push from notices.choices'), [{ push: false }])
    await assert.rejects(attempt(aStranger, 'select push from notices.choices'), notAllowed)
  })

  for (const [from, until] of [
    [`'22:00'`, 'null'],
    ['null', `'07:00'`],
    [`'22:00'`, `'22:00'`],
  ])
    test(`cannot be quiet from ${from} until ${until}`, async () => {
      await assert.rejects(attempt(bo.acting, `insert into notices.choices (quiet_from, quiet_until) values (${from}, ${until})`), {
        constraint: 'quiet_from_until',
      })
    })
})
