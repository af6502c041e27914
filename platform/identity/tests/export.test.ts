import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { until } from '#tests/processes.ts'
import { temporaryFolder } from '#tests/processes.ts'
import { freshServer } from '#tests/server.ts'
import { administrator, saidTo, somebody, type Somebody } from './cast.ts'
import { lives } from './life.ts'
import { unzip } from './unzip.ts'

const dataDir = temporaryFolder()
const server = await freshServer({ DATA_DIR: dataDir })
const { db, address } = server
const [zelda, otto] = [await somebody(server, 'Zelda Quint'), await somebody(server, 'Otto Vandermeer')]
await lives(server, dataDir, zelda, 'zeldamarker', otto)
await lives(server, dataDir, otto, 'ottomarker', zelda)
const mira = await administrator(server, 'Mira Handing')

const ready = async ({ get }: Somebody, id: string) => {
  const listed = ((await get('/identity/exports')).body as { items: { id: string; ready_at: string | null; bytes: number }[] }).items
  return listed.find((one) => one.id === id && one.ready_at !== null)
}
async function exported(who: Somebody, id: string): Promise<Map<string, Buffer>> {
  await until(async () => (await ready(who, id)) !== undefined, 90, 'the export is ready')
  const { body } = await who.post(`/files/${id}/link`)
  const answer = await fetch(`${address}${(body as { url: string }).url}`)
  assert.equal(answer.status, 200)
  const zip = Buffer.from(await answer.arrayBuffer())
  assert.equal(zip.length, (await ready(who, id))!.bytes)
  return unzip(zip)
}
const idOf = async (answer: ReturnType<Somebody['post']>) => ((await answer).body as { id: string }).id
const mailsTo = (userId: string) =>
  db.sql<{ text: string }>(`select text from mail.messages where user_id = $1 and kind = 'identity.export'`, [userId])

describe('Zelda’s export', async () => {
  const id = await idOf(zelda.post('/identity/exports'))
  const again = await saidTo(zelda.post('/identity/exports'))
  const files = await exported(zelda, id)
  const whole = [...files].map(([name, bytes]) => `${name}\n${bytes.toString('utf8')}`).join('\n')

  test('is made once at a time', () => assert.ok(again === 'export_under_way' || again === 200))

  test('holds what she gave and did, part by part, in words', () => {
    for (const part of ['audit', 'files', 'identity', 'mail', 'notices', 'safety', 'ways-in']) assert.ok(files.has(`${part}.json`), part)
    for (const hers of [
      zelda.email,
      'Zelda Quint',
      'Pacific/Chatham',
      'words of zeldamarker',
      'phone of zeldamarker',
      'key of zeldamarker',
      'Firefox',
    ])
      assert.ok(whole.includes(hers), hers)
    assert.match(files.get('README.txt')!.toString(), /What stays if you leave/)
    for (const [name, bytes] of files) if (name.endsWith('.json')) JSON.parse(bytes.toString())
  })

  test('holds her files', () => {
    const pictures = [...files].filter(([name]) => name.startsWith('files/'))
    assert.deepEqual(
      pictures.map(([, bytes]) => bytes.toString()),
      ['picture of zeldamarker'],
    )
  })

  test('holds nothing of others, and no secret', () => {
    for (const not of [otto.email, 'Vandermeer', 'ottomarker', 'a hash', '192.0.2', 'token_hash', 'encrypted_password'])
      assert.ok(!whole.includes(not), not)
  })

  test('is told by mail, with a link that asks who is there', async () => {
    const [mail] = await mailsTo(zelda.id)
    assert.match(mail!.text, /\/account\/exports/)
  })

  test('cannot be fetched by Otto, nor by an administrator', async () => {
    for (const who of [otto, mira]) assert.equal(await saidTo(who.post(`/files/${id}/link`)), 'no_such_file')
    assert.deepEqual((await otto.get('/identity/exports')).body, { items: [], next: null })
  })

  test('is gone after a week', async () => {
    await db.sql(`update files.objects set expires_at = now() - interval '1 second' where id = $1`, [id])
    assert.equal(await saidTo(zelda.post(`/files/${id}/link`)), 'no_such_file')
  })
})

describe('an administrator', () => {
  const because = { reason: 'asked for in a letter' }

  test('hands Otto’s data over to Otto, and cannot have them that way', async () => {
    const id = await idOf(mira.post(`/identity/people/${otto.id}/export`, { ...because, to: 'person' }))
    assert.ok((await exported(otto, id)).has('identity.json'))
    assert.equal(await saidTo(mira.post(`/files/${id}/link`)), 'no_such_file')
  })

  test('breaks the glass: has them, and Otto is told', async () => {
    const before = (await mailsTo(otto.id)).length
    const id = await idOf(mira.post(`/identity/people/${otto.id}/export`, { ...because, to: 'me' }))
    assert.ok((await exported(mira, id)).has('identity.json'))
    await until(async () => (await mailsTo(otto.id)).length > before, 90, 'Otto is told')
    const [entry] = await db.sql(`select actor, subject_id, reason from audit.entries where action = 'identity.data-taken'`)
    assert.deepEqual(entry, { actor: mira.id, subject_id: otto.id, reason: because.reason })

    await administrator(server, 'Noor Remaining')
    await mira.remove(`/identity/administrators/${mira.id}`, because)
    assert.equal(await saidTo(mira.post(`/files/${id}/link`)), 'no_such_file')
    assert.deepEqual((await mira.get('/identity/exports')).body, { items: [], next: null })
  })
})
