import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase } from '#tests/database.ts'
import { notAllowed, type Person, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, act, seated, later } = await theatre(db)

type Mark = {
  marked_by: string
  domain: string | null
  points: number | null
  most: number | null
  lines: number
  done: number
  missed: number
}
const progress = async ({ acting }: Person) =>
  ask<Mark>(acting, 'select marked_by, domain, points, most, lines, done, missed from private.my_progress()')
const newTo = async ({ acting }: Person) =>
  (await ask<{ case_id: string }>(acting, 'select case_id from private.cases_new_to_me()')).map(({ case_id }) => case_id)
const ratings = async ({ acting }: Person) => (await ask(acting, 'select * from private.my_ratings()'))[0]

async function mark(marker: Person, session: string, item: string) {
  await ask(marker.acting, 'select private.tick_item($1, 1, $2)', [session, item])
  await ask(marker.acting, `select private.score_domain($1, 1, 'communication', 2)`, [session])
  await ask(marker.acting, `select private.score_domain($1, 1, 'ethics', 0)`, [session])
  await ask(marker.acting, `select private.submit_sheet($1, 1, 1)`, [session])
}

describe('progress', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')] // Ada is the candidate
  const { id, items } = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)
  await later(session, 30)
  await mark(bo, session, items[0]!)

  test('does not tell the candidate before the feedback how they were marked', async () => {
    assert.deepEqual(await progress(ada), [])
    await later(session, 10)
  })

  test('is each skill of the sheet as a place on its scale, with what of the checklist was done and which critical line was not', async () => {
    assert.deepEqual(await progress(ada), [
      { marked_by: 'partner', domain: 'communication', points: 2, most: 2, lines: 3, done: 1, missed: 1 },
      { marked_by: 'partner', domain: 'ethics', points: 0, most: 1, lines: 0, done: 0, missed: 0 },
      { marked_by: 'partner', domain: null, points: 1, most: 2, lines: 0, done: 0, missed: 0 },
    ])
  })

  test('is nothing of what one marked oneself about others, and nothing of others', async () => {
    assert.deepEqual([await progress(bo), await progress(cem)], [[], []])
    for (const what of ['my_progress', 'cases_new_to_me', 'my_ratings'])
      await assert.rejects(ask(aStranger, `select * from private.${what}()`), notAllowed)
  })

  test('says so where somebody marked themselves', async () => {
    const other = await aCase()
    const [{ alone } = { alone: '' }] = await ask<{ alone: string }>(
      cem.acting,
      `select private.practise_alone('mock', 'short', $1) as alone`,
      [other.id],
    )
    await later(alone, 40)
    assert.deepEqual(await progress(cem), [])
    await mark(cem, alone, other.items[2]!)
    assert.deepEqual([...new Set((await progress(cem)).map(({ marked_by }) => marked_by))], ['self'])
    assert.equal((await progress(cem))[0]!.missed, 0)
  })

  test('counts how those who were the candidate found the patient, but nobody one is kept from', async () => {
    assert.deepEqual(await ratings(bo), { times: 0, mean: null })
    await ask(ada.acting, `select private.write_remark($1, 1, 'Thank you.', 4)`, [session])
    assert.deepEqual(
      [await ratings(bo), await ratings(ada)],
      [
        { times: 1, mean: 4 },
        { times: 0, mean: null },
      ],
    )
    await ask(bo.acting, 'insert into safety.blocks (blocked_id) values ($1)', [ada.id])
    assert.deepEqual(await ratings(bo), { times: 0, mean: null })
  })
})

test('a case is new to whoever neither played, opened nor wrote nor checks it, and is published', async () => {
  await db.sql('update practice.cases set published_at = null')
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id } = await aCase()
  assert.deepEqual([await newTo(ada), await newTo(bo)], [[id], [id]])
  await db.sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, bo.id])
  assert.deepEqual([await newTo(ada), await newTo(bo)], [[id], []])
  const [{ session } = { session: '' }] = await ask<{ session: string }>(
    ada.acting,
    `select private.practise_alone('mock', 'short', $1) as session`,
    [id],
  )
  assert.deepEqual(await newTo(ada), []) // played, though nothing of it was read
  const eve = await person('Eve') // a result of it was shown to her, and she opened the whole
  assert.deepEqual(await newTo(eve), [id])
  await db.sql(`insert into practice.disclosures (session_id, round, person_id, text) values ($1, 1, $2, 'markscheme')`, [session, eve.id])
  assert.deepEqual(await newTo(eve), [])
  const another = await aCase()
  assert.deepEqual(await newTo(ada), [another.id]) // of one skill one
  await db.sql('update practice.cases set published_at = null where id = $1', [another.id])
  assert.deepEqual(await newTo(ada), [])
})
