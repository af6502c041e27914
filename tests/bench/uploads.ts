import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import path from 'node:path'
import { cpuOf, median } from './figures.ts'

const size = 128 * 2 ** 20
const rounds = 5

type Target = { port: number; pid: number }
type Round = { seconds: number; cpu: number }

/** How fast films come in through us, from the first request to a file that can be claimed, against a bare server that streams the same bytes to the same disk. */
export async function uploads(server: Target, token: string): Promise<{ rate: number; cpu: number; megabytes: number }> {
  const process = spawn(globalThis.process.execPath, [path.join(import.meta.dirname, 'sink.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(process.stdout, 'data')) as [Buffer]
  const sink = { port: Number(line.toString()), pid: process.pid! }
  try {
    const pairs: [Round, Round][] = []
    for (let round = 0; round <= rounds; round++) {
      const mine = await measured(server, () => upload(server, token))
      await fetch(`http://127.0.0.1:${server.port}${mine.result}`, { method: 'DELETE', headers: asker(token) })
      pairs.push([mine, await measured(sink, () => pour(sink, 'PUT /'))])
    }
    pairs.shift() // the first is for warming up
    const of = (figure: (pair: [Round, Round]) => number) => median(pairs.map(figure))
    return {
      rate: of(([mine, bare]) => bare.seconds / mine.seconds),
      cpu: of(([mine, bare]) => mine.cpu / bare.cpu),
      megabytes: of(([mine]) => size / 2 ** 20 / mine.seconds),
    }
  } finally {
    process.kill('SIGTERM')
  }
}

async function measured<T>({ pid }: Target, work: () => Promise<T>): Promise<Round & { result: T }> {
  const [before, began] = [cpuOf(pid), performance.now()]
  const result = await work()
  const seconds = (performance.now() - began) / 1_000
  return { result, seconds, cpu: cpuOf(pid) - before }
}

async function upload(server: Target, token: string): Promise<string> {
  const headers = {
    ...asker(token),
    'upload-length': `${size}`,
    'upload-metadata': `purpose ${btoa('sample_film')},filename ${btoa('a.mp4')}`,
  }
  const begun = await fetch(`http://127.0.0.1:${server.port}/files/uploads`, { method: 'POST', headers })
  const at = begun.headers.get('location')!
  const own = Object.entries({ ...asker(token), 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' })
  await pour(server, `PATCH ${at}`, own.map(([name, value]) => `${name}: ${value}\r\n`).join(''))
  return at
}

const asker = (token: string) => ({ authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' })

/** A film of nothing, over one connection, until the other side says that it has it. */
async function pour({ port }: Target, request: string, headers = ''): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const answer = once(socket, 'data') as Promise<[Buffer]>
  socket.write(`${request} HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${size}\r\n${headers}\r\n`)
  socket.write(beginning)
  for (let left = size - beginning.length; left > 0; left -= piece.length)
    if (!socket.write(piece.subarray(0, left))) await once(socket, 'drain')
  const said = (await answer)[0].toString()
  if (!said.startsWith('HTTP/1.1 204')) throw new Error(`the upload was refused, so the figures would lie: ${said}`)
  socket.destroy()
}

const piece = Buffer.alloc(2 ** 20, 7)
const beginning = Buffer.concat([Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1'), Buffer.alloc(4), Buffer.from('mdat')])
beginning.writeUInt32BE(size - 16, 16)
