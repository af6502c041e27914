import assert from 'node:assert/strict'
import net from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Part } from '#platform/part.ts'
import { files } from '../server.ts'
import { serveUploads } from '../uploads.ts'
import { scene, type Someone } from './scene.ts'

// The same part with less patience: half a second, where Node itself has only a third.
const hasty: Part = {
  ...files,
  serve(app, server) {
    serveUploads(app, server, { bytes: 100, seconds: 0.5 })
    Object.assign(app.server, { requestTimeout: 300, headersTimeout: 300, connectionsCheckingInterval: 50 })
  },
}
const there = await scene([hasty])
const ada = await there.somebody('ada')

test('who sends next to nothing is cut off, told so, and may go on where they were', async () => {
  const { at } = await ada.begin({ length: 1_000 })
  const line = await open(ada, at, 0, 1_000)
  line.write('a'.repeat(150))
  const drip = setInterval(() => line.write('a'), 50)
  const said = await line.said
  clearInterval(drip)
  assert.match(said, /^HTTP\/1\.1 408 [^]*"code":"too_slow"/)
  const { offset } = await ada.look(at)
  assert.ok(offset >= 150 && offset < 200, `${offset}`)
  assert.equal((await ada.send(at, offset, Buffer.alloc(1_000 - offset, 97))).status, 204)
})

test('who sends nothing at all is cut off as well', async () => {
  const { at } = await ada.begin({ length: 1_000 })
  assert.match(await (await open(ada, at, 0, 1_000)).said, /"code":"too_slow"/)
  assert.equal((await ada.send(at, 0, Buffer.alloc(1_000, 97))).status, 204)
})

test('who sends enough may take longer than any other request', async () => {
  const { at, id } = await ada.begin({ length: 1_000 })
  const line = await open(ada, at, 0, 1_000)
  for (let part = 0; part < 10; part++) {
    line.write('a'.repeat(100))
    await pause(150)
  }
  assert.match(await line.said, /^HTTP\/1\.1 204 /)
  assert.equal((await ada(`GET /api/files/${id}`)).body['state'], 'clean')
})

test('another request over the same connection has no more time than others', async () => {
  const { at } = await ada.begin({ length: 10 })
  const line = await open(ada, at, 0, 10, 'keep-alive')
  line.write('a'.repeat(10))
  await there.until(async () => (await ada.look(at)).offset === 10)
  line.write('POST /api/files/x/link HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n')
  assert.match(await line.said, / 204 [^]* 40[18] /)
})

test('a slow one holds up nobody: a hundred of them, and others are answered', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, (_, n) => there.somebody(`slow ${n}`)))
  const lines = await Promise.all(
    people.flatMap((one) =>
      Array.from({ length: 5 }, async () => {
        const { at } = await one.begin({ length: 1_000 })
        return open(one, at, 0, 1_000)
      }),
    ),
  )
  const began = performance.now()
  assert.equal((await ada.upload('sample_paper', 'a.txt', Buffer.from('quick'))).status, 204)
  assert.ok(performance.now() - began < 2_000)
  for (const { said } of lines) assert.match(await said, /too_slow/)
})

test('a refused upload is not listened to for long, and its sender can read why', async () => {
  const { at } = await ada.begin({ length: 5 * 2 ** 20 })
  const bo = await there.somebody('bo')
  const line = await open(bo, at, 0, 5 * 2 ** 20)
  const began = performance.now()
  const pour = setInterval(() => line.write('a'.repeat(10_000)), 20)
  const said = await line.said
  clearInterval(pour)
  assert.match(said, /"code":"no_such_upload"/)
  assert.ok(performance.now() - began < 3_000)
})

test('a server that ends does not wait for who is still sending', async () => {
  const { at } = await ada.begin({ length: 1_000_000 })
  const line = await open(ada, at, 0, 1_000_000)
  const pour = setInterval(() => line.write('a'.repeat(1_000)), 50)
  await there.until(async () => (await ada.look(at)).offset > 2_000)
  const began = performance.now()
  await there.stop()
  clearInterval(pour)
  assert.ok(performance.now() - began < 5_000)
  assert.match(await line.said, /"code":"busy"/)
})

/** A connection over which a part begins to come; what the server says until it closes it. */
async function open(one: Someone, at: string, offset: number, length: number, connection = 'close') {
  const socket = net.connect(Number(new URL(there.address).port), '127.0.0.1')
  let heard = ''
  socket.setEncoding('latin1').on('data', (text: string) => (heard += text))
  socket.on('error', () => {}) // they are cut off on purpose
  const said = new Promise<string>((done) => socket.on('close', () => done(heard)))
  socket.write(
    `PATCH ${at} HTTP/1.1\r\nHost: x\r\nConnection: ${connection}\r\nAuthorization: Bearer ${one.token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: ${offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${length}\r\n\r\n`,
  )
  return { write: (text: string) => void (socket.writable && socket.write(text)), said }
}
