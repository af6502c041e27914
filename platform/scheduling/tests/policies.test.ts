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
