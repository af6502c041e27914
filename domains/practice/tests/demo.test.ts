import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { cast, everybody } from '#platform/demo/cast.ts'
import { openAccounts } from '#platform/demo/shares/accounts.ts'
import { actingAs, aStranger, freshDatabase } from '#tests/database.ts'
import { shippedCases } from '../content/ship.ts'
import { showPractice } from '../demo.ts'
import { theatre } from './scene.ts'

// The demo world as a page will find it.
const db = await freshDatabase()
const now = new Date()
const owner = new pg.Client({ connectionString: db.url() })
await owner.connect()
await openAccounts(owner, everybody, now)
await owner.query('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [cast.hana.id, cast.robin.id])
await showPractice(owner, cast, now)
await owner.end()
const { ask } = await theatre(db)
const as = <Found>(who: { id: string }, text: string) => ask<Found>(actingAs(who.id), text)

test('strangers find offers, by first names', async () => {
  const offers = await ask(aStranger, 'select * from private.offers_for_strangers()')
  assert.deepEqual(
    offers.map(({ first_name }) => first_name),
    ['Hana', 'Jonas', 'Robin', 'Tomasz'],
  ) // prettier-ignore
})

test('Hana and Robin do not find each other', async () => {
  const names = async (who: { id: string }) =>
    (await as<{ first_name: string }>(who, 'select * from private.offers_for_me()')).map(({ first_name }) => first_name)
  assert.deepEqual(await names(cast.hana), ['Jonas', 'Tomasz'])
  assert.deepEqual(await names(cast.robin), ['Jonas', 'Tomasz'])
})

test('there are sessions in each state that a page shows', async () => {
  const phases = new Set<string>()
  for (const who of [cast.amara, cast.jonas, cast.hana])
    for (const { phase, cancelled_at } of await as<{ phase: string; cancelled_at: string | null }>(
      who,
      'select * from private.my_practice_sessions()',
    ))
      phases.add(cancelled_at ? 'cancelled' : phase)
  assert.deepEqual([...phases].sort(), ['cancelled', 'ended', 'running', 'scheduled'])
})

test('Amara has been candidate, actor and alone, and reads her sheets', async () => {
  const rounds = await as<{ session_id: string; round: number; role: string }>(cast.amara, 'select * from private.my_rounds()')
  assert.deepEqual(rounds.map(({ role }) => role).sort(), ['actor', 'alone', 'candidate', 'candidate'])
  for (const { session_id, round } of rounds) {
    const [sheet] = await as<{ submitted_at: string | null; words: string; checklist: unknown[] }>(
      cast.amara,
      `select * from private.see_sheet('${session_id}', ${round})`,
    )
    assert.ok(sheet!.submitted_at && sheet!.words)
    assert.ok(sheet!.checklist.length > 5)
  }
})

test('Hana, who is the candidate just now, reads her brief and nothing else', async () => {
  const [running] = await as<{ id: string }>(cast.hana, `select id from private.my_practice_sessions() where phase = 'running'`)
  assert.deepEqual(
    (await as<{ name: string }>(cast.hana, `select name from private.disclose('${running!.id}')`)).map(({ name }) => name),
    ['candidate_brief'],
  )
})

test('one case is signed, and the others say that none is', async () => {
  assert.equal((await ask(aStranger, 'select * from private.reviewed_cases()')).length, 1)
  assert.equal((await ask(aStranger, 'select id from practice.cases')).length, shippedCases().length - 1)
})
