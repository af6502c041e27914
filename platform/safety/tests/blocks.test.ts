import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saidTo, somebody } from '#platform/identity/tests/cast.ts'
import { freshServer } from '#tests/server.ts'
import { actingAs } from '#tests/database.ts'

const server = await freshServer()
const { db } = server
const [ada, bo, cy] = [await somebody(server, 'Ada Quiet'), await somebody(server, 'Bo Loud'), await somebody(server, 'Cy Bystander')]
const hiddenFrom = async ({ id }: { id: string }) =>
  (await db.database.read(actingAs(id), (reader) => reader.rows('private.my_blocked', {}))).map(({ my_blocked }) => my_blocked)
const listOf = async ({ get }: typeof ada) =>
  ((await get('/safety/blocks')).body as { blocks: { name: string }[] }).blocks.map(({ name }) => name)

test('Ada blocks Bo: each is hidden from the other, Cy from neither, and only Ada sees that it is so', async () => {
  assert.equal(await saidTo(ada.put(`/safety/blocks/${bo.id}`)), 200)
  assert.deepEqual([await hiddenFrom(ada), await hiddenFrom(bo), await hiddenFrom(cy)], [[bo.id], [ada.id], []])
  assert.deepEqual([await listOf(ada), await listOf(bo)], [['Bo Loud'], []])
})

test('blocking leaves no entry in the audit', async () => {
  assert.deepEqual(await db.sql('select from audit.entries where actor = $1 or subject_id = $2', [ada.id, bo.id]), [])
})

test('twenty blocks at once are one', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => saidTo(ada.put(`/safety/blocks/${bo.id}`))))
  assert.deepEqual(new Set(answers), new Set([200]))
  assert.equal((await db.sql('select from safety.blocks')).length, 1)
})

test('both may block each other; then it takes both to end it', async () => {
  await bo.put(`/safety/blocks/${ada.id}`)
  assert.equal(await saidTo(ada.remove(`/safety/blocks/${bo.id}`)), 200)
  assert.deepEqual(await hiddenFrom(ada), [bo.id])
  assert.equal(await saidTo(bo.remove(`/safety/blocks/${ada.id}`)), 200)
  assert.deepEqual(await hiddenFrom(ada), [])
})

test('Bo cannot unblock for Ada, nor block in her name', async () => {
  await ada.put(`/safety/blocks/${bo.id}`)
  assert.equal(await saidTo(bo.remove(`/safety/blocks/${ada.id}`)), 'not_blocked')
  await assert.rejects(
    db.database.write(actingAs(bo.id), (tx) =>
      tx
        .insertInto('safety.blocks')
        .values({ blocker_id: ada.id, blocked_id: cy.id } as never)
        .execute(),
    ),
    { code: '42501' },
  )
})

test('nobody blocks themselves, or nobody', async () => {
  assert.equal(await saidTo(ada.put(`/safety/blocks/${ada.id}`)), 'nobody_blocks_themselves')
  assert.equal(await saidTo(ada.put(`/safety/blocks/${crypto.randomUUID()}`)), 'no_such_person')
})
