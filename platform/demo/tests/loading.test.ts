import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { configure } from '#platform/configuration/environment.ts'
import { offerSetUp } from '#platform/identity/administration/setup.ts'
import { parts } from '#app/domains.ts'
import { actingAs, freshDatabase, someone, type TestDatabase } from '#tests/database.ts'
import { temporaryFolder } from '#tests/processes.ts'
import { cast, everybody } from '../cast.ts'
import { mayHaveDemo } from '../here.ts'
import { wakeDemo } from '../load.ts'
import { ids, load, noon } from './scene.ts'

const worlds = (db: TestDatabase) => db.sql('select from demo.worlds')
const people = (db: TestDatabase) => db.sql<{ id: string; email: string }>('select id, email from auth.users order by id')

describe('the demo world', async () => {
  const db = await freshDatabase()

  test('is not there by itself', async () => {
    assert.deepEqual(await worlds(db), [])
    assert.deepEqual(await people(db), [])
  })

  test('loads once, also when two start at once', async () => {
    assert.deepEqual((await Promise.all([load(db, noon), load(db, noon)])).toSorted(), [false, true])
    assert.equal(await load(db, noon), false)
    assert.deepEqual(
      (await people(db)).map(({ id }) => id),
      ids,
    )
  })

  test('has a dozen grown-ups with confirmed addresses that no mail can reach, and no password to guess', async () => {
    const rows = await db.sql<{ email: string; ok: boolean }>(
      `select u.email, u.email_confirmed_at = u.created_at and a.adult_declared_at = u.created_at and u.encrypted_password = '' as ok
       from auth.users u join identity.accounts a on a.user_id = u.id`,
    )
    assert.equal(rows.length, 12)
    for (const { email, ok } of rows) assert.ok(ok && /^[a-z.]+@vivavoce\.test$/.test(email), email)
  })

  test('is in the zones its people live in, and in the past', async () => {
    const rows = await db.sql<{ user_id: string; zone: string; late: boolean }>(
      `select user_id, zone, created_at > $1::timestamptz as late from identity.accounts order by user_id`,
      [noon],
    )
    assert.deepEqual(
      rows,
      everybody.map(({ id, zone }) => ({ user_id: id, zone, late: false })),
    )
  })

  test('has a block, which its other side does not see', async () => {
    const blocksSeenBy = (id: string) =>
      db.database.read(actingAs(id), (seen) => seen.selectFrom('safety.blocks').select('blocked_id').execute())
    assert.deepEqual(await blocksSeenBy(cast.hana.id), [{ blocked_id: cast.robin.id }])
    assert.deepEqual(await blocksSeenBy(cast.robin.id), [])
  })

  test('has an open report for its administrator, and for nobody else', async () => {
    const queue = (id: string) => db.database.write(actingAs(id), (tx) => tx.rows('private.reports_to_work', { those: 'open' }))
    assert.equal((await queue(cast.ruth.id))[0]?.reporter_id, cast.hana.id)
    await assert.rejects(queue(cast.amara.id), { constraint: 'administrators_only' })
  })

  test('has an invitation whose link nobody can know', async () => {
    const [mine] = await db.sql<{ hash: Buffer }>('select token_hash as hash from identity.invitations where taken_at is null')
    const other = await freshDatabase()
    await load(other, noon)
    const [theirs] = await other.sql<{ hash: Buffer }>('select token_hash as hash from identity.invitations')
    assert.notDeepEqual(mine, theirs)
  })

  test('leaves the set-up of a real administrator open', async () => {
    assert.match((await offerSetUp(db.database, 'http://localhost')) ?? '', /\/setup\?token=[\w-]{43}$/)
  })
})

test('two demo worlds that begin at different times differ in nothing but times, and in what is secret', async () => {
  // Both a Monday in May or June: what is said in weekdays and by the clocks of places is then as far away.
  const [one, other] = await Promise.all(['2027-05-03T12:00:00Z', '2027-06-14T12:00:00Z'].map((at) => madeBy(new Date(at))))
  assert.deepEqual(other, one)
})

test('a part that fails leaves nothing behind, and the next start tries again', async () => {
  const db = await freshDatabase()
  const failing = { name: 'failing', demo: () => Promise.reject(new Error('this share cannot be loaded')) }
  const wake = (all: typeof parts) =>
    wakeDemo({ configuration: configure({ DATA_DIR: temporaryFolder() }), owner: db.url(), database: db.database, parts: all })
  await assert.rejects(wake([...parts, failing]), /this share cannot be loaded/)
  assert.deepEqual([...(await worlds(db)), ...(await people(db))], [])
  assert.equal(await wake(parts), true)
})

describe('there is no demo world', async () => {
  const db = await freshDatabase()
  const wake = (env: Record<string, string>) =>
    wakeDemo({ configuration: configure({ DATA_DIR: temporaryFolder(), ...env }), owner: db.url(), database: db.database, parts })

  for (const [where, env] of [
    ['with DEMO=0', { DEMO: '0' }],
    ['in a database that was given', { DATABASE_URL: 'postgres://owner@localhost/vivavoce' }],
    ['in production', { NODE_ENV: 'production' }],
    ['where others can reach the server', { HOST: '0.0.0.0' }],
    ['where people come by a name of the outside', { PUBLIC_URL: 'https://vivavoce.example' }],
  ] as const)
    test(where, async () => {
      assert.equal(await wake(env), false)
      assert.deepEqual(await worlds(db), [])
    })

  test('where somebody has an account already', async () => {
    await someone(db, 'ada')
    assert.equal(await wake({}), false)
    assert.deepEqual(await worlds(db), [])
  })

  test('and a server that may have one is on its own machine in every respect', () => {
    for (const env of [{}, { HOST: '::1' }, { HOST: 'localhost', PUBLIC_URL: 'http://127.0.0.1:8080' }])
      assert.ok(mayHaveDemo(configure(env)))
  })
})

// Every row that the demo world made, with instants as their distance from the beginning.
async function madeBy(now: Date): Promise<Record<string, string[]>> {
  const db = await freshDatabase()
  const content = await everyRow(db)
  await load(db, now)
  const made = Object.entries(await everyRow(db)).map(([name, rows]) => {
    const before = new Set(content[name])
    return [
      name,
      rows
        .filter((row) => !before.has(row))
        .map((row) => JSON.stringify(relative(JSON.parse(row), now)))
        .toSorted(),
    ] as const
  })
  return Object.fromEntries(made)
}

async function everyRow(db: TestDatabase): Promise<Record<string, string[]>> {
  const tables = await db.sql<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relkind = 'r' and relnamespace::regnamespace::text !~ '^(pg_|information_schema|pgboss|migrations)'`,
  )
  const found: Record<string, string[]> = {}
  for (const { name } of tables)
    found[name] = (await db.sql<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`)).map(({ row }) => row)
  return found
}

// Wherever an instant or a day stands, also in a range or deep in a document.
function relative(value: unknown, now: Date): unknown {
  if (typeof value === 'string') return value.replace(instant, (found) => fromNow(parsed(found), now))
  if (Array.isArray(value)) return value.map((each) => relative(each, now))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, secrets.has(key) ? 'secret' : relative(each, now)]))
}
const secrets = new Set(['token_hash', 'room_url', 'tx']) // and what no two databases have alike
const instant = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::\d\d)?))?/g
const fromNow = (at: number, now: Date) => (at >= today && at <= today + 86_400_000 ? 'as it was loaded' : `${at - now.getTime()}`)
const today = Date.now() - 3_600_000 // far from both worlds' times
const parsed = (found: string) => Date.parse(found.replace(' ', 'T').replace(/(?<=:.*[+-]\d\d)$/, ':00'))
