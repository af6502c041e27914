import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { describe, test } from 'node:test'
import { Client } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { catalogue, schemaOf } from '#tests/catalogue.ts'
import { sampleFolder, type Cluster } from '#tests/cluster.ts'
import { owners } from '#tests/owners.ts'
import { found } from '#tests/under-owners.ts'
import { migrate, migrationFolders, pending, together } from '../migrate.ts'
import { ask, folderOf, majors, onPostgres, rewrite, until } from './scene.ts'

const shelves = '2026-11-21-01-shelves.sql'
const books = '2026-11-21-02-books.sql'
const library = {
  [shelves]: `
    create schema library;
    create table library.shelves (id int primary key, label text not null);
    alter table library.shelves enable row level security;
    insert into library.shelves values (1, 'first'); -- fails the second time
    create function library.label(id int) returns text language sql as $$ select label from library.shelves s where s.id = label.id; $$;
    revoke all on function library.label(int) from public;`,
  [books]: `
    create table library.books (title text not null, shelf int not null references library.shelves);
    insert into library.books select 'one of ' || n, 1 from generate_series(1, 3) n, pg_sleep(0.02);
    create policy "everybody sees the books" on library.books for select to anon using (true);
    comment on table library.books is 'lent to anybody';`,
}
const steps = 7
const all = [...migrationFolders(), sampleFolder]

describe('migrations', { concurrency: 3 }, () => {
  for (const major of majors)
    describe(`on PostgreSQL ${major}`, { concurrency: 1 }, () => {
      const databaseOf = onPostgres(major)

      for (const owner of owners)
        test(`a database of the owner ${owner}: the rules find nothing, and migrating it again changes nothing`, async () => {
          const { url, admin } = await databaseOf(owner)
          assert.notEqual(await pendingIn(url, all), 0)
          assert.notEqual((await quietly(url, all)).applied, 0)
          assert.deepEqual(await found(url), [])
          const once = await catalogue(admin)
          assert.equal(await pendingIn(url, all), 0)
          assert.deepEqual(await quietly(url, all), { applied: 0 })
          assert.deepEqual(await catalogue(admin), once)
        })

      test('on a hosted project nothing that was there changes, and nothing of ours is put among it', async () => {
        const { url, admin } = await databaseOf('hosted')
        const before = await catalogue(admin)
        await quietly(url, [...migrationFolders(), folderOf(library)])
        const now = await catalogue(admin)
        assert.deepEqual(missingIn(now, before), [])
        const afterTrigger = /^auth: trigger CREATE TRIGGER \w+ AFTER / // the one thing that may hang on auth.users (design, section 2)
        const made = new Set(
          missingIn(before, now)
            .filter((line) => !afterTrigger.test(line))
            .map(schemaOf),
        )
        for (const theirs of ['auth', 'storage', 'realtime', 'public']) assert(!made.has(theirs), theirs)
      })

      test('elsewhere the accounts have the shape, and the claims the readers, that they have on a hosted project', async () => {
        const shape = async (url: string) =>
          (await catalogue(url))
            .filter((line) => /^auth: (?:(?:column|constraint) auth\.users |relation auth\.\w+ i .* ON auth\.users )/.test(line))
            .filter((line) => !line.includes('users_banned_until_idx')) // ours: who is shut out is asked every second (identity/ended.ts)
            .map((line) => line.replace(/ i \w+ /, ' i ')) // whoever owns the index
        const hosted = await databaseOf('hosted')
        const theirs = await shape(hosted.admin)
        assert.equal(theirs.filter((line) => line.startsWith('auth: column')).length, 35)
        const { url, admin } = await databaseOf('superuser')
        await quietly(url, [])
        assert.deepEqual(await shape(admin), theirs)

        const claims = { sub: 'c0ffee00-0000-4000-8000-000000000000', role: 'authenticated', email: 'bo@example.test' }
        const { sub: uid, role, email } = claims
        const nobody = { uid: null, role: null, email: null, jwt: null }
        assert.deepEqual(await askers(url, 'request.jwt.claims', JSON.stringify(claims)), [{ uid, role, email, jwt: claims }])
        assert.deepEqual(await askers(url, 'request.jwt.claims', ''), [nobody])
        assert.deepEqual(await askers(url, 'request.jwt.claim.sub', uid), [{ ...nobody, uid }])
        assert.deepEqual(await askers(url, 'vivavoce.nothing', 'set'), [nobody])
      })
    })

  // How a runner goes on is of its own making, and the same on each.
  describe('whoever runs them', { concurrency: 1 }, () => {
    const databaseOf = onPostgres(18)

    test('the server may make and change accounts, but not delete one; people may not even look', async () => {
      const { url } = await databaseOf('superuser')
      await quietly(url, [])
      const as = (role: string, sql: string) => ask(url, `set role ${role}; ${sql}`)
      await as(
        'service_role',
        `insert into auth.users (id, email) values (gen_random_uuid(), 'bo@example.test'); update auth.users set aud = 'x'; select from auth.users`,
      )
      await assert.rejects(as('service_role', 'delete from auth.users'), { code: '42501' })
      for (const role of ['anon', 'authenticated']) await assert.rejects(as(role, 'select id from auth.users'), { code: '42501' })
    })

    test('a refusal reaches the asker as the name of a constraint', async () => {
      const { url } = await databaseOf('superuser')
      await quietly(url, migrationFolders())
      for (const role of ['anon', 'authenticated', 'service_role'])
        await assert.rejects(ask(url, `set role ${role}; select private.refuse('seat_taken')`), {
          code: 'VV001',
          constraint: 'seat_taken',
        })
      await assert.rejects(ask(url, `set role pg_monitor; select private.refuse('seat_taken')`), { code: '42501' })
    })

    test('of two runners at once one works, and the other waits and finds nothing to do', async () => {
      const { url } = await databaseOf('superuser')
      await quietly(url, [])
      const folder = folderOf({ '2026-11-20-99-gate.sql': 'select pg_advisory_xact_lock(1);', ...library })
      const gate = await holding(url, 'select pg_advisory_xact_lock(1)')
      const one = migrate({ url, folders: [folder], say: () => {} })
      await until(async () => (await ask(url, `select from pg_locks where locktype = 'advisory' and not granted`)).length === 1)
      const said: string[] = []
      const other = migrate({ url, folders: [folder], say: (line) => said.push(line) })
      await until(() => said.length === 1)
      await gate.open()
      assert.deepEqual(await Promise.all([one, other]), [{ applied: steps + 1 }, { applied: 0 }])
      assert.deepEqual(said, ['another migration of this database is running; waiting for it'])
    })

    test('a step does not wait for a lock in front of everybody: it tries again until it gets it', async () => {
      const { url } = await databaseOf('superuser')
      const folder = folderOf({ [shelves]: library[shelves] })
      await quietly(url, [folder])
      const reader = await holding(url, 'select * from library.shelves')
      rewrite(folder, { [books]: 'create policy "everybody" on library.shelves for select to anon using (true);' })
      const said: string[] = []
      const running = migrate({ url, folders: [folder], say: (line) => said.push(line) })
      await until(() => said.length === 1)
      await ask(url, 'select * from library.shelves')
      await reader.open()
      assert.deepEqual(await running, { applied: 1 })
      assert.deepEqual(said, [`${books}, line 1: somebody is using what this changes; trying again`])
    })

    test('runners that are killed at one step after the other, before it and in it, leave nothing half done and nothing done twice', async () => {
      const folder = folderOf(library)
      const whole = await databaseOf('superuser')
      await quietly(whole.url, [folder])
      const { url, admin, cluster } = await databaseOf('superuser')
      await quietly(url, [])
      for (let step = 1; step <= steps; step++) {
        await killedAtItsFirstStep(url, folder, cluster, { getsThrough: false })
        assert.equal(await pendingIn(url, [folder]), steps - step + 1)
        await killedAtItsFirstStep(url, folder, cluster, { getsThrough: true })
        await until(async () => (await pendingIn(url, [folder])) === steps - step)
      }
      assert.deepEqual(await afterOneKilled(url, folder), { applied: 0 })
      assert.deepEqual(await catalogue(admin), await catalogue(whole.admin))
      assert.deepEqual(await ask(url, 'select count(*)::int from library.books'), [{ count: 3 }])
    })

    test('in a new database several steps are one transaction: a runner that is killed leaves all of them or none', async () => {
      const folder = folderOf(library)
      const whole = await databaseOf('superuser')
      await quietly(whole.url, [folder])
      const { url, admin, cluster } = await databaseOf('superuser')
      const applied = async (url: string) => (await ask(url, 'select from migrations.steps')).length
      await killedAtItsFirstStep(url, folder, cluster, { getsThrough: false })
      assert.equal(await applied(url), 0)
      await killedAtItsFirstStep(url, folder, cluster, { getsThrough: true })
      await until(async () => (await applied(url)) === together)
      assert.deepEqual(await afterOneKilled(url, folder), { applied: (await applied(whole.url)) - together })
      assert.deepEqual(await catalogue(admin), await catalogue(whole.admin))
    })

    test('a half-applied file is completed before newer ones', async () => {
      const { url } = await databaseOf('superuser')
      const folder = folderOf({ [shelves]: library[shelves].split('create function')[0] ?? '' })
      await quietly(url, [])
      assert.deepEqual(await quietly(url, [folder]), { applied: 3 })
      rewrite(folder, library)
      assert.equal(await pendingIn(url, [folder]), steps - 3)
      assert.deepEqual(await quietly(url, [folder]), { applied: steps - 3 })
    })

    for (const kind of ['new', 'used'])
      test(`in a ${kind} database a statement that fails stops there, and goes on from there once it is mended`, async () => {
        const { url } = await databaseOf('superuser')
        const folder = folderOf({ [shelves]: library[shelves].replace(`'first'`, 'null') })
        if (kind === 'used') await quietly(url, [])
        await assert.rejects(quietly(url, [folder]), /^Error: 2026-11-21-01-shelves\.sql, line 5: null value in column "label"/)
        rewrite(folder, library)
        assert.deepEqual(await quietly(url, [folder]), { applied: steps - 2 })
      })

    test('what was applied never changes, except in its comments', async () => {
      const { url } = await databaseOf('superuser')
      const folder = folderOf(library)
      await quietly(url, [folder])
      rewrite(folder, { [shelves]: library[shelves].replace('-- fails the second time', '-- the only one so far') })
      assert.deepEqual(await quietly(url, [folder]), { applied: 0 })
      rewrite(folder, { [shelves]: library[shelves].replace(`'first'`, `'top'`) })
      await assert.rejects(
        quietly(url, [folder]),
        new CannotStart(`${shelves}, step 3 (line 5) differs from what was applied; migrations are forward-only: write a new one`),
      )
    })

    test('a step is known by the text that PostgreSQL acts on, in every database there is', async () => {
      const { url } = await databaseOf('superuser')
      await quietly(url, [folderOf(library)])
      const rows = await ask<{ checksum: string }>(url, 'select checksum from migrations.steps where file = $1 order by step limit 3', [
        shelves,
      ])
      assert.deepEqual(
        rows.map(({ checksum }) => checksum),
        [
          'create schema library',
          'create table library.shelves (id int primary key, label text not null);alter table library.shelves enable row level security',
          `insert into library.shelves values (1, 'first')`,
        ].map((text) => createHash('sha256').update(text).digest('hex')),
      )
    })

    test('a database that knows more than this version is left alone', async () => {
      const { url, admin } = await databaseOf('superuser')
      const folder = folderOf(library)
      await quietly(url, [folder])
      const before = await catalogue(admin)
      rmSync(path.join(folder, books))
      rewrite(folder, { '2026-11-21-03-more.sql': 'create schema more;' })
      await assert.rejects(
        quietly(url, [folder]),
        new CannotStart(`this database is newer than this version of Vivavoce (it holds ${books}, step 1): upgrade Vivavoce`),
      )
      assert.deepEqual(await catalogue(admin), before)
    })

    test('the server may ask what is pending, and a person may not', async () => {
      const { url, app, worker } = await databaseOf('superuser')
      await quietly(url, [])
      const folders = [folderOf(library)]
      assert.equal(await pendingIn(worker, folders, 'service_role'), steps)
      await assert.rejects(pendingIn(app, folders, 'authenticated'), { code: '42501' })
    })
  })
})

test('files that could be taken for one another, or for nothing, are refused', async () => {
  const refused = (files: Record<string, string>, reason: RegExp) =>
    assert.rejects(pendingIn('', [folderOf(library), folderOf(files)]), reason)
  await refused({ 'books.sql': '' }, /books\.sql should be named after its date/)
  await refused({ '2026-11-21-books.sql': '' }, /should be named after its date, its number on that day/)
  await refused({ [books]: 'select 1;' }, /2026-11-21-02-books\.sql exists twice/)
  await refused({}, /holds no migrations/)
  await refused(
    { '2026-11-22-01-x.sql': 'select 1;\ncommit;' },
    /2026-11-22-01-x\.sql, line 2: each step is a transaction of its own already/,
  )
})

const quietly = (url: string, folders: string[]) => migrate({ url, folders, say: assert.fail })

// Its connection may have its turn still, for a moment: then one waits and says so.
const afterOneKilled = (url: string, folder: string) => migrate({ url, folders: [folder], say: () => {} })

async function pendingIn(url: string, folders: string[], role = 'none'): Promise<number> {
  const client = new Client({ connectionString: url })
  if (url !== '') await client.connect()
  try {
    if (url !== '') await client.query(`set role ${role}`)
    return await pending(client, folders)
  } finally {
    await client.end()
  }
}

const missingIn = (some: string[], others: string[]) => others.filter((line) => !new Set(some).has(line))

const askers = (url: string, setting: string, value: string) =>
  ask(url, 'select auth.uid(), auth.role(), auth.email(), auth.jwt() from (select set_config($1, $2, false) offset 0) as claims', [
    setting,
    value,
  ])

// A transaction that holds what the statement took, until it is opened.
async function holding(url: string, statement: string): Promise<{ open: () => Promise<void> }> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`begin; ${statement}`)
  return { open: () => client.end() }
}

// Runs a real child behind a door of ours, and kills it when it has sent a step, which gets through to PostgreSQL or not.
async function killedAtItsFirstStep(
  url: string,
  folder: string,
  { socket }: Cluster,
  { getsThrough }: { getsThrough: boolean },
): Promise<void> {
  const host = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-door-'))
  const door = createServer((runner) => {
    const postgres = connect(path.join(socket, '.s.PGSQL.5432'))
    runner.on('data', (message: Buffer) => {
      const isStep = message.includes('insert into migrations.steps')
      if (!isStep || getsThrough) postgres.write(message)
      if (isStep) child.kill('SIGKILL')
    })
    runner.on('close', () => postgres.end())
    postgres.pipe(runner)
    for (const end of [runner, postgres]) end.on('error', () => end.destroy())
  })
  await once(door.listen(path.join(host, '.s.PGSQL.5432')), 'listening')

  const address = new URL(url)
  address.searchParams.set('host', host)
  const script = `import('${path.join(import.meta.dirname, '../migrate.ts')}').then(({ migrate }) => migrate({ url: process.argv[1], folders: [process.argv[2]], say() {} }))`
  const child = spawn(process.execPath, ['-e', script, address.href, folder], { stdio: ['ignore', 'inherit', 'inherit'] })
  await once(child, 'exit')
  assert.equal(child.signalCode, 'SIGKILL')
  door.close()
  rmSync(host, { recursive: true })
}
