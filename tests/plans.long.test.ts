import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import pg from 'pg'
import { fill, small } from './bench/data.ts'
import { askers, type Asker } from './bench/domains.ts'
import { drawn, explained, faults, largeOnes, without, type Large } from './bench/plans.ts'
import { hotQueries, type HotQuery } from './bench/queries.ts'
import { freshDatabase } from './database.ts'

// Speed that does not fade: how the database goes about each query that people wait for, at 10⁵ messages and readings. A
// plan is made for the values at hand for a while and for any values later, so both are looked at.
const db = await freshDatabase()
let large: Large
const asking = new Map<HotQuery, Asker>()

before(async () => {
  const owner = new pg.Client({ connectionString: db.url() })
  await owner.connect()
  await fill(owner, small)
  large = await largeOnes(owner, 5_000)
  for (const query of hotQueries) asking.set(query, (await askers(owner, query))[0]!)
  await owner.end()
})

async function look(query: HotQuery, first: string[] = [], generic = false): Promise<string[]> {
  const { acting, statements } = asking.get(query)!
  const seen = await explained(db.url(), acting, statements, first, generic)
  assert.ok(seen.plans.length > 0, 'no plan was told')
  const found = faults(seen, large, query.looks)
  return found.length === 0 ? [] : [...found, ...seen.plans.map(({ root }) => drawn(root))]
}

test('there is as much as a plan needs to be that of a large table', () => {
  for (const name of ['messages', 'health_realtime', 'bookings', 'practice_sessions', 'commitments', 'reviews'])
    assert.ok(large.tables.has(name), name)
})

for (const query of hotQueries) {
  describe(`${query.domain}: ${query.name}`, () => {
    test('goes by an index, calls no function for a row, and looks at little more than it shows', async () => {
      assert.deepEqual(await look(query), [])
    })
    test('and so does the plan that is kept for all values', async () => {
      assert.deepEqual(await look(query, [], true), [])
    })
    if (query.rests.length > 0)
      test(`without ${query.rests.join(' and ')} this is found`, async () => {
        assert.notDeepEqual(await look(query, query.rests.map(without)), [])
      })
  })
}

describe('a function that is called for each row is found', () => {
  const query = (name: string) => hotQueries.find((one) => one.name.startsWith(name))!
  const perRow = (table: string, policy: string, type: string, column: string, allowed: string) => [
    `create function private.may_see_it(it ${type}) returns boolean language plpgsql stable security definer set search_path = '' as $$ begin return ${allowed}; end $$`,
    `alter policy "${policy}" on ${table} using (private.may_see_it(${column}))`,
  ]

  test('in a policy on messages', async () => {
    const broken = perRow(
      'care.messages',
      'patient and doctor see their messages',
      'bigint',
      'conversation_id',
      'it in (select private.my_conversations())',
    )
    assert.match((await look(query('newest page'), broken)).join('\n'), /calls private.may_see_it \d+ times/)
  })
  test('in a policy on scenarios, though they are few', async () => {
    const broken = perRow('speaking.scenarios', 'people see published scenarios and what they played', 'text', 'status', `it = 'published'`)
    assert.match((await look(query('published scenarios'), broken)).join('\n'), /calls private.may_see_it \d+ times/)
  })
  test('also if it only says who asks', async () => {
    const broken = ['alter policy "people see their own readings" on care.health_realtime using (user_id = auth.uid())']
    assert.match((await look(query('my readings'), broken)).join('\n'), /reckons who asks for each row of health_realtime/)
  })
})
