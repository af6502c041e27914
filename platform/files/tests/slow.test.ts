import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import net from 'node:net'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Part } from '#platform/part.ts'
import { files } from '../server.ts'
import { serveUploads } from '../uploads.ts'
import { scene, type Someone } from './scene.ts'

// The same part with less patience. How little Node itself has, a test says once nothing but its own upload is on its way.
const pace = { bytes: 100, seconds: 1 }
let node: Server
const hasty: Part = {
  ...files,
  serve(app, server) {
    serveUploads(app, server, pace)
    node = Object.assign(app.server, { connectionsCheckingInterval: 50 })
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

// Were the time for the headers the longer one, Node would take it for the body, without a word.
test('any other request has half a minute to arrive, its headers as much as its body', () =>
  assert.deepEqual([node.headersTimeout, node.requestTimeout], [30_000, 30_000]))

test('who sends enough may take longer than any other request', async () => {
  const { at, id } = await ada.begin({ length: 1_000 })
  const line = await open(ada, at, 0, 1_000)
  line.write('a'.repeat(100))
  await there.until(async () => (await ada.look(at)).offset === 100)
  using _ = impatience()
  for (let part = 1; part < 10; part++) {
    await pause(200)
    line.write('a'.repeat(100))
  }
  assert.match(await line.said, /^HTTP\/1\.1 204 /)
  assert.equal((await ada(`GET /api/files/${id}`)).body['state'], 'clean')
})

test('another request over the same connection has no more time than others', async () => {
  const { at } = await ada.begin({ length: 10 })
  const line = await open(ada, at, 0, 10, 'keep-alive')
  line.write('a'.repeat(10))
  await there.until(async () => (await ada.look(at)).offset === 10)
  using _ = impatience()
  line.write(`POST /api/files/x/link HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ada.token}\r\nContent-Length: 10\r\n\r\n`)
  assert.match(await line.said, / 204 [^]* 408 /)
})

for (const connection of ['close', 'keep-alive'])
  test(`a refused upload is not listened to for long, and its sender can read why (${connection})`, async () => {
    const length = 5 * 2 ** 20
    const { at } = await ada.begin({ length })
    const bo = await there.somebody(`bo ${connection}`)
    const line = await open(bo, at, 0, length, connection)
    let poured = 0
    const pour = setInterval(() => {
      line.write('a'.repeat(1_000))
      poured += 1_000
    }, 20)
    const said = await line.said
    clearInterval(pour)
    assert.match(said, /"code":"no_such_upload"/)
    assert.ok(poured < length, 'it was cut off before it had sent everything')
  })

test('slow ones hold up nobody: with a hundred of them waiting, others are answered', async () => {
  pace.seconds = 60
  const people = await Promise.all(Array.from({ length: 20 }, (_, n) => there.somebody(`slow ${n}`)))
  const lines = await Promise.all(
    people.flatMap((one) =>
      Array.from({ length: 5 }, async () => {
        const { at } = await one.begin({ length: 1_000 })
        const line = await open(one, at, 0, 1_000)
        line.write('a')
        await there.until(async () => (await one.look(at)).offset === 1)
        return line
      }),
    ),
  )
  assert.equal((await ada.upload('sample_paper', 'a.txt', Buffer.from('quick'))).status, 204)
  for (const line of lines) assert.ok(line.open(), 'it still waits')
  for (const line of lines) line.hangUp()
})

test('a server that ends does not wait for who is still sending', async () => {
  const { at } = await ada.begin({ length: 1_000_000 })
  const line = await open(ada, at, 0, 1_000_000)
  const pour = setInterval(() => line.write('a'.repeat(1_000)), 50)
  await there.until(async () => (await ada.look(at)).offset > 2_000)
  await there.stop()
  clearInterval(pour)
  assert.match(await line.said, /"code":"busy"/)
})

/** As long as it lasts, Node gives a request less time to arrive than a slow upload has. */
function impatience(): Disposable {
  const { requestTimeout, headersTimeout } = node
  Object.assign(node, { requestTimeout: 300, headersTimeout: 300 })
  return { [Symbol.dispose]: () => void Object.assign(node, { requestTimeout, headersTimeout }) }
}

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
  return {
    write: (text: string) => void (socket.writable && socket.write(text)),
    open: () => !socket.readableEnded && !socket.destroyed,
    hangUp: () => void socket.destroy(),
    said,
  }
}
