import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase } from '#tests/database.ts'
import { notAllowed, type Person, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, act, seated, later } = await theatre(db)

type Result = Record<string, unknown> & { checklist: { ticked?: boolean; words: string }[] | null; marks: boolean; case_name: string }
const result = async ({ acting }: Person, session: string, round = 1) =>
  (await ask<Result>(acting, 'select * from private.see_result($1, $2)', [session, round]))[0]!
const results = ({ acting }: Person) => ask<Record<string, unknown>>(acting, 'select * from private.my_results() order by began_at desc')
const secretsOf = (word: string) => ['actor_brief', 'markscheme', 'condition', 'item'].map((text) => `${word} ${text}`)
const leaks = (seen: unknown, word: string) => secretsOf(word).filter((secret) => JSON.stringify(seen).includes(secret))

async function marked(bo: Person, session: string, item: string) {
  await ask(bo.acting, 'select private.tick_item($1, 1, $2)', [session, item])
  for (const domain of ['communication', 'ethics']) await ask(bo.acting, 'select private.score_domain($1, 1, $2, 1)', [session, domain])
}
const handIn = ({ acting }: Person, session: string) => ask(acting, `select private.submit_sheet($1, 1, 2, 'You waited.')`, [session])

describe('a result', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')] // Ada is the candidate
  const { id, word, items } = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)

  test('says nothing of the case to the candidate before the feedback, and is on no list', async () => {
    for (const minutes of [0, 10, 20]) {
      await later(session, minutes)
      const seen = await result(ada, session)
      assert.deepEqual([leaks(seen, word), seen.checklist, seen['scores']], [[], null, null])
      assert.deepEqual(await results(ada), [])
    }
    assert.deepEqual(await db.sql('select text from practice.disclosures where person_id = $1', [ada.id]), [])
  })

  test('keeps the rating from the candidate until the feedback, though it is handed in', async () => {
    await marked(bo, session, items[1]!)
    await handIn(bo, session)
    assert.deepEqual((await result(ada, session))['rating'], null)
    await later(session, 10)
  })

  test('is whole for both from then on, with the item that was ticked', async () => {
    for (const who of [ada, bo]) {
      const seen = await result(who, session)
      assert.deepEqual(
        seen.checklist!.map(({ ticked }) => ticked),
        [false, true, false],
      )
      assert.deepEqual(
        [seen.marks, seen['scores'], seen['rating'], seen['words'], seen['markscheme']],
        [true, { communication: 1, ethics: 1 }, 2, 'You waited.', `${word} markscheme`],
      )
    }
    assert.equal((await result(ada, session))['with_id'], bo.id)
  })

  test('that was read is on record, and only what was read', async () => {
    const read = await db.sql<{ text: string }>('select text from practice.disclosures where person_id = $1 order by text', [ada.id])
    assert.deepEqual(
      read.map(({ text }) => text),
      ['condition', 'markscheme'],
    )
  })

  test('is on both lists, as candidate and as actor', async () => {
    for (const [who, role] of [
      [ada, 'candidate'],
      [bo, 'actor'],
    ] as const) {
      const [row, ...more] = await results(who)
      assert.deepEqual([row!['role'], row!['rating'], row!['handed_in'], more], [role, 2, true, []])
    }
  })

  test('is nobody else’s', async () => {
    await assert.rejects(result(cem, session), refused('result_not_found'))
    await assert.rejects(result(ada, session, 2), refused('result_not_found'))
    assert.deepEqual(await results(cem), [])
    for (const what of ['private.see_result($1, 1)', 'private.my_results() where session_id = $1'])
      await assert.rejects(ask(aStranger, `select * from ${what}`, [session]), notAllowed)
  })

  test('is closed again while one is the candidate in the same case elsewhere', async () => {
    await act(ada, 'end_session', session)
    const again = await seated(bo, ada, { caseId: id, minutes: 200, candidate: ada })
    await db.sql(`update practice.practice_sessions set date = date - 1 where id = $1`, [again])
    await act(ada, 'begin_station', again)
    assert.deepEqual(leaks(await result(ada, session), word), [])
    assert.equal((await result(ada, session))['rating'], null)
    await act(ada, 'end_session', again)
    assert.equal((await result(ada, session))['rating'], 2)
  })
})

test('a sheet that was never handed in shows the candidate the checklist, and no mark', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id, items } = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)
  await later(session, 10)
  await marked(bo, session, items[0]!)
  await later(session, 30)
  const seen = await result(ada, session)
  assert.deepEqual([seen.checklist!.length, seen.marks, seen['scores']], [3, false, null])
  assert.ok(seen.checklist!.every((item) => !('ticked' in item)))
  assert.deepEqual([(await results(ada))[0]!['handed_in'], (await results(ada))[0]!['rating']], [false, null])
})

test('a round that stopped early stays closed for its candidate, and is on the list', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id, word } = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)
  await later(session, 15)
  await act(ada, 'end_session', session)
  const seen = await result(ada, session)
  assert.deepEqual([leaks(seen, word), seen['reached'], seen['write_until']], [[], 'running', null])
  assert.deepEqual((await results(ada))[0]!['reached'], 'running')
  assert.equal((await result(bo, session))['markscheme'], `${word} markscheme`) // who played the patient has read it by then
})

test('a review has a markscheme and no marks', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id, word } = await aCase()
  const session = await seated(ada, bo, { caseId: id, type: 'review' })
  await act(ada, 'begin_station', session)
  await later(session, 30)
  for (const who of [ada, bo]) {
    const seen = await result(who, session)
    assert.deepEqual([seen['markscheme'], seen.checklist, seen.marks, seen['words']], [`${word} markscheme`, null, false, null])
  }
})

test('who played alone reads their own marks', async () => {
  const ada = await person('Ada')
  const { id, items } = await aCase()
  const [{ session } = { session: '' }] = await ask<{ session: string }>(
    ada.acting,
    `select private.practise_alone('mock', 'short', $1) as session`,
    [id],
  )
  await later(session, 40)
  await marked(ada, session, items[0]!)
  await handIn(ada, session)
  const seen = await result(ada, session)
  assert.deepEqual([seen['role'], seen['rating'], seen['with_id']], ['alone', 2, null])
})

test('who left the seat keeps their round, and finds nothing of whoever came after', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const [first, second] = [await aCase(), await aCase()]
  const session = await seated(ada, bo, { caseId: first.id })
  await act(ada, 'begin_station', session)
  await later(session, 40)
  await ask(bo.acting, 'select private.leave_seat($1, (select version from practice.practice_sessions where id = $1))', [session])
  await act(cem, 'take_seat', session)
  await act(ada, 'choose_roles', session, ada.id)
  await act(ada, 'choose_case', session, second.id)
  await act(ada, 'begin_station', session)
  await later(session, 40)
  assert.equal((await result(bo, session))['markscheme'], `${first.word} markscheme`)
  await assert.rejects(result(bo, session, 2), refused('result_not_found'))
  await assert.rejects(result(cem, session, 1), refused('result_not_found'))
  assert.deepEqual(
    (await results(bo)).map(({ case_id }) => case_id),
    [first.id],
  )
})

test('a candidate is told of a sheet that is handed in when the station is over, and of no other', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const told = () => db.sql(`select title, leads_to from notices.notices where person_id = $1 and kind = 'practice.sheet'`, [ada.id])
  for (const over of [false, true]) {
    const { id, items } = await aCase()
    const session = await seated(ada, bo, { caseId: id, minutes: over ? 200 : 10 })
    if (over) await db.sql(`update practice.practice_sessions set date = date - 1 where id = $1`, [session])
    await act(ada, 'begin_station', session)
    await later(session, 40)
    await marked(bo, session, items[0]!)
    if (over) await act(ada, 'end_session', session)
    await handIn(bo, session)
    if (!over) await act(ada, 'end_session', session)
    assert.deepEqual(
      await told(),
      over ? [{ title: 'Your sheet of a station is handed in', leads_to: `/practice/results/${session}/1` }] : [],
    )
  }
})
