import { readFileSync } from 'node:fs'
import './image-data.ts'
import { codecFor } from './codecs.ts'
import { shrink } from './shrink.ts'
import { unreadable } from './unreadable.ts'

// A process of its own (../pictures.ts): the picture comes by stdin and goes by stdout. `node draw.ts MIME SIDE`
const [mime = '', side] = process.argv.slice(2)
const codec = await codecFor(mime)
const picture = readFileSync(0)

process.stdout.write(await redrawn())

async function redrawn(): Promise<Uint8Array> {
  try {
    const pixels = await codec.decode(Uint8Array.from(picture).buffer)
    return new Uint8Array(await codec.encode(shrink(pixels, Number(side))))
  } catch (error) {
    console.error(error)
    process.exit(unreadable)
  }
}
