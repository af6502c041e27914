import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import type { Role } from '#platform/database/roles.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()
const [ada, bo, mira] = [await someone(db, 'ada'), await someone(db, 'bo'), await someone(db, 'mira')]
const attempt = <R extends Role>(acting: Acting<R>, text: string) =>
  db.database.write(acting, async (tx) => (await sql.raw<Record<string, unknown>>(text).execute(tx)).rows)
const notAllowed = { code: '42501' }

async function topic(...people: { id: string }[]): Promise<string> {
  const id = randomUUID()
  await db.sql(`select private.open_topic($1, 'sample.talk', $2)`, [id, people.map((one) => one.id)])
  return id
}
const since = (who: { acting: Acting<'authenticated'> }, id: string, cursor: number | null) =>
  attempt(
    who.acting,
    `select state, seq, acl_version as acl, events from private.live_since(array['${id}']::uuid[], array[${cursor ?? 'null'}]::bigint[])`,
  )
const numbers = (rows: Record<string, unknown>[]) =>
  (JSON.parse((rows[0]!['events'] as string | null) ?? '[]') as { seq: number }[]).map(({ seq }) => seq)

describe('a topic', () => {
  test('is read on by its members, from a cursor on', async () => {
    const id = await topic(ada, bo)
    for (let count = 0; count < 3; count++) await db.sql(`select private.emit($1, 'sample.said', '{"n": 1}')`, [id])
    assert.deepEqual(numbers(await since(ada, id, 1)), [2, 3])
    assert.deepEqual(await since(bo, id, null), [{ state: 'ready', seq: 3, acl: 0, events: null }])
    assert.deepEqual(await since(bo, id, 3), [{ state: 'ready', seq: 3, acl: 0, events: null }])
    assert.equal((await since(bo, id, 4))[0]!['state'], 'reset')
  })

  test('is nobody else’s, and one that is not there looks the same', async () => {
    const id = await topic(ada, bo)
    await db.sql(`select private.emit($1, 'sample.said')`, [id])
    for (const other of [id, randomUUID()])
      assert.deepEqual((await since(mira, other, 0))[0], { state: 'not_yours', seq: 0, acl: 0, events: null })
    assert.equal((await since(mira, ada.id, 0))[0]!['state'], 'not_yours')
    await assert.rejects(attempt(aStranger, `select private.live_since('{}', '{}')`), notAllowed)
  })

  test('is a hundred at a time, and the whole again after five hundred', async () => {
    const id = await topic(ada)
    await db.sql(`select private.emit($1, 'sample.said') from generate_series(1, 600)`, [id])
    assert.equal((await since(ada, id, 99))[0]!['state'], 'reset')
    assert.deepEqual(
      numbers(await since(ada, id, 100)),
      Array.from({ length: 100 }, (_, at) => at + 101),
    )
  })

  test('tells who comes and goes, once, with the next version; who is gone reads nothing of before either', async () => {
    const id = await topic(ada)
    await db.sql('select private.join_topic($1, $2)', [id, [bo.id, mira.id]])
    await db.sql('select private.join_topic($1, $2)', [id, [bo.id]])
    await db.sql('select private.leave_topic($1, $2)', [id, [mira.id]])
    await db.sql('select private.leave_topic($1, $2)', [id, [mira.id]])
    assert.deepEqual(await db.sql('select kind, acl_version from live.events where topic_id = $1 order by seq', [id]), [
      { kind: 'live.members', acl_version: 1 },
      { kind: 'live.members', acl_version: 2 },
    ])
    assert.equal((await since(mira, id, 0))[0]!['state'], 'not_yours')
  })

  test('tells nobody what was before they came, or while they were gone: they ask for the whole', async () => {
    const id = await topic(ada)
    const say = (count: number) => db.sql(`select private.emit($1, 'sample.said') from generate_series(1, $2)`, [id, count])
    await say(3)
    await db.sql('select private.join_topic($1, $2)', [id, [mira.id]])
    assert.deepEqual({ ...(await since(mira, id, 0))[0], acl: 1 }, { state: 'reset', seq: 4, acl: 1, events: null })
    await say(2)
    assert.deepEqual(numbers(await since(mira, id, 4)), [5, 6])
    await db.sql('select private.leave_topic($1, $2)', [id, [mira.id]])
    await say(3)
    await db.sql('select private.join_topic($1, $2)', [id, [mira.id]])
    assert.equal((await since(mira, id, 6))[0]!['state'], 'reset')
    assert.deepEqual(numbers(await since(mira, id, 10)), [11])
  })

  test('that is closed has told everybody first, and is nobody’s any more', async () => {
    const id = await topic(ada, bo)
    await db.sql('select private.close_topic($1)', [id])
    assert.deepEqual(await db.sql('select kind from live.events where topic_id = $1 order by seq', [id]), [
      { kind: 'live.closed' },
      { kind: 'live.members' },
    ])
    assert.equal((await since(ada, id, 0))[0]!['state'], 'not_yours')
  })

  test('takes no event that is too large, is no object, or has no name; and there is none where there is no topic', async () => {
    const id = await topic(ada)
    const emit = (kind: string, body: string) => db.sql('select private.emit($1, $2, $3)', [id, kind, body])
    await assert.rejects(emit('sample.said', JSON.stringify({ words: Array.from({ length: 300 }, () => randomUUID()) })), {
      constraint: 'body_is_small',
    })
    await assert.rejects(emit('sample.said', '[]'), { constraint: 'body_is_an_object' })
    await assert.rejects(emit('said"', '{}'), { constraint: 'kind_is_part_and_what' })
    await assert.rejects(db.sql(`select private.emit($1, 'sample.said')`, [randomUUID()]), /no such topic/)
    assert.deepEqual(await db.sql('select from live.events where topic_id = $1', [id]), [])
  })

  test('goes with an event or not at all', async () => {
    const id = await topic(ada)
    await assert.rejects(db.sql(`do $$ begin perform private.emit('${id}', 'sample.said'); raise exception 'no'; end $$`), /no/)
    assert.deepEqual(await db.sql('select seq from live.topics where id = $1', [id]), [{ seq: 0 }])
  })
})

describe('nobody but functions of domains', () => {
  test('emits, opens, joins, leaves or closes: no person, no stranger, and not the server', async () => {
    const id = await topic(ada)
    for (const acting of [ada.acting, aStranger, theServer])
      for (const deed of [
        `select private.emit('${id}', 'sample.said')`,
        `select private.emit_to(array['${ada.id}']::uuid[], 'sample.said')`,
        `select private.open_topic(gen_random_uuid(), 'sample.talk')`,
        `select private.join_topic('${id}', array['${bo.id}']::uuid[])`,
        `select private.leave_topic('${id}', array['${ada.id}']::uuid[])`,
        `select private.close_topic('${id}')`,
        `select private.drop_topic('${id}')`,
        'select private.live_was_restored()',
        `insert into live.events (topic_id, seq, kind, acl_version) values ('${id}', 1, 'sample.said', 0)`,
        'update live.topics set seq = seq + 1',
        'delete from live.members',
        'update live.epochs set id = gen_random_uuid()',
      ])
        await assert.rejects(attempt(acting, deed), notAllowed, deed)
  })

  test('reads the tables, but the server', async () => {
    for (const table of ['topics', 'members', 'events', 'epochs']) {
      await assert.rejects(attempt(ada.acting, `select 1 from live.${table}`), notAllowed)
      await assert.rejects(attempt(aStranger, `select 1 from live.${table}`), notAllowed)
      assert.ok((await attempt(theServer, `select 1 from live.${table}`)).length > 0)
    }
  })
})

describe('what is kept', () => {
  test('a person’s own topic and their places go with them, and the others are told', async () => {
    const leaver = await someone(db, 'leaver')
    const id = await topic(leaver, bo)
    await db.sql(`select private.emit_to(array[$1]::uuid[], 'sample.told')`, [leaver.id])
    for (let time = 0; time < 2; time++) await attempt(theServer, `select private.erase_live('${leaver.id}')`)
    assert.deepEqual(await db.sql('select from live.topics where id = $1', [leaver.id]), [])
    assert.deepEqual(await db.sql('select from live.members where person_id = $1', [leaver.id]), [])
    assert.deepEqual(await db.sql('select kind from live.events where topic_id = $1', [id]), [{ kind: 'live.members' }])
  })

  test('events of more than two days ago are swept, and whoever has not heard them asks for the whole', async () => {
    const id = await topic(ada)
    await db.sql(`select private.emit($1, 'sample.said') from generate_series(1, 10)`, [id])
    await db.sql(`update live.events set at = now() - interval '49 hours' where topic_id = $1 and seq <= 6`, [id])
    const [swept] = await attempt(theServer, 'select private.sweep_events(4) as n')
    assert.equal(swept!['n'], 4)
    await attempt(theServer, 'select private.sweep_events(1000)')
    assert.equal((await since(ada, id, 5))[0]!['state'], 'reset')
    assert.deepEqual(numbers(await since(ada, id, 6)), [7, 8, 9, 10])
  })
})
