import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrator, saidTo, somebody } from '#platform/identity/tests/cast.ts'
import { theServer } from '#tests/database.ts'
import { freshServer } from '#tests/server.ts'
import { seal } from '../seal.ts'

const server = await freshServer()
const { db } = server
const [ada, mira] = [await somebody(server, 'Ada Reading'), await administrator(server, 'Mira Auditing')]

type Stretch = { sealed: number; next: string | null; broken: { position: number; because: string } | null; waiting: number; head: string }
async function verified(noted?: string): Promise<Stretch> {
  for (let from: string | undefined; ; ) {
    const { body } = await mira.post('/audit/verification', { ...(from ? { from } : {}), ...(noted ? { noted } : {}) })
    const stretch = body as Stretch
    if (stretch.next === null) return stretch
    from = stretch.next
  }
}
async function sealAll(): Promise<void> {
  const { database } = db
  while ((await seal({ read: (run) => database.read(theServer, run), write: (run) => database.write(theServer, run) })) > 0);
}

test('an administrator reads the audit with names, and their reading is in it', async () => {
  await mira.get('/identity/people', { search: 'ada', reason: 'a question by mail' })
  const { body } = await mira.get('/audit/entries', { act: 'identity' })
  const { items } = body as { items: { action: string; actor_name: string; reason: string }[] }
  assert.deepEqual(
    [items[0]!.action, items[0]!.actor_name, items[0]!.reason],
    ['identity.people-searched', 'Mira Auditing', 'a question by mail'],
  )
  assert.equal((await db.sql(`select from audit.entries where action = 'audit.read' and actor = $1`, [mira.id])).length, 1)
})

test('pages follow one another without a gap', async () => {
  type Page = { items: { id: number }[]; next: string }
  const page = async (cursor: object = {}) => (await mira.get('/audit/entries', { limit: '1', act: 'identity', ...cursor })).body as Page
  const { items, next } = await page()
  const rest = await page({ cursor: next })
  assert.ok(rest.items[0]!.id < items[0]!.id)
})

test('nobody else reads or verifies it', async () => {
  assert.equal(await saidTo(ada.get('/audit/entries')), 'administrators_only')
  assert.equal(await saidTo(ada.post('/audit/verification')), 'administrators_only')
  assert.equal((await fetch(`${server.address}/api/audit/entries`)).status, 401)
})

test('what is no cursor, no act and no stretch is refused', async () => {
  assert.equal(await saidTo(mira.get('/audit/entries', { cursor: 'x' })), 'invalid_input')
  assert.equal(await saidTo(mira.get('/audit/entries', { act: 'Ada said' })), 'invalid_input')
  assert.equal(await saidTo(mira.post('/audit/verification', { from: 'yesterday' })), 'no_such_stretch')
})

test('a long chain is verified in stretches, to its end', async () => {
  await db.sql(`select private.audit_for(null, 'sample.made', 'thing', n::text) from generate_series(1, 4500) n`)
  await sealAll()
  const first = (await mira.post('/audit/verification')).body as Stretch
  assert.equal(first.sealed, 2_000)
  await sealAll()
  const { sealed, broken, head } = await verified()
  assert.equal(broken, null)
  assert.ok(sealed > 4_500)
  assert.equal((await verified(head)).broken, null)
  const otherHead = head.replace(/[0-9a-f]$/, (digit) => (digit === '0' ? '1' : '0'))
  assert.equal((await verified(otherHead)).broken?.because, 'written_anew')
})

test('an entry that was changed is found, in whichever stretch it is', async () => {
  await sealAll()
  await db.sql('alter table audit.entries disable trigger entries_stay')
  await db.sql(`update audit.entries set subject_id = 'x' where id = (select entry_id from audit.seals where position = 3100)`)
  const { broken } = await verified()
  assert.deepEqual(broken, { position: 3_100, because: 'entry_changed' })
})
