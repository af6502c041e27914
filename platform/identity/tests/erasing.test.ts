import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parts } from '#app/domains.ts'
import { configure } from '#platform/configuration/environment.ts'
import type { JobDatabase } from '#platform/jobs/job.ts'
import { logger } from '#platform/operations/log.ts'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { temporaryFolder } from '#tests/processes.ts'
import { eraseDue, eraseJob } from '../leaving/erase.ts'
import type { PersonHooks } from '../person-hooks.ts'

// The job by itself, killed between two parts: hooks of our own stand between the real ones.
const db = await freshDatabase()
const database: JobDatabase = { read: (run) => db.database.read(theServer, run), write: (run) => db.database.write(theServer, run) }
const configuration = configure({ DATA_DIR: temporaryFolder() })
const running = { database, configuration, signal: new AbortController().signal, log: logger('silent') }
const real = parts.flatMap(({ people = [] }) => people)

async function leaver(name: string): Promise<{ id: string; deletion: string }> {
  const { id } = await someone(db, name)
  const [row] = await db.sql<{ id: string }>(
    `insert into identity.deletions (user_id, requested_by, requested_at, erases_at) values ($1, $1, now() - interval '15 days', now() - interval '1 day') returning id`,
    [id],
  )
  return { id, deletion: row!.id }
}
// As if a token of theirs had run out already: else each test waits six seconds for it.
const begun = (deletion: string) => db.sql(`update identity.deletions set begun_at = now() - interval '1 minute' where id = $1`, [deletion])
const isErased = async (id: string) =>
  (await db.sql('select from identity.deletions where user_id = $1 and erased_at is not null', [id])).length === 1

for (let dies = 0; dies <= real.length; dies++)
  test(`killed after ${dies} of ${real.length} parts it goes on where it was, and no part forgets twice`, async () => {
    const { id, deletion } = await leaver(`dies${dies}`)
    await begun(deletion)
    const asked: string[] = []
    let alive = false
    const watched = (hooks: PersonHooks): PersonHooks => ({
      ...hooks,
      erase: async (tx, person) => (asked.push(hooks.name), hooks.erase(tx, person)),
    })
    const dying: PersonHooks = {
      name: 'dying',
      export: async () => ({}),
      erase: async (tx) => {
        await tx.deleteFrom('identity.attempts').execute()
        if (!alive) throw new Error('killed')
      },
    }
    const erase = eraseJob(() => [...real.slice(0, dies).map(watched), dying, ...real.slice(dies).map(watched)])
    await assert.rejects(erase.run({ ...running, data: { deletion } }), /killed/)
    assert.equal(await isErased(id), false)
    alive = true
    await erase.run({ ...running, data: { deletion } })
    assert.deepEqual(
      asked,
      real.map(({ name }) => name),
    )
    assert.equal(await isErased(id), true)
    await erase.run({ ...running, data: { deletion } }) // done: once more changes nothing
    assert.equal(asked.length, real.length)
  })

test('what a token may still write is waited for', async () => {
  const { id, deletion } = await leaver('patient')
  const erase = eraseJob(() => real)
  const from = performance.now()
  await erase.run({ ...running, data: { deletion } })
  assert.ok(performance.now() - from > 5_500)
  assert.equal(await isErased(id), true)
})

test('who cancelled is not erased, and nobody before their time', async () => {
  const cancelled = await leaver('cancelled')
  await db.sql('update identity.deletions set cancelled_at = now() where id = $1', [cancelled.deletion])
  const early = await leaver('early')
  await db.sql(`update identity.deletions set erases_at = now() + interval '1 hour' where id = $1`, [early.deletion])
  for (const { id, deletion } of [cancelled, early]) {
    await eraseJob(() => real).run({ ...running, data: { deletion } })
    assert.equal(await isErased(id), false)
    assert.deepEqual(await db.sql('select from auth.users where id = $1 and deleted_at is not null', [id]), [])
  }
})

test('once an hour those are queued whose time is up, and an address that was invited in vain is forgotten', async () => {
  const due = await leaver('due')
  await db.sql(
    `insert into identity.invitations (token_hash, role, email, made_by, made_at, expires_at) values (sha256('x'), 'person', 'invain@example.test', $1, now() - interval '9 days', now() - interval '2 days')`,
    [due.id],
  )
  await eraseDue.run({ ...running, data: {} })
  const queued = await db.sql<{ data: { deletion: string } }>(`select data from jobs.queued where name = 'identity.erase'`)
  assert.ok(queued.some(({ data }) => data.deletion === due.deletion))
  assert.deepEqual(await db.sql('select from identity.invitations where email is not null'), [])
})

test('cancelling and beginning at once: one of them wins, never both', async () => {
  for (let round = 0; round < 10; round++) {
    const { id, deletion } = await leaver(`race${round}`)
    await db.sql(`update identity.deletions set cancel_hash = sha256($2::text::bytea) where id = $1`, [deletion, deletion])
    const cancel = db.database
      .write({ role: 'anon', claims: '{"role":"anon"}' }, async (tx) =>
        tx.call('private.cancel_deletion', { cancel_hash: await hashOf(deletion) }),
      )
      .then(() => 'cancelled')
      .catch((error: { constraint?: string }) => error.constraint)
    const begin = db.database
      .write(theServer, (tx) => tx.call('private.go_on_erasing', { deletion }))
      .then(({ person }) => (person ? 'begun' : 'nothing'))
    const outcome = await Promise.all([cancel, begin])
    assert.ok(
      [
        ['cancelled', 'nothing'],
        ['nothing_to_cancel', 'begun'],
      ].some((pair) => pair.join() === outcome.join()),
      outcome.join(),
    )
    const gone = (await db.sql('select from auth.users where id = $1 and deleted_at is not null', [id])).length === 1
    assert.equal(gone, outcome[1] === 'begun')
  }
})

const hashOf = async (text: string) => (await db.sql<{ hash: Buffer }>('select sha256($1::text::bytea) as hash', [text]))[0]!.hash
