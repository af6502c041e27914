import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase } from '#tests/database.ts'
import { notAllowed, type Person, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, act, seated, later } = await theatre(db)
const tick = ({ acting }: Person, session: string, item: string, ticked = true, round = 1) =>
  ask(acting, 'select private.tick_item($1, $2, $3, $4)', [session, round, item, ticked])
const score = ({ acting }: Person, session: string, domain: string, points: number | null) =>
  ask(acting, 'select private.score_domain($1, 1, $2, $3)', [session, domain, points])
const submit = ({ acting }: Person, session: string, rating: number | null, words = '') =>
  ask(acting, 'select private.submit_sheet($1, 1, $2, $3)', [session, rating, words])
type Sheet = {
  checklist: { ticked?: boolean }[]
  marks: boolean
  scores: Record<string, number> | null
  rating: number | null
  words: string | null
  submitted_at: string | null
}
const sheet = async ({ acting }: Person, session: string) =>
  (await ask<Sheet>(acting, 'select * from private.see_sheet($1)', [session]))[0]!

describe('a sheet', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')] // Ada is the candidate
  const { id, items } = await aCase()
  const other = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)

  test('is not there to mark while they read', async () => {
    await assert.rejects(tick(bo, session, items[0]!), refused('not_yet'))
    await assert.rejects(score(bo, session, 'communication', 1), refused('not_yet'))
    await assert.rejects(submit(bo, session, 1), refused('not_yet'))
    await later(session, 10)
  })

  test('is ticked live by the actor, and nobody else', async () => {
    await tick(bo, session, items[0]!)
    await tick(bo, session, items[1]!)
    await tick(bo, session, items[1]!) // whoever is not sure sends again
    await tick(bo, session, items[0]!, false)
    await tick(bo, session, items[0]!, false)
    for (const [who, name] of [
      [ada, 'not_your_role'],
      [cem, 'session_not_found'],
    ] as const) {
      await assert.rejects(tick(who, session, items[0]!), refused(name))
      await assert.rejects(score(who, session, 'communication', 1), refused(name))
      await assert.rejects(submit(who, session, 1), refused(name))
    } // prettier-ignore
    await assert.rejects(ask(aStranger, 'select private.tick_item($1, 1, $2)', [session, items[0]]), notAllowed)
    assert.deepEqual(await db.sql('select item_id from practice.ticks'), [{ item_id: items[1] }])
  })

  test('knows the items of its case, the scales of its format, and their points', async () => {
    await assert.rejects(tick(bo, session, other.items[0]!), refused('no_such_item'))
    await assert.rejects(tick(bo, session, randomUUID()), refused('no_such_item'))
    await assert.rejects(tick(bo, session, items[0]!, true, 2), refused('session_not_found'))
    await assert.rejects(score(bo, session, 'safety', 1), refused('no_such_scale'))
    for (const points of [-1, 3, null]) await assert.rejects(score(bo, session, 'communication', points), refused('score_is_off_the_scale'))
    await score(bo, session, 'communication', 0)
    await score(bo, session, 'communication', 2)
  })

  test('is handed in once the station is over, as a whole', async () => {
    await assert.rejects(submit(bo, session, 1), refused('not_yet'))
    await later(session, 20)
    await assert.rejects(submit(bo, session, 1), refused('sheet_is_not_finished'))
    await score(bo, session, 'ethics', 1)
    for (const rating of [-1, 3, null]) await assert.rejects(submit(bo, session, rating), refused('rating_is_off_the_scale'))
    await assert.rejects(submit(bo, session, 1, 'x'.repeat(4001)), refused('words_are_short'))
  })

  test('stays the marker’s until it is submitted: the candidate reads the checklist in the feedback, without marks', async () => {
    await assert.rejects(sheet(ada, session), refused('not_your_role'))
    await later(session, 10)
    const seen = await sheet(ada, session)
    assert.equal(seen.checklist.length, 3)
    assert.ok(!JSON.stringify(seen).includes('ticked'))
    assert.deepEqual([seen.marks, seen.scores, seen.rating, seen.words], [false, null, null, null])
    const own = await sheet(bo, session)
    assert.deepEqual([own.checklist.map(({ ticked }) => ticked), own.scores], [[false, true, false], { communication: 2, ethics: 1 }])
  })

  test('is read by both once it is submitted, and changed by nobody', async () => {
    await submit(bo, session, 2, 'You let him finish.')
    for (const who of [ada, bo]) {
      const seen = await sheet(who, session)
      assert.deepEqual([seen.rating, seen.words, seen.marks], [2, 'You let him finish.', true])
      assert.ok(seen.submitted_at)
    }
    await assert.rejects(tick(bo, session, items[0]!), refused('sheet_is_submitted'))
    await assert.rejects(score(bo, session, 'ethics', 0), refused('sheet_is_submitted'))
    await assert.rejects(submit(bo, session, 0), refused('sheet_is_submitted'))
    await assert.rejects(sheet(cem, session), refused('session_not_found'))
  })
})

test('a review has no sheet', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id, items } = await aCase()
  const session = await seated(ada, bo, { caseId: id, type: 'review' })
  await act(ada, 'begin_station', session)
  await later(session, 30)
  await assert.rejects(tick(bo, session, items[0]!), refused('nothing_to_mark'))
  await assert.rejects(submit(bo, session, 1), refused('nothing_to_mark'))
})

test('who plays alone marks themselves, once they may read the markscheme', async () => {
  const ada = await person('Ada')
  const { id, items } = await aCase()
  const [{ session } = { session: '' }] = await ask<{ session: string }>(
    ada.acting,
    `select private.practise_alone('mock', 'short', $1) as session`,
    [id],
  )
  await later(session, 29)
  await assert.rejects(tick(ada, session, items[0]!), refused('not_yet'))
  await later(session, 1)
  await tick(ada, session, items[0]!)
  await score(ada, session, 'communication', 1)
  await score(ada, session, 'ethics', 1)
  await submit(ada, session, 0, 'Too fast.')
  assert.equal((await sheet(ada, session)).words, 'Too fast.')
})

test('a round that stopped while it ran cannot be handed in', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id, items } = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)
  await later(session, 15)
  await act(ada, 'end_session', session)
  await tick(bo, session, items[0]!)
  await assert.rejects(submit(bo, session, 1), refused('not_yet'))
})
