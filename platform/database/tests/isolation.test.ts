import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { ClientBase, Pool } from 'pg'
import { database, type Acting } from '../acting.ts'
import { connect } from '../connections.ts'
import { aStranger, freshDatabase, someone } from '#tests/database.ts'

// What somebody could do who got SQL of their own into a person's transaction. Nobody should: no SQL of ours is built from
// input (tests/architecture.test.ts). These are the walls behind that one, and two places where there is none. Claims can be
// made up (below). And what PostgreSQL itself allows everybody, only a superuser could take away: large objects, advisory
// locks, NOTIFY, a longer time-out, a login's changing its own password. That disturbs others, but shows nothing of theirs.
const db = await freshDatabase()
const ada = await someone(db, 'ada')
const bo = await someone(db, 'bo')
for (const { acting } of [ada, bo])
  await db.database.write(acting, (tx) => tx.insertInto('sample.notes').values({ title: 'private' }).execute())

const [{ owner } = {}] = await db.sql<{ owner: string }>(`select tableowner as owner from pg_tables where schemaname = 'sample'`)
const refused = { code: '42501' }
/** In one transaction; answers the last one's rows. */
const asks = (acting: Acting, ...texts: string[]) =>
  db.database.write(acting, async (tx) => {
    let rows: unknown[] = []
    for (const text of texts) rows = (await sql.raw(text).execute(tx)).rows
    return rows
  })
const adaAsks = (...texts: string[]) => asks(ada.acting, ...texts)
const claim = (claims: object) => `select set_config('request.jwt.claims', '${JSON.stringify(claims)}', true)`

describe('Ada cannot become', () => {
  for (const text of [
    'set role service_role',
    'set local role vivavoce_worker',
    `set role ${owner}`,
    `select set_config('role', 'service_role', true)`,
    'set session authorization vivavoce_worker',
    `set session authorization ${owner}`,
  ])
    test(`somebody with more rights: ${text}`, async () => {
      await assert.rejects(adaAsks(text), refused)
      await assert.rejects(adaAsks('reset role', text), refused)
    })

  test('anybody with rights, by giving up her role: the login that is left holds nothing', async () => {
    assert.deepEqual(await adaAsks('reset role', 'select current_user as login'), [{ login: 'vivavoce_app' }])
    await assert.rejects(adaAsks('reset role', 'select id from sample.notes'), refused)
    await assert.rejects(adaAsks('reset role', 'select private.refuse(null)'), refused)
    const reachable = `
      select c.oid::regclass::text as thing from pg_class c join pg_namespace n on n.oid = relnamespace
      where nspname !~ '^pg_' and nspname <> 'information_schema' and relkind in ('r', 'p', 'v', 'm')
        and has_any_column_privilege(c.oid, 'select, insert, update, references')
      union all
      select nspname from pg_namespace where has_schema_privilege(oid, 'create')`
    assert.deepEqual(await adaAsks('reset role', reachable), [])
  })
})

// They are the server's word for who asks, and a transaction can change its own.
describe('claims made up in SQL', () => {
  test('let Ada see what Bo sees: nothing in the database tells them from the server’s', async () => {
    assert.deepEqual(await adaAsks(claim({ sub: bo.id }), 'select distinct owner_id from sample.notes'), [{ owner_id: bo.id }])
  })

  test('cannot make her the server: the role is no claim', async () => {
    await assert.rejects(adaAsks(claim({ sub: ada.id, role: 'service_role' }), 'select created_at from operations.answers'), refused)
  })

  test('end with the transaction, and so does all else she sets', async () => {
    const pools = connect({ app: db.url('vivavoce_app'), worker: db.url('vivavoce_worker'), most: 1, prepare: true, onLost: () => {} })
    try {
      const { read, write } = database(pools) // of a single connection, which the next one gets
      await write(ada.acting, async (tx) => {
        await sql.raw(claim({ sub: bo.id })).execute(tx)
        // For the session, as nothing of ours is ever set.
        await sql.raw(`set request.jwt.claims = '{"sub":"${bo.id}"}'`).execute(tx)
        await sql.raw('set session role authenticated').execute(tx)
        await sql.raw(`set timezone = 'Asia/Tokyo'`).execute(tx)
      })
      const seen = await read(ada.acting, (db) => db.selectFrom('sample.notes').select('owner_id').execute())
      assert.deepEqual(seen, [{ owner_id: ada.id }])
      assert.equal(await read(aStranger, (db) => db.call('sample.role', {})), 'anon')
      const { rows } = await read(ada.acting, (db) => sql`select current_setting('timezone') as zone`.execute(db))
      assert.deepEqual(rows, [{ zone: 'UTC' }])
    } finally {
      await pools.close()
    }
  })
})

describe('Ada cannot', () => {
  for (const [what, ...texts] of [
    ['read passwords', 'select rolpassword from pg_authid', 'select passwd from pg_shadow'],
    ['read the server’s files', `select pg_read_file('PG_VERSION')`, `select pg_ls_dir('.')`, `select lo_import('PG_VERSION')`],
    ['copy to files and programs', `copy (select 1) to '/tmp/out'`, `copy (select 1) to program 'true'`],
    ['read how the server is set up', 'select * from pg_hba_file_rules', 'select * from pg_file_settings'],
    ['read samples of other people’s rows', 'select * from pg_statistic', 'select * from pg_statistic_ext_data'],
    ['turn row-level security off', 'alter table sample.notes disable row level security'],
    ['change a policy', 'alter policy "owners change their notes" on sample.notes using (true)'],
    [
      'hang a trigger on a table',
      'create trigger evil before update on sample.notes execute function suppress_redundant_updates_trigger()',
    ],
    ['bring in code', 'create extension dblink', `load '/tmp/evil.so'`],
    ['make or change roles', 'create role evil', 'alter role vivavoce_worker inherit', 'grant service_role to vivavoce_app'],
    ['make a schema', 'create schema evil'],
    // A temporary domain called uuid would come before PostgreSQL's own in every function of the owner's, pinned or not.
    [
      'make temporary things',
      'create temporary table evil ()',
      'create domain pg_temp.uuid as text',
      'create temporary view evil as select 1',
    ],
    ...['public', 'sample', 'private', 'operations', 'auth', 'migrations'].map((schema) => [
      `make things in ${schema}`,
      `create table ${schema}.evil ()`,
      `create function ${schema}.evil() returns integer language sql return 1`,
    ]),
  ])
    test(what, async () => {
      for (const text of texts) {
        await assert.rejects(adaAsks(text), refused, text)
        await assert.rejects(adaAsks('reset role', text), refused, text)
      }
    })

  test('end or read the worker’s work', async () => {
    const pid = await pidOf(db.pools.worker)
    const query = `select query from pg_stat_activity where pid = ${pid}`
    assert.deepEqual(await adaAsks(query), [{ query: '<insufficient privilege>' }])
    assert.deepEqual(await adaAsks('reset role', query), [{ query: '<insufficient privilege>' }])
    await assert.rejects(adaAsks(`select pg_terminate_backend(${pid})`), refused)
    await assert.rejects(adaAsks('reset role', `select pg_terminate_backend(${pid})`), refused)
  })

  test('read what others are asking through her own login, before she gives up her role', async () => {
    const other = await db.pools.app.connect()
    try {
      const query = `select query from pg_stat_activity where pid = ${await pidOf(other)}`
      assert.deepEqual(await adaAsks(query), [{ query: '<insufficient privilege>' }])
      // No wall here: it is her login. But statements travel apart from their values, so that their texts hold nobody's data.
      assert.deepEqual(await adaAsks('reset role', query), [{ query: askPid }])
    } finally {
      other.release()
    }
  })

  test('look past the policies', async () => {
    await assert.rejects(adaAsks('set row_security = off', 'select id from sample.notes'), refused)
  })

  test('write within a read', async () => {
    const inARead = (...texts: string[]) =>
      db.database.read(ada.acting, (db) => db.all(...texts.map((text) => ({ compile: () => sql.raw(text).compile(db) }))))
    await assert.rejects(inARead(`insert into sample.notes (title) values ('x')`), { code: '25006' })
    await assert.rejects(inARead('set transaction read write', `insert into sample.notes (title) values ('x')`), { code: '25001' })
  })
})

const askPid = 'select pg_backend_pid() as pid'
async function pidOf(connection: ClientBase | Pool): Promise<number> {
  const { rows } = await connection.query<{ pid: number }>(askPid)
  return rows[0]!.pid
}
