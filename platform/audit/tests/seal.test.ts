import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, afterEach, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { logger } from '#platform/operations/log.ts'
import { root } from '#platform/configuration/environment.ts'
import { someone } from '#tests/database.ts'
import { audit } from '../append.ts'
import { headOf, headText, type Head } from '../chain.ts'
import { keepSealing, seal } from '../seal.ts'
import { scene } from './scene.ts'

const db = await scene()

async function append(count: number): Promise<void> {
  const people = await Promise.all(Array.from({ length: 5 }, () => someone(db)))
  await Promise.all(
    Array.from({ length: count }, (_, nth) =>
      db.database.write(people[nth % 5]!.acting, async (tx) =>
        audit(tx, {
          action: 'care.record-viewed',
          subject: { kind: 'patient', id: `${nth}` },
          reason: 'asked “why?” \\ "so"',
          details: { nth, ratio: 1.5, none: null },
        }),
      ),
    ),
  )
}

const soundHead = async (): Promise<Head> => {
  const verdict = await db.verified()
  assert.ok(verdict.sound)
  return verdict.head
}

test('an empty audit is sound', async () => {
  assert.deepEqual(await db.verified(), { sound: true, sealed: 0, waiting: 0, head: { position: 0, hash: Buffer.alloc(32) } })
})

test('50 people at once while two nodes seal: the chain holds each entry once', async () => {
  const ending = new AbortController()
  const sealing = async () => {
    while (!ending.signal.aborted) await seal(db.asServer)
  }
  const sealers = [sealing(), sealing()]
  await append(50)
  ending.abort()
  await Promise.all(sealers)
  await db.sealAll()
  const verdict = await db.verified()
  assert.ok(verdict.sound)
  assert.deepEqual([verdict.sealed, verdict.waiting, verdict.head.position], [50, 0, 50])
})

test('what is not sealed yet is counted, and a sealer that is killed leaves the chain whole', async () => {
  await append(5)
  const dying = db.asServer.write(async (tx) => {
    await seal({ ...db.asServer, write: (run) => run(tx) })
    throw new Error('killed')
  })
  await assert.rejects(dying)
  const verdict = await db.verified()
  assert.ok(verdict.sound)
  assert.deepEqual([verdict.sealed, verdict.waiting], [50, 5])
})

test('the sealer seals by itself and notes the head in the log', async () => {
  const log: string[] = []
  const ending = new AbortController()
  const logged = logger('info', { write: (line) => void log.push(line) })
  keepSealing({ database: db.asServer, log: logged, signal: ending.signal, firstHead: 0 })
  const waiting = async () => (await db.sql('select from audit.unsealed')).length
  while ((await waiting()) > 0) await new Promise((resolve) => setTimeout(resolve, 10))
  while (log.length === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  ending.abort()
  const { head } = JSON.parse(log[0]!) as { head: string }
  assert.ok(headOf(head))
  assert.equal((await soundHead()).position, 55)
})

describe('somebody with every right in the database', () => {
  let noted: Head
  let restore: () => Promise<void>
  before(async () => {
    noted = await soundHead()
    restore = await db.keep()
  })
  afterEach(() => restore())
  after(async () => assert.deepEqual(await soundHead(), noted))

  for (const [what, change] of [
    ['what an entry is about', `update audit.entries set subject_id = 'x'`],
    ['when it happened, by a microsecond', `update audit.entries set at = at + interval '1 microsecond'`],
    ['as whom somebody came', `update audit.entries set role = 'anon'`],
    ['who did it', `update audit.entries set actor = gen_random_uuid()`],
    ['a detail, by no more than how it is written', `update audit.entries set details = details || '{"ratio": 1.50}'`],
    ['a reason that was there', `update audit.entries set reason = null`],
  ] as const)
    test(`cannot change ${what} unseen`, async () => {
      await db.tamper(`${change} where id = (select entry_id from audit.seals where position = 7)`)
      assert.deepEqual(await db.verified(), { sound: false, position: 7, because: 'entry_changed' })
    })

  test('cannot change a seal unseen', async () => {
    await db.tamper('update audit.seals set hash = sha256(hash) where position = 7')
    assert.deepEqual(await db.verified(), { sound: false, position: 7, because: 'entry_changed' })
  })

  test('cannot take an entry out unseen', async () => {
    await db.tamper('delete from audit.entries where id = (select entry_id from audit.seals where position = 7)')
    assert.deepEqual(await db.verified(), { sound: false, position: 7, because: 'entry_missing' })
  })

  test('cannot take a seal out unseen, nor a seal and its entry', async () => {
    await db.tamper('delete from audit.seals where position = 7')
    assert.deepEqual(await db.verified(), { sound: false, position: 7, because: 'seal_missing' })
    await db.tamper('delete from audit.entries e where not exists (select from audit.seals s where s.entry_id = e.id)')
    assert.deepEqual(await db.verified(), { sound: false, position: 7, because: 'seal_missing' })
  })

  test('cannot close the gap unseen', async () => {
    await db.tamper('delete from audit.seals where position = 7', 'update audit.seals set position = position + 1000 where position > 7')
    await db.tamper('update audit.seals set position = position - 1001 where position > 1000')
    const verdict = await db.verified()
    assert.ok(!verdict.sound && verdict.position === 7)
  })

  test('cannot exchange two entries unseen', async () => {
    await db.tamper(
      `update audit.seals s set entry_id = -other.entry_id from audit.seals other where (s.position, other.position) in ((7, 8), (8, 7))`,
    )
    await db.tamper('update audit.seals set entry_id = -entry_id where entry_id < 0')
    assert.deepEqual(await db.verified(), { sound: false, position: 7, because: 'order_changed' })
  })

  test('can cut the chain off, but a head that was noted shows it', async () => {
    await db.tamper('delete from audit.entries where id in (select entry_id from audit.seals where position > 50)')
    await db.tamper('delete from audit.seals where position > 50')
    assert.equal((await soundHead()).position, 50)
    assert.deepEqual(await db.verified(noted), { sound: false, position: 51, because: 'seal_missing' })
  })

  test('can write the chain anew, but a head that was noted shows it', async () => {
    await db.tamper(`update audit.entries set subject_id = 'x' where id = (select entry_id from audit.seals where position = 7)`)
    await db.tamper('truncate audit.seals', 'insert into audit.unsealed select id from audit.entries')
    await db.sealAll()
    assert.equal((await soundHead()).position, noted.position)
    assert.deepEqual(await db.verified(noted), { sound: false, position: noted.position, because: 'written_anew' })
  })

  test('cannot keep an entry from being sealed unseen', async () => {
    await append(1)
    await db.tamper('delete from audit.unsealed')
    assert.deepEqual(await db.verified(), { sound: false, position: noted.position + 1, because: 'seal_missing' })
  })
})

test('npm run audit:verify says how it is, and ends with 1 when it is not well', async () => {
  const env = {
    ...process.env,
    DATABASE_URL: db.url(),
    APP_DATABASE_URL: db.url('vivavoce_app'),
    WORKER_DATABASE_URL: db.url('vivavoce_worker'),
  }
  const run = (...args: string[]) => promisify(execFile)(process.execPath, ['scripts/audit-verify.ts', ...args], { cwd: root, env })
  const head = headText(await soundHead())
  assert.equal((await run()).stdout, `55 entries sealed, 0 waiting, head ${head}\n`)
  await db.tamper(`update audit.entries set reason = 'another' where id = (select entry_id from audit.seals where position = 3)`)
  await assert.rejects(run(head), { code: 1, stdout: 'broken at position 3: the entry, or its seal, is not what was sealed\n' })
  await assert.rejects(run('yesterday'), { code: 1, stdout: '' })
})
