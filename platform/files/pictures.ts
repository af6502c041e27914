import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { root } from '#platform/configuration/environment.ts'
import { queue } from '#platform/identity/queue.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Mime } from './kinds.ts'
import { sizeOf } from './pictures/size.ts'
import { unreadable } from './pictures/unreadable.ts'
import type { Purpose } from './purposes.ts'
import { refusal, refuse } from './refusals.ts'

// A picture is drawn anew from its pixels: what else was in the file (where it was taken, another file behind it) is not in
// the new one. Whoever reads foreign pixels reads what an enemy may have made, so that is done by a process of its own that
// may neither write nor reach a network nor read anything but its own code, has nothing of ours in its environment, and
// runs decoders in WebAssembly, where a broken one can spoil nothing but the picture.

const longest = 20_000 // milliseconds
const memoryPages = 8_192 // of 64 kB, for each decoder: 25 million pixels, once more to turn them, and something over

const inTurn = queue({ atOnce: 1, waiting: 20 }) // one takes a core and up to half a gigabyte, for a second

export async function redraw(file: FileHandle, mime: Mime, { largestPixels, side }: NonNullable<Purpose['image']>): Promise<Buffer> {
  const { width, height } = (await sizeOf(file, mime)) ?? refuse('picture_cannot_be_read')
  if (width * height > largestPixels) refuse('picture_has_too_many_pixels', `At most ${largestPixels}; these are ${width} × ${height}`)
  const drawing = inTurn(() => draw(file, mime, side))
  if (!drawing) throw new ProblemError('busy')
  return drawing
}

function draw(file: FileHandle, mime: Mime, side: number): Promise<Buffer> {
  const child = spawn(process.execPath, [...walls, entry, mime, `${side}`], {
    env: {},
    stdio: [file.fd, 'pipe', 'pipe'],
    timeout: longest,
    killSignal: 'SIGKILL',
  }) as ChildProcessByStdio<null, Readable, Readable>
  const drawn: Buffer[] = []
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => drawn.push(chunk))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(0, 2_000)))
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) => {
      if (code === 0) return done(Buffer.concat(drawn))
      // Killed, because it took too long or more than there is. Anything else it ends with is a fault of ours.
      if (code === null || code === unreadable) return failed(refusal('picture_cannot_be_read'))
      failed(new Error(`drawing a picture ended with ${code}: ${said}`))
    })
  })
}

const here = path.join(import.meta.dirname, 'pictures')
const entry = path.join(here, 'draw.ts')
const readable = [
  here,
  path.join(root, 'package.json'),
  path.join(root, 'node_modules/@jsquash'),
  path.join(root, 'node_modules/wasm-feature-detect'),
]
/** What it may do, for Node to hold it to. */
export const walls = [
  '--permission',
  ...readable.map((place) => `--allow-fs-read=${place}`),
  `--wasm-max-mem-pages=${memoryPages}`,
  '--max-old-space-size=64',
]
