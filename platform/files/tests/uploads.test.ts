import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { describe, test } from 'node:test'
import { asking, raw, until } from '#platform/operations/tests/asking.ts'
import { is, scene, type Someone } from './scene.ts'

const there = await scene()
const { db, onDisk, nothingOf } = there
const ada = await there.somebody('ada')
const bo = await there.somebody('bo')

const words = (count: number) => Buffer.from('Good morning, what brings you here today? '.repeat(Math.ceil(count / 42)).slice(0, count))
const rowOf = async (id: string) => (await db.sql('select * from files.objects where id = $1', [id]))[0]

describe('an upload', () => {
  test('comes in parts, says how far it is, and becomes a file', async () => {
    const text = words(100_000)
    const begun = await ada.begin({ purpose: 'sample_paper', name: 'Anamnese.txt', length: text.length })
    assert.equal(begun.status, 201)
    assert.equal(begun.headers.get('tus-resumable'), '1.0.0')
    const expires = Date.parse(begun.headers.get('upload-expires')!)
    assert.ok(Math.abs(expires - Date.now() - 86_400_000) < 60_000)

    assert.deepEqual([(await ada.look(begun.at)).offset, (await ada.look(begun.at)).length], [0, 100_000])
    const first = await ada.send(begun.at, 0, text.subarray(0, 40_000))
    assert.deepEqual([first.status, first.headers.get('upload-offset')], [204, '40000'])
    const looked = await ada.look(begun.at)
    assert.deepEqual([looked.status, looked.offset, looked.headers.get('cache-control')], [200, 40_000, 'no-store'])
    assert.equal(looked.headers.get('upload-metadata'), `purpose ${btoa('sample_paper')},filename ${btoa('Anamnese.txt')}`)
    const last = await ada.send(begun.at, 40_000, text.subarray(40_000))
    assert.deepEqual([last.status, last.headers.get('upload-offset')], [204, '100000'])

    const file = (await ada(`GET /api/files/${begun.id}`)).body
    assert.deepEqual([file['state'], file['mime'], file['name'], file['size']], ['clean', 'text/plain', 'Anamnese.txt', 100_000])
    const { object_path } = (await rowOf(begun.id)) as { object_path: string }
    const stored = path.join(there.dataDir, 'files/objects', object_path)
    assert.deepEqual(readFileSync(stored), text)
    assert.deepEqual([statSync(stored).mode & 0o777, statSync(path.dirname(stored)).mode & 0o777], [0o600, 0o700])
    assert.deepEqual(
      onDisk().filter((file) => file.includes('incoming')),
      [],
    )
    assert.equal((await ada.look(begun.at)).offset, 100_000, 'who missed the last answer learns that it is finished')
  })

  test('is sent by POST where a client cannot say PATCH', async () => {
    const begun = await ada.begin({ length: 4 })
    const answer = await fetch(there.address + begun.at, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ada.token}`,
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'x-http-method-override': 'PATCH',
      },
      body: 'text',
    })
    assert.equal(answer.status, 204)
  })

  test('can be ended, and is gone without a trace', async () => {
    const { at, id } = await bo.begin({ length: 1_000 })
    await bo.send(at, 0, words(500))
    assert.equal((await bo.end(at)).status, 204)
    is(await bo.send(at, 500, words(500)), 'no_such_upload', 404)
    assert.equal((await bo.look(at)).status, 404)
    assert.equal((await bo.look(at)).headers.get('upload-offset'), null)
    assert.equal(await rowOf(id), undefined)
    await nothingOf(bo)
  })

  test('says to anybody what the server can', async () => {
    const answer = await asking(there)('OPTIONS /files/uploads')
    assert.equal(answer.status, 204)
    assert.deepEqual(
      ['tus-version', 'tus-extension', 'tus-resumable'].map((name) => answer.headers.get(name)),
      ['1.0.0', 'creation,expiration,termination', '1.0.0'],
    )
  })
})

describe('is refused by name, and nothing is left behind:', () => {
  const refusals: [what: string, code: string, status: number, begin: () => Promise<Parameters<typeof is>[0]>][] = [
    ['ten gigabytes', 'file_is_too_large', 413, () => bo.begin({ length: 10 * 2 ** 30 })],
    ['one byte too many', 'file_is_too_large', 413, () => bo.begin({ length: 5 * 2 ** 20 + 1 })],
    ['nothing at all', 'invalid_input', 400, () => bo.begin({ length: 0 })],
    ['no length', 'invalid_input', 400, () => bo.begin({})],
    ['a length below nothing', 'invalid_input', 400, () => bo.begin({ length: -1 })],
    ['a length that is no number', 'invalid_input', 400, () => bo.begin({ length: '1e3' })],
    ['a length that no number can hold', 'invalid_input', 400, () => bo.begin({ length: '99999999999999999' })],
    ['a length that shall be told later', 'invalid_input', 400, () => bo.begin({ headers: { 'upload-defer-length': '1' } })],
    ['a purpose that nobody knows', 'no_such_purpose', 422, () => bo.begin({ purpose: 'anything', length: 1 })],
    ['a purpose of the server’s own', 'no_such_purpose', 422, () => bo.begin({ purpose: 'export', length: 1 })],
    ['no purpose', 'no_such_purpose', 422, () => bo.begin({ length: 1, headers: { 'upload-metadata': '' } })],
    ['metadata that is not base64', 'invalid_input', 400, () => bo.begin({ length: 1, headers: { 'upload-metadata': 'purpose ?' } })],
    ['another version of tus', 'tus_version_not_spoken', 412, () => bo.begin({ length: 1, headers: { 'tus-resumable': '0.2.2' } })],
  ]
  for (const [what, code, status, begin] of refusals)
    test(what, async () => {
      is(await begin(), code, status)
      await nothingOf(bo)
    })

  test('who is not signed in', async () => {
    is(await asking(there, { 'tus-resumable': '1.0.0', 'upload-length': '1' })('POST /files/uploads'), 'not_signed_in', 401)
  })
})

describe('a part of an upload', () => {
  test('is refused at any other place than where it goes on, and changes nothing', async () => {
    const { at } = await ada.begin({ length: 1_000 })
    await ada.send(at, 0, words(600))
    for (const offset of [0, 599, 601, 1_000]) is(await ada.send(at, offset, words(100)), 'upload_goes_on_elsewhere', 409)
    for (const offset of ['', '-1', '6e2', 'NaN']) is(await ada.send(at, offset, words(100)), 'invalid_input', 400)
    assert.equal((await ada.look(at)).offset, 600)
    await ada.end(at)
  })

  test('is refused as anything but octets', async () => {
    const { at } = await ada.begin({ length: 100 })
    for (const type of ['application/json', 'text/plain', 'application/octet-stream'])
      is(await ada.send(at, 0, words(100), { 'content-type': type }), 'not_an_upload', 415)
    assert.equal((await ada.look(at)).offset, 0)
    await ada.end(at)
  })

  test('that says it is more than was declared is refused before a byte of it is written', async () => {
    const { at } = await ada.begin({ length: 100 })
    is(await ada.send(at, 0, words(101)), 'more_than_declared', 413)
    assert.equal((await ada.look(at)).offset, 0)
    await ada.end(at)
  })

  test('that turns out to be more than was declared counts for nothing', async () => {
    const { at, id } = await ada.begin({ length: 100 })
    await ada.send(at, 0, words(40))
    is(await raw(there, chunked(ada, at, 40, words(61))), 'more_than_declared', 413)
    assert.equal((await ada.look(at)).offset, 40)
    assert.equal(((await rowOf(id)) as { state: string }).state, 'uploading')
    await ada.end(at)
  })

  test('need not say how much it is', async () => {
    const { at, id } = await ada.begin({ length: 100 })
    assert.equal((await raw(there, chunked(ada, at, 0, words(100)))).status, 204)
    assert.equal(((await rowOf(id)) as { state: string }).state, 'clean')
  })

  test('that breaks off is kept as far as it came', async () => {
    const { at } = await ada.begin({ length: 1_000 })
    const socket = net.connect(Number(new URL(there.address).port), '127.0.0.1')
    socket.write(Buffer.concat([Buffer.from(headOf(ada, at, 0, 'Content-Length: 1000')), words(300)]))
    await until(async () => (await ada.look(at)).offset === 300, 'the first of it')
    socket.destroy()
    await until(async () => (await ada.send(at, 300, words(1_000).subarray(300))).status === 204, 'the rest')
  })

  test('comes a second time after the last: there is nothing to add', async () => {
    const { at } = await ada.begin({ length: 10 })
    await ada.send(at, 0, words(10))
    is(await ada.send(at, 0, words(10)), 'upload_goes_on_elsewhere', 409)
    assert.equal((await ada.send(at, 10, words(0))).status, 204)
  })
})

test('two parts at once: one is written, the other is refused, and the file is whole', async () => {
  for (let round = 0; round < 5; round++) {
    const text = words(4 * 2 ** 20)
    const { at, id } = await ada.begin({ length: text.length })
    const answers = await Promise.all(Array.from({ length: 4 }, () => ada.send(at, 0, text)))
    const codes = answers.map(({ status, body }) => (status === 204 ? 'written' : (body['code'] as string)))
    assert.equal(codes.filter((code) => code === 'written').length, 1, codes.join())
    for (const code of codes.filter((code) => code !== 'written'))
      assert.match(code, /^(?:upload_is_being_written|upload_goes_on_elsewhere)$/)
    assert.equal(((await rowOf(id)) as { size: number }).size, text.length)
    await ada(`DELETE /api/files/${id}`)
  }
})

describe('somebody else', () => {
  test('finds no upload of Ada’s: neither to look at, nor to write to, nor to end', async () => {
    const { at, id } = await ada.begin({ length: 100 })
    await ada.send(at, 0, words(50))
    assert.equal((await bo.look(at)).status, 404)
    is(await bo.send(at, 50, words(50)), 'no_such_upload', 404)
    is(await bo.end(at), 'no_such_upload', 404)
    is(await bo(`DELETE /api/files/${id}`), 'no_such_file', 404)
    assert.equal((await ada.look(at)).offset, 50)
    await ada.end(at)
  })

  test('finds none at an address that is no id', async () => {
    for (const id of ['x', '..%2f..%2fetc%2fpasswd', '%00', `${crypto.randomUUID()}%00`, crypto.randomUUID().toUpperCase()])
      assert.equal((await bo.look(`/files/uploads/${id}`)).status, 404, id)
  })
})

describe('what lies about unclaimed', () => {
  test('is no more than 50 uploads of one person, however many come at once', async () => {
    const cleo = await there.somebody('cleo')
    const answers = await Promise.all(Array.from({ length: 60 }, () => cleo.begin({ length: 1 })))
    assert.equal(answers.filter(({ status }) => status === 201).length, 50)
    for (const answer of answers.filter(({ status }) => status !== 201)) is(answer, 'too_much_unclaimed', 409)
    await cleo.end(answers.find(({ status }) => status === 201)!.at)
    assert.equal((await cleo.begin({ length: 1 })).status, 201)
    assert.equal((await bo.begin({ length: 1 })).status, 201, 'others have room of their own')
  })

  test('is no more than 4 GiB of one person', async () => {
    const dan = await there.somebody('dan')
    assert.equal((await dan.begin({ purpose: 'sample_film', length: 3 * 2 ** 30 })).status, 201)
    is(await dan.begin({ purpose: 'sample_film', length: 2 ** 30 + 1 }), 'too_much_unclaimed', 409)
    assert.equal((await dan.begin({ purpose: 'sample_film', length: 2 ** 30 })).status, 201)
  })
})

test('an upload that nobody finished within a day is over', async () => {
  const { at, id } = await ada.begin({ length: 100 })
  await ada.send(at, 0, words(50))
  await db.sql(`update files.objects set expires_at = now() - interval '1 second' where id = $1`, [id])
  assert.equal((await ada.look(at)).status, 410)
  is(await ada.send(at, 50, words(50)), 'upload_has_expired', 410)
})

for (const [said, called] of [
  ['../../etc/passwd', 'passwd.txt'],
  ['C:\\Users\\ada\\Befund.txt', 'Befund.txt'],
  ['/', 'file.txt'],
  ['', 'file.txt'],
  ['..', 'file.txt'],
  ['.htaccess', 'htaccess.txt'],
  ['report\u202Etxt.exe', 'reporttxt.exe.txt'],
  ['a\r\nSet-Cookie: x=y.txt', 'aSet-Cookie_ x=y.txt'],
  ['nul.txt', '_nul.txt'],
  ['<script>.txt', '_script_.txt'],
  ['Müller – Brief.TXT', 'Müller – Brief.TXT'],
  ['\ud800.txt', '\ufffd.txt'],
  [`${'x'.repeat(300)}.txt`, `${'x'.repeat(196)}.txt`],
] as const)
  test(`a file named ${JSON.stringify(said.slice(0, 40))} is called ${JSON.stringify(called.slice(0, 40))}, and lies where all files lie`, async () => {
    const eve = await there.somebody('eve')
    const { id, status } = await eve.upload('sample_paper', said, words(10))
    assert.equal(status, 204)
    const { name, object_path } = (await rowOf(id)) as { name: string; object_path: string }
    assert.deepEqual([name, object_path], [called, `${id.slice(0, 2)}/${id.slice(2, 4)}/${id}`])
  })

const headOf = ({ token }: Someone, at: string, offset: number, more: string) =>
  [
    `PATCH ${at} HTTP/1.1`,
    'Host: x',
    'Connection: close',
    `Authorization: Bearer ${token}`,
    'Tus-Resumable: 1.0.0',
    `Upload-Offset: ${offset}`,
    'Content-Type: application/offset+octet-stream',
    more,
    '',
    '',
  ].join('\r\n')

function chunked(one: Someone, at: string, offset: number, bytes: Buffer): Buffer {
  const head = headOf(one, at, offset, 'Transfer-Encoding: chunked')
  return Buffer.concat([Buffer.from(`${head}${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')])
}
