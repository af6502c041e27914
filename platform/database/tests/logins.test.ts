import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { Client } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { catalogue } from '#tests/catalogue.ts'
import { asSuperuser, type Cluster } from '#tests/cluster.ts'
import { linesForAdministrator, owners } from '#tests/owners.ts'
import { countingProxy } from '#tests/proxy.ts'
import type { Passwords } from '../logins.ts'
import { migrate } from '../migrate.ts'
import { verifier, verifies } from '../scram.ts'
import { ask, majors, onPostgres, until } from './scene.ts'

const first: Passwords = { app: 'a long walk', worker: 'on a short pier' }
const second: Passwords = { app: 'a short walk', worker: 'on a long pier' }

describe('our logins', { concurrency: 2 }, () => {
  for (const major of majors)
    describe(`on PostgreSQL ${major}`, { concurrency: 1 }, () => {
      const databaseOf = onPostgres(major)

      for (const owner of owners)
        test(`where the owner is ${owner}`, async (t) => {
          const { url, admin, cluster } = await databaseOf(owner)
          await demandPasswords(cluster)
          if (owner === 'plain') await asSuperuser(admin, ...(await linesForAdministrator(url, first)))
          await prepare(url, first)
          const tcp = await countingProxy(admin) // the embedded PostgreSQL listens on its socket only
          const door = (login: string, password: string) => withPassword(tcp.url(login), password)

          await t.test('making them again changes nothing', async () => {
            const before = await catalogue(admin)
            await prepare(url, first)
            assert.deepEqual(await catalogue(admin), before)
          })

          await t.test('each opens to its own password and to no other', async () => {
            assert.equal(await opens(door('vivavoce_app', first.app)), true)
            assert.equal(await opens(door('vivavoce_worker', first.worker)), true)
            assert.equal(await opens(door('vivavoce_app', first.worker)), false)
            assert.equal(await opens(door('vivavoce_worker', 'vivavoce_worker')), false)
          })

          await t.test('what the server keeps of a password is no password', async () => {
            const kept = await ask<{ kept: string }>(admin, `select rolpassword as kept from pg_authid where rolname like 'vivavoce\\__%'`)
            for (const { kept: one } of kept) assert.match(one, /^SCRAM-SHA-256\$4096:/)
            assert.equal(kept.length, 2)
          })

          await t.test('neither can do anything before it has said whom it acts for', async () => {
            for (const login of [door('vivavoce_app', first.app), door('vivavoce_worker', first.worker)])
              await assert.rejects(ask(login, 'select auth.uid()'), { code: '42501' })
          })

          await t.test('vivavoce_app can become anon or authenticated, and nobody else', async () => {
            assert.deepEqual(await mayBecome(door('vivavoce_app', first.app)), ['anon', 'authenticated', 'vivavoce_app'])
          })

          await t.test('vivavoce_worker can become service_role, but no person and not the owner', async () => {
            assert.deepEqual(await mayBecome(door('vivavoce_worker', first.worker)), ['service_role', 'vivavoce_worker'])
          })

          await t.test('neither owns anything, or belongs to anybody who does', async () => {
            const owned = `select * from pg_shdepend where deptype = 'o' and refobjid in ('vivavoce_app'::regrole, 'vivavoce_worker'::regrole)`
            assert.deepEqual(await ask(admin, owned), [])
            const memberships = await ask(
              admin,
              `select roleid::regrole::text as role from pg_auth_members where member::regrole::text ~ '^vivavoce_' order by 1`,
            )
            assert.deepEqual(memberships, [{ role: 'anon' }, { role: 'authenticated' }, { role: 'service_role' }])
          })

          await t.test('a changed password is set, by an administrator where the owner may not', async () => {
            if (owner === 'plain') {
              const lines = await linesForAdministrator(url, second)
              assert.deepEqual(lines.map(withoutVerifier), [
                '  alter role vivavoce_app password …;',
                '  alter role vivavoce_worker password …;',
              ])
              await asSuperuser(admin, ...lines)
            }
            await prepare(url, second)
            assert.equal(await opens(door('vivavoce_app', second.app)), true)
            assert.equal(await opens(door('vivavoce_app', first.app)), false)
          })

          await t.test('an owner who is given no passwords leaves them as they are', async () => {
            await prepare(url)
            assert.equal(await opens(door('vivavoce_app', second.app)), true)
          })
        })

      test('a login that has got more power than it needs loses it', async () => {
        const { url, admin } = await databaseOf('superuser')
        await prepare(url)
        await asSuperuser(admin, 'alter role vivavoce_app inherit bypassrls', 'alter role vivavoce_worker superuser nologin')
        await prepare(url)
        const roles = await ask(
          admin,
          `select rolcanlogin, rolinherit, rolsuper, rolbypassrls from pg_roles where rolname like 'vivavoce\\__%'`,
        )
        const modest = { rolcanlogin: true, rolinherit: false, rolsuper: false, rolbypassrls: false }
        assert.deepEqual(roles, [modest, modest])
      })

      test('a membership that does not let it become the role is replaced', { skip: major < 16 && 'there is none before 16' }, async () => {
        const { url, admin, app } = await databaseOf('superuser')
        await prepare(url, first)
        await asSuperuser(admin, 'grant anon to vivavoce_app with set false')
        await prepare(url, first)
        assert.deepEqual(await mayBecome(withPassword(app, first.app)), ['anon', 'authenticated', 'vivavoce_app'])
      })

      test('whoever lacks rights is told all that is missing at once, and needs no more than that', async () => {
        const { admin, cluster } = await databaseOf('creator')
        const database = new URL(admin).pathname.slice(1)
        const guest = cluster.url('guest', database)
        await asSuperuser(admin, 'create role guest login')
        const asked = new RegExp(
          `^"guest" may not prepare the database "${database}" alone\\. Let an administrator run this in it once, then start again:\n\n  create`,
        )
        await assert.rejects(prepare(guest), (error) => error instanceof CannotStart && asked.test(error.message))

        const lines = await linesForAdministrator(guest, first)
        const options = major < 16 ? '' : ' with inherit false, set true'
        assert.deepEqual(lines.map(withoutVerifier), [
          '  create role anon nologin;',
          '  create role authenticated nologin;',
          '  create role service_role nologin;',
          '  create role vivavoce_app login noinherit password …;',
          '  create role vivavoce_worker login noinherit password …;',
          `  grant anon to vivavoce_app${options};`,
          `  grant authenticated to vivavoce_app${options};`,
          `  grant service_role to vivavoce_worker${options};`,
          `  grant create on database ${database} to guest;`,
        ])
        await asSuperuser(admin, ...lines)
        await prepare(guest, first)
      })

      test('two databases of one cluster may be migrated for the first time at the same moment', async () => {
        const [one, other] = [await databaseOf('hosted'), await databaseOf('hosted')]
        await Promise.all([prepare(one.url, first), prepare(other.url, first)])
        assert.deepEqual(await mayBecome(withPassword(other.app, first.app)), ['anon', 'authenticated', 'vivavoce_app'])
      })
    })
})

test('a verifier knows its own password and no other', () => {
  // Printed by PostgreSQL 18 for create role … password 'pencil'.
  const fromPostgres =
    'SCRAM-SHA-256$4096:k+5XfQvvSqqM9KJtTydWMw==$BEO1bz2N1o17opheR48tZFChuB2g+pNQhH7h1IoYbFg=:scpYPQxAZg6LBfBENFnPrdd74JqrPykN0i7vw/3hltU='
  assert.equal(verifies(fromPostgres, 'pencil'), true)
  assert.equal(verifies(fromPostgres, 'pen'), false)
  assert.equal(verifies(verifier('pencil'), 'pencil'), true)
  assert.notEqual(verifier('pencil'), verifier('pencil'))
  for (const other of ['', 'md5a5bc0a5b6d5f5d7a3f2a7b0d3d0c1a55', 'SCRAM-SHA-256$4096:']) assert.equal(verifies(other, 'pencil'), false)
})

const prepare = (url: string, passwords?: Passwords) => migrate({ url, folders: [], say: assert.fail, passwords })

const withoutVerifier = (line: string) => line.replace(/'SCRAM-SHA-256\$[^']*'/, '…')

// From now on this cluster trusts our two logins no longer.
async function demandPasswords(cluster: Cluster): Promise<void> {
  const [row] = await ask<{ hba_file: string }>(cluster.url(), 'show hba_file')
  assert(row && path.isAbsolute(row.hba_file))
  writeFileSync(row.hba_file, 'local all vivavoce_app,vivavoce_worker scram-sha-256\nlocal all all trust\n')
  await ask(cluster.url(), 'select pg_reload_conf()')
  await until(async () => !(await opens(withPassword(cluster.url('vivavoce_app'), 'anything'))))
}

function withPassword(url: string, password: string): string {
  const address = new URL(url)
  address.password = password
  return address.href
}

async function opens(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url })
  try {
    await client.connect()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '28P01') return false
    throw error
  } finally {
    await client.end()
  }
}

async function mayBecome(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ role: string }>(`select rolname as role from pg_roles where rolname not like 'pg\\_%' order by 1`)
    const become: string[] = []
    for (const { role } of rows) {
      const became = client.query(`set role ${client.escapeIdentifier(role)}`)
      await became.then(
        () => become.push(role),
        (error: { code?: string }) => assert.equal(error.code, '42501'),
      )
      await client.query('reset role')
    }
    return become
  } finally {
    await client.end()
  }
}
