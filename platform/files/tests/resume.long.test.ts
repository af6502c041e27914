import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { appendFileSync, readFileSync, statSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { configure } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { runningPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { startProgram, temporaryFolder, until, type Program } from '#tests/processes.ts'
import { tokenFor } from '#tests/server.ts'
import { box } from './making.ts'
import { uploader } from './uploader.ts'

// The server as a process, to be killed and to be weighed.
const megabyte = 2 ** 20
const dataDir = temporaryFolder()
const env = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' }
const start = () => startProgram(process.execPath, ['tests/sample/main.ts'], env)

const brand = box('ftyp', Buffer.from('isom\0\0\0\0', 'latin1'))
const film = (size: number) => Buffer.concat([brand, box('mdat', Buffer.alloc(size - brand.length - 8, 7))])
const incoming = (id: string) => path.join(dataDir, 'files/incoming', id)

test('a server killed with half of an upload on its disk takes up exactly there', { timeout: 180_000 }, async () => {
  const first = start()
  await first.address
  const token = await somebody()
  const bytes = film(40 * megabyte)
  const before = uploader(await first.address, token)
  const { at, id } = await before.begin({ purpose: 'sample_film', name: 'a.mp4', length: bytes.length })

  // Half of it on the wire, the other half not yet, when the server dies.
  const socket = await sending(first, at, token, bytes.length)
  socket.write(bytes.subarray(0, bytes.length / 2))
  await until(() => lengthOf(incoming(id)) >= 10 * megabyte, 90, 'some of it is on the disk')
  first.process.kill('SIGKILL')
  await first.ended
  const onDisk = lengthOf(incoming(id))
  assert.ok(onDisk >= 10 * megabyte && onDisk <= bytes.length / 2)

  const second = start()
  const after = uploader(await second.address, token)
  const { offset, length } = await after.look(at)
  assert.deepEqual([offset, length], [onDisk, bytes.length])
  assert.equal((await after.send(at, offset, bytes.subarray(offset))).status, 204)
  const file = (await (
    await fetch(`${await second.address}/api/files/${id}`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as Record<string, unknown>
  assert.deepEqual([file['state'], file['size'], file['sha256']], ['clean', bytes.length, createHash('sha256').update(bytes).digest('hex')])
  await ends(second)
})

test('a server killed when all had come, before it could say so, says so at the next look', { timeout: 180_000 }, async () => {
  const server = start()
  await server.address
  const token = await somebody()
  const one = uploader(await server.address, token)
  const bytes = film(megabyte)
  const { at, id } = await one.begin({ purpose: 'sample_film', name: 'a.mp4', length: bytes.length })
  await one.send(at, 0, bytes.subarray(0, 1_000))
  appendFileSync(incoming(id), bytes.subarray(1_000))
  assert.equal((await one.look(at)).offset, bytes.length)
  assert.equal(lengthOf(incoming(id)), 0)
  await ends(server)
})

test('the server weighs no more while 300 MB come in and go out', { timeout: 180_000 }, async () => {
  const server = start()
  await server.address
  const token = await somebody()
  const one = uploader(await server.address, token)
  const size = 300 * megabyte
  const { at, id } = await one.begin({ purpose: 'sample_film', name: 'a.mp4', length: size })
  const before = residentMb(server)
  let most = before
  const watch = setInterval(() => (most = Math.max(most, residentMb(server))), 100)

  const began = performance.now()
  const socket = await sending(server, at, token, size)
  const answer = new Promise<string>((done) => socket.once('data', (data: Buffer) => done(data.toString())))
  await pour(socket, Buffer.concat([brand, mdatHead(size - brand.length)]), size)
  assert.match(await answer, /^HTTP\/1\.1 204 /)
  const came = performance.now()

  const headers = { authorization: `Bearer ${token}` }
  const { url } = (await (await fetch(`${await server.address}/api/files/${id}/link`, { method: 'POST', headers })).json()) as {
    url: string
  }
  let gone = 0
  for await (const chunk of (await fetch(`${await server.address}${url}`)).body!) gone += (chunk as Uint8Array).length
  assert.equal(gone, size)
  clearInterval(watch)
  const rate = (from: number, to: number) => `${(300 / ((to - from) / 1_000)).toFixed(0)} MB/s`
  console.log(
    `resident: ${before.toFixed(0)} MB before, at most ${most.toFixed(0)} MB; in at ${rate(began, came)}, out at ${rate(came, performance.now())}`,
  )
  assert.ok(most - before < 250, `from ${before} to ${most} MB`)
  await ends(server)
})

async function somebody(): Promise<string> {
  const socket = await runningPostgres(clusterIn(dataDir))
  const client = new pg.Client({ connectionString: `postgres://vivavoce@localhost/vivavoce?host=${socket}` })
  await client.connect()
  const id = randomUUID()
  await client.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.test`])
  await client.end()
  return tokenFor(keysOf(configure({ DATA_DIR: dataDir })), id)
}

async function sending(server: Program, at: string, token: string, length: number): Promise<net.Socket> {
  const socket = net.connect(Number(new URL(await server.address).port), '127.0.0.1')
  socket.on('error', () => {}) // it is killed on purpose
  socket.write(
    `PATCH ${at} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: ${length}\r\n\r\n`,
  )
  return socket
}

async function pour(socket: net.Socket, head: Buffer, size: number): Promise<void> {
  socket.write(head)
  const piece = Buffer.alloc(megabyte, 7)
  for (let left = size - head.length; left > 0; left -= piece.length)
    if (!socket.write(piece.subarray(0, left))) await new Promise((more) => socket.once('drain', more))
}

function mdatHead(length: number): Buffer {
  const head = box('mdat', Buffer.alloc(0))
  head.writeUInt32BE(length)
  return head
}

const residentMb = ({ pid }: Program) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1_024

function lengthOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

async function ends(server: Program): Promise<void> {
  server.process.kill('SIGTERM')
  assert.equal((await server.ended).code, 0)
}
