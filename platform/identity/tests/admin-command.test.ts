import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import pg from 'pg'
import { runningPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { freshDatabase, someone } from '#tests/database.ts'
import { startProgram, temporaryFolder } from '#tests/processes.ts'

// `npm run admin`, as a process.
const appoint = (args: string[], env: Record<string, string>) => startProgram(process.execPath, ['scripts/admin.ts', ...args], env).ended

describe('npm run admin', async () => {
  const db = await freshDatabase()
  const { id } = await someone(db, 'ada')
  const [user] = await db.sql<{ email: string }>('select email from auth.users where id = $1', [id])
  const env = { DATABASE_URL: db.url(), DATA_DIR: temporaryFolder() }

  test('makes an administrator in a database that was given, on record as the operator’s act', async () => {
    const { code, out } = await appoint([user!.email.toUpperCase()], env)
    assert.deepEqual([code, out], [0, `${user!.email.toUpperCase()} is an administrator now\n`])
    assert.deepEqual(await db.sql('select user_id from identity.admins'), [{ user_id: id }])
    const entries = await db.sql(`select actor, subject_id from audit.entries where action = 'identity.administrator-made'`)
    assert.deepEqual(entries, [{ actor: null, subject_id: id }])
  })

  test('says that somebody is one already, and that nobody has this address', async () => {
    assert.match((await appoint([user!.email], env)).out, /already/)
    const nobody = await appoint(['nobody@example.test'], env)
    assert.deepEqual([nobody.code, nobody.err], [1, 'vivavoce: nobody has an account with this address; let them sign up first\n'])
    assert.match((await appoint([], env)).err, /say who: npm run admin -- EMAIL/)
  })

  test('joins the embedded database of a running server, whose next start offers no set-up link', async () => {
    const DATA_DIR = temporaryFolder()
    const serve = () => startProgram(process.execPath, ['app/main.ts'], { DATA_DIR, PORT: '0', DEMO: '0' })
    const first = serve()
    await first.address
    const client = new pg.Client({
      connectionString: `postgres://vivavoce@localhost/vivavoce?host=${await runningPostgres(clusterIn(DATA_DIR))}`,
    })
    await client.connect()
    await client.query(`insert into auth.users (id, email) values ($1, 'ada@example.test')`, [randomUUID()])
    await client.end()
    assert.equal((await appoint(['ada@example.test'], { DATA_DIR })).code, 0)
    first.process.kill('SIGTERM')
    assert.match((await first.ended).err, /\/setup\?token=[\w-]{43}/)

    const second = serve()
    await second.address
    second.process.kill('SIGTERM')
    assert.ok(!(await second.ended).err.includes('setup?token'))
  })
})
