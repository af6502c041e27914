import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { aStranger, freshDatabase, theServer } from '#tests/database.ts'
import { startingLine } from '#tests/race.ts'
import { practiceOfPerson } from '../person.ts'
import { notAllowed, type Person, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person: appears, aCase, act, seated, later } = await theatre(db)
const line = await startingLine(db)
after(line.close)

type Shown = Record<string, unknown> & { id: string; known: boolean }
const share = async ({ acting }: Person, session: string, whom: { person?: string; address?: string }) =>
  (
    await ask<{ id: string }>(acting, 'select private.share_result($1, 1, $2, $3) as id', [
      session,
      whom.person ?? null,
      whom.address ?? null,
    ])
  )[0]!.id
const shown = async ({ acting }: Person) => ask<Shown>(acting, 'select * from private.shared_with_me()')
const open = async ({ acting }: Person, id: string, knowing = false) =>
  (await ask<Record<string, unknown>>(acting, 'select * from private.open_shared($1, $2)', [id, knowing]))[0]!
const takeBack = ({ acting }: Person, id: string) => ask(acting, 'select private.take_back_share($1)', [id])
const sharesOf = ({ acting }: Person, session: string) =>
  ask<{ id: string; name: string | null; address: string | null }>(acting, 'select * from private.shares_of($1, 1)', [session]) // prettier-ignore
const addressOf = async ({ id }: Person) => (await db.sql<{ email: string }>('select email from auth.users where id = $1', [id]))[0]!.email
const toldOf = async ({ id }: Person) =>
  db.sql<{ leads_to: string }>(
    `select title, body, leads_to from notices.notices where person_id = $1 and kind = 'practice.result-shared'`,
    [id],
  )
const leaks = (seen: unknown, word: string) =>
  ['actor_brief', 'markscheme', 'condition', 'item', 'said'].filter((text) => JSON.stringify(seen).includes(`${word} ${text}`))
const person = async (name: string) => {
  const found = await appears(name)
  await db.sql('update auth.users set email = lower(email), email_confirmed_at = now() where id = $1', [found.id])
  return found
}

/** Ada was the candidate, Bo has marked her, and they are in the feedback. */
async function marked(ada: Person, bo: Person, { handedIn = true } = {}) {
  const { id, word, items } = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)
  await later(session, 30)
  await ask(bo.acting, 'select private.tick_item($1, 1, $2)', [session, items[0]])
  for (const domain of ['communication', 'ethics']) await ask(bo.acting, 'select private.score_domain($1, 1, $2, 1)', [session, domain])
  if (handedIn) await ask(bo.acting, 'select private.submit_sheet($1, 1, 2, $2)', [session, `${word} said`])
  return { session, word, id, feedback: () => later(session, 10) }
}

describe('a result is shown', async () => {
  const [ada, bo, cem, dee] = [await person('Ada'), await person('Bo'), await person('Cem'), await person('Dee')]
  const { session, word, feedback } = await marked(ada, bo)
  const address = (await addressOf(dee)).toUpperCase()

  test('by nobody before the feedback, and never by whoever marked it or had no part in it', async () => {
    await assert.rejects(share(ada, session, { address }), refused('not_yet'))
    await feedback()
    await assert.rejects(share(bo, session, { address }), refused('not_your_role'))
    await assert.rejects(share(cem, session, { address }), refused('session_not_found'))
    await assert.rejects(ask(aStranger, `select private.share_result($1, 1, null, 'a@b.test')`, [session]), notAllowed)
  })

  test('to somebody one has practised with, or to an address; not to oneself, nor to whoever marked it', async () => {
    await assert.rejects(share(ada, session, { person: cem.id }), refused('no_such_partner'))
    await assert.rejects(share(ada, session, { person: randomUUID() }), refused('no_such_partner'))
    await assert.rejects(share(ada, session, { person: bo.id }), refused('they_marked_it'))
    await assert.rejects(share(ada, session, { address: await addressOf(ada) }), refused('that_is_you'))
    await assert.rejects(share(ada, session, { address: 'nobody' }), refused('address_is_one'))
    await assert.rejects(share(ada, session, {}), refused('choose_one'))
    await assert.rejects(share(ada, session, { person: cem.id, address }), refused('choose_one'))
  })

  test('and answers alike whether the address is somebody’s', async () => {
    const [known, unknown] = [await share(ada, session, { address }), await share(ada, session, { address: 'nobody@example.test' })]
    assert.match(`${known} ${unknown}`, /^[0-9a-f-]{36} [0-9a-f-]{36}$/)
    assert.equal(await share(ada, session, { address: ` ${address} ` }), known)
    assert.deepEqual(
      (await sharesOf(ada, session)).map(({ name, address }) => [name, address]),
      [
        [null, address.toLowerCase()],
        [null, 'nobody@example.test'],
      ],
    )
  })

  test('Dee is told once, without a name, and finds who, which case and how it was rated; not a word of the case', async () => {
    const [one, ...more] = await shown(dee)
    assert.deepEqual(more, [])
    assert.deepEqual(await toldOf(dee), [
      { title: 'Somebody shows you a practice result', body: '', leads_to: '/practice/results/shared' } as never,
    ])
    assert.deepEqual(
      [one!['from_name'], one!['case_name'], one!['rating'], one!['scores']],
      ['Ada of the theatre', 'Somebody at noon', 2, { communication: 1, ethics: 1 }],
    ) // prettier-ignore
    assert.deepEqual([leaks(one, word), one!.known], [[], false])
    assert.ok(!JSON.stringify(one).includes(bo.id) && !JSON.stringify(one).includes('Bo of'))
  })

  test('the whole of it gives the case away: Dee says that she wants to, and it is on record', async () => {
    const [{ id } = { id: '' }] = await shown(dee)
    await assert.rejects(open(dee, id), refused('gives_the_case_away'))
    const whole = await open(dee, id, true)
    assert.deepEqual(
      [whole['condition'], whole['words'], (whole['checklist'] as { ticked: boolean }[]).map(({ ticked }) => ticked)],
      [`${word} condition`, `${word} said`, [true, false, false]],
    ) // prettier-ignore
    assert.deepEqual(await db.sql('select text from practice.disclosures where person_id = $1', [dee.id]), [{ text: 'markscheme' }])
    assert.equal((await open(dee, id))['words'], `${word} said`)
    assert.equal((await shown(dee))[0]!.known, true)
  })

  test('nobody else finds it, by its address either', async () => {
    const [{ id } = { id: '' }] = await shown(dee)
    for (const who of [bo, cem, ada]) {
      assert.deepEqual(await shown(who), [])
      await assert.rejects(open(who, id, true), refused('no_such_share'))
      if (who !== ada) await assert.rejects(takeBack(who, id), refused('no_such_share'))
    }
    assert.deepEqual(await sharesOf(bo, session), [])
    await assert.rejects(takeBack(dee, id), refused('no_such_share'))
  })

  test('taken back, it is gone at once', async () => {
    const [{ id } = { id: '' }] = await shown(dee)
    await takeBack(ada, id)
    assert.deepEqual(await shown(dee), [])
    await assert.rejects(open(dee, id, true), refused('no_such_share'))
    await assert.rejects(takeBack(ada, id), refused('no_such_share'))
  })

  test('shown and taken back again and again, it rings once', async () => {
    for (let n = 0; n < 3; n++) await takeBack(ada, await share(ada, session, { address }))
    assert.equal((await toldOf(dee)).length, 1)
    await db.sql('update notices.notices set read_at = now() where person_id = $1', [dee.id])
    await share(ada, session, { address })
    assert.equal((await toldOf(dee)).length, 2)
  })
})

test('an address that nobody has confirmed shows nothing', async () => {
  const [ada, bo, eve] = [await person('Ada'), await person('Bo'), await person('Eve')]
  await db.sql('update auth.users set email_confirmed_at = null where id = $1', [eve.id])
  const { session, feedback } = await marked(ada, bo)
  await feedback()
  await share(ada, session, { address: await addressOf(eve) })
  assert.deepEqual([await shown(eve), await toldOf(eve)], [[], []])
})

test('a sheet that is not handed in is not shown', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { session, feedback } = await marked(ada, bo, { handedIn: false })
  await feedback()
  await assert.rejects(share(ada, session, { address: 'a@example.test' }), refused('nothing_to_share'))
})

test('whoever is the candidate in that case just now opens nothing, though they know it', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const { session, word, id, feedback } = await marked(ada, bo)
  await feedback()
  const one = await share(ada, session, { address: await addressOf(cem) })
  const [{ alone } = { alone: '' }] = await ask<{ alone: string }>(
    cem.acting,
    `select private.practise_alone('mock', 'short', $1) as alone`,
    [id],
  )
  for (const knowing of [false, true]) await assert.rejects(open(cem, one, knowing), refused('not_yet'))
  assert.deepEqual(leaks(await shown(cem), word), [])
  await later(alone, 30)
  await ask(cem.acting, `select private.disclose($1, 'markscheme')`, [alone])
  assert.equal((await open(cem, one))['words'], `${word} said`)
})

test('a partner from another evening sees it; a block cuts it for good, and tells nobody', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  await seated(ada, cem, { minutes: 300 }).then(async (session) => {
    await db.sql('update practice.practice_sessions set date = date - 1 where id = $1', [session])
    await act(ada, 'begin_station', session)
    await act(ada, 'end_session', session)
  })
  const { session, feedback } = await marked(ada, bo)
  await feedback()
  const one = await share(ada, session, { person: cem.id })
  assert.equal((await shown(cem)).length, 1)
  await ask(cem.acting, 'insert into safety.blocks (blocked_id) values ($1)', [ada.id])
  assert.deepEqual(await shown(cem), [])
  assert.equal((await sharesOf(ada, session)).length, 1)
  await ask(cem.acting, 'delete from safety.blocks')
  assert.deepEqual(await shown(cem), [])
  assert.equal(await share(ada, session, { person: cem.id }), one)
  assert.equal((await shown(cem)).length, 1)
})

test('a teacher of hers is on Ada’s list as long as she is in the group, and hears at once that something is shown and taken back', async () => {
  const [ada, bo, tess] = [await person('Ada'), await person('Bo'), await person('Tess')]
  const { session, feedback } = await marked(ada, bo)
  await feedback()
  const list = async () => ask<{ name: string; teaches: boolean }>(ada.acting, 'select name, teaches from private.whom_to_show()')
  await assert.rejects(share(ada, session, { person: tess.id }), refused('no_such_partner'))
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into practice.groups (teacher_id, name) values ($1, 'Thursdays') returning id`,
    [tess.id],
  ) // prettier-ignore
  await db.sql('insert into practice.group_members (group_id, person_id) values ($1, $2)', [id, ada.id])
  assert.deepEqual(await list(), [
    { name: 'Tess of the theatre', teaches: true },
    { name: 'Bo of the theatre', teaches: false },
  ])
  const heard = async () =>
    (await db.sql(`select 1 from live.events where topic_id = $1 and kind = 'practice.shares-changed'`, [tess.id])).length
  const one = await share(ada, session, { person: tess.id })
  assert.deepEqual([(await shown(tess)).length, await heard()], [1, 1])
  await takeBack(ada, one)
  assert.deepEqual([(await shown(tess)).length, await heard()], [0, 2])
  await db.sql('delete from practice.group_members where group_id = $1', [id])
  assert.deepEqual((await list()).length, 1)
})

test('with somebody who leaves goes what was shown to them, by either name, and what they showed', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const { session, feedback } = await marked(ada, bo)
  await feedback()
  await share(ada, session, { address: await addressOf(cem) })
  const exported = async ({ id }: Person) => db.database.read(theServer, (reader) => practiceOfPerson.export(reader, id))
  assert.deepEqual(
    (await exported(ada))['results_you_show']!.map((share) => (share as { address: string }).address),
    [await addressOf(cem)],
  )
  assert.deepEqual([(await exported(bo))['results_you_show'], (await exported(cem))['results_you_show']], [[], []])
  await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, cem.id))
  assert.deepEqual(await sharesOf(ada, session), [])
  await share(ada, session, { address: await addressOf(bo) })
  await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, ada.id))
  assert.deepEqual(await db.sql('select 1 from practice.shares where session_id = $1', [session]), [])
})

test('of thirty at once twenty are shared, and of one address shared thirty times at once there is one', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { session, feedback } = await marked(ada, bo)
  await feedback()
  const racers = (address: (n: number) => string) =>
    Array.from({ length: 30 }, (_, n) => ({
      as: ada.acting,
      does: 'select private.share_result($1, 1, null, $2)',
      with: [session, address(n)],
    }))
  const same = await line.race(racers(() => 'one@example.test'))
  assert.deepEqual([same.won.length, same.refused], [30, {}])
  const many = await line.race(racers((n) => `a${n}@example.test`))
  assert.deepEqual([many.won.length, many.refused], [19, { shared_with_twenty: 11 }])
  assert.equal((await sharesOf(ada, session)).length, 20)
})
