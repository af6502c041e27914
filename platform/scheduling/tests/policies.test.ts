import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()
const [ada, bo] = [await someone(db, 'ada'), await someone(db, 'bo')]
const asking = (acting: Acting<Role>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }

const during = (from: number, to: number) => `[2027-03-01 ${from}:00Z,2027-03-01 ${to}:00Z)`
const claim = (meeting: string, span: string, persons: string[], held: string | null = null) =>
  db.sql(`select private.claim($1, 'sample.meeting', $2, $3, array['first_is_busy', 'second_is_busy'], $4)`, [meeting, span, persons, held])

const theirs = randomUUID()
await claim(theirs, during(9, 10), [ada.id, bo.id])
const bosAlone = randomUUID()
await claim(bosAlone, during(12, 13), [bo.id])

const left = randomUUID()
await claim(left, during(18, 19), [ada.id, bo.id])
await db.sql('select private.release($1)', [left])
for (const { acting } of [ada, bo]) await asking(acting, `select private.make_feed(gen_random_uuid(), sha256('${randomUUID()}'))`)
await asking(bo.acting, 'insert into scheduling.choices (day_before) values (false)')

describe('what is around one’s time', () => {
  test('is one’s own: what one is free of again, one’s feed and one’s choices', async () => {
    assert.deepEqual(await asking(ada.acting, 'select meeting_id, person_id from scheduling.released'), [
      { meeting_id: left, person_id: ada.id },
    ])
    assert.deepEqual(await asking(ada.acting, 'select person_id from scheduling.feeds'), [{ person_id: ada.id }])
    assert.deepEqual(await asking(ada.acting, 'select person_id from scheduling.choices'), [])
    assert.deepEqual(await asking(ada.acting, `select kind, "off" from private.my_calendar('${during(0, 23)}')`), [
      { kind: 'sample.meeting', off: false },
      { kind: 'sample.meeting', off: true },
    ])
  })

  for (const text of [
    'select token_hash from scheduling.feeds',
    `update scheduling.feeds set token_hash = sha256('mine')`,
    `insert into scheduling.feeds (person_id, id, token_hash) values ('${bo.id}', gen_random_uuid(), sha256('theirs'))`,
    `insert into scheduling.feeds (id, token_hash) values (gen_random_uuid(), sha256('beside the function'))`,
    `insert into scheduling.choices (person_id, day_before) values ('${bo.id}', true)`,
    'delete from scheduling.choices',
    'delete from scheduling.released',
    'select lead from scheduling.reminded',
    'select sequence from scheduling.invited',
    `select private.person_of_feed(sha256('a word'))`,
    `select private.note_feed(sha256('a word'))`,
    'select * from private.coming_reminders()',
    `select private.note_reminder('${theirs}', '${ada.id}', 10, now())`,
    `select * from private.note_invitation('${theirs}', '${ada.id}')`,
    'select private.sweep_scheduling(1)',
    `select private.queue_invitations('${theirs}', array['${bo.id}']::uuid[])`,
  ])
    test(`Ada may not: ${text}`, () => assert.rejects(asking(ada.acting, text), notAllowed))

  test('nobody reads the hash that opens a feed, the server neither', async () => {
    await assert.rejects(asking(theServer, 'select token_hash from scheduling.feeds'), notAllowed)
    await assert.rejects(asking(aStranger, `select private.person_of_feed(sha256('a word'))`), notAllowed)
    await assert.rejects(asking(aStranger, `select private.make_feed(gen_random_uuid(), sha256('a word'))`), notAllowed)
  })

  test('Ada cannot change what Bo chose, or revoke his feed', async () => {
    await asking(ada.acting, `update scheduling.choices set day_before = true where person_id = '${bo.id}'`)
    await asking(ada.acting, 'delete from scheduling.feeds')
    assert.deepEqual(await db.sql('select person_id from scheduling.feeds'), [{ person_id: bo.id }])
    assert.deepEqual(await db.sql('select day_before from scheduling.choices'), [{ day_before: false }])
  })

  test('strangers have no calendar', () =>
    assert.rejects(asking(aStranger, `select * from private.my_calendar('${during(0, 23)}')`), notAllowed))

  test('a person who is erased leaves nothing of it', async () => {
    const cy = await someone(db, 'cy')
    const [one, other] = [randomUUID(), randomUUID()]
    await claim(one, during(5, 6), [cy.id])
    await claim(other, during(6, 7), [cy.id])
    await db.sql('select private.release($1)', [one])
    await asking(cy.acting, `select private.make_feed(gen_random_uuid(), sha256('of cy'))`)
    await asking(cy.acting, 'insert into scheduling.choices (day_before) values (false)')
    await db.sql(`insert into scheduling.reminded (meeting_id, person_id, lead, starts_at) values ($1, $2, 10, now())`, [other, cy.id])
    await db.sql(`select * from private.note_invitation($1, $2)`, [other, cy.id])
    await asking(cy.acting, `select private.others_are_free('${other}', '${during(7, 8)}')`)
    for (let twice = 0; twice < 2; twice++) await asking(theServer, `select private.erase_scheduling('${cy.id}')`)
    for (const table of ['commitments', 'released', 'feeds', 'choices', 'reminded', 'invited'])
      assert.deepEqual(await db.sql(`select from scheduling.${table} where person_id = $1`, [cy.id]), [], table)
    assert.deepEqual(await db.sql('select from identity.attempts where whom = $1', [cy.id]), [], 'how often they asked')
  })
})

describe('people see', () => {
  test('their own time, and the meetings it is for', async () => {
    assert.deepEqual(await asking(ada.acting, 'select meeting_id, person_id from scheduling.commitments'), [
      { meeting_id: theirs, person_id: ada.id },
    ])
    assert.deepEqual(await asking(ada.acting, 'select id from scheduling.meetings'), [{ id: theirs }])
  })

  test('nothing of others’ time, and strangers nothing at all', async () => {
    assert.deepEqual(await asking(ada.acting, `select from scheduling.meetings where id = '${bosAlone}'`), [])
    await assert.rejects(asking(aStranger, 'select id from scheduling.meetings'), notAllowed)
    await assert.rejects(asking(aStranger, 'select person_id from scheduling.commitments'), notAllowed)
  })

  test('the server sees all', async () => assert.equal((await asking(theServer, 'select person_id from scheduling.commitments')).length, 3))
})

describe('neither people nor the server may', () => {
  for (const text of [
    `insert into scheduling.commitments (meeting_id, person_id, during) values ('${theirs}', '${bo.id}', '${during(15, 16)}')`,
    `update scheduling.commitments set during = '${during(15, 16)}'`,
    'delete from scheduling.commitments',
    `insert into scheduling.meetings (id, kind, during) values (gen_random_uuid(), 'a.b', '${during(1, 2)}')`,
    'update scheduling.meetings set sequence = 9',
    'delete from scheduling.meetings',
    `select private.claim(gen_random_uuid(), 'a.b', '${during(15, 16)}', array['${bo.id}']::uuid[], '{}')`,
    `select private.move('${theirs}', '${during(15, 16)}', '{}', '{}')`,
    `select private.release('${theirs}')`,
    `select private.busy_spans('${bo.id}', '${during(0, 23)}')`,
    `select private.lock_persons(array['${bo.id}']::uuid[])`,
  ])
    test(text, async () => {
      for (const acting of [ada.acting, theServer]) await assert.rejects(asking(acting, text), notAllowed)
    })
})

test('a person may not erase anybody’s time, not even their own', () =>
  assert.rejects(asking(ada.acting, `select private.erase_scheduling('${ada.id}')`), notAllowed))
