import { readFileSync } from 'node:fs'
import './image-data.ts'
import { codecs } from './codecs.ts'
import { shrink } from './shrink.ts'
import { unreadable } from './unreadable.ts'

// A process of its own (../pictures.ts). The picture comes by stdin and goes by stdout: `node draw.ts MIME SIDE`
const [mime = '', side] = process.argv.slice(2)
const { decode, encode } = await codecs[mime]!()
const pixels = await decode(Uint8Array.from(readFileSync(0)).buffer).catch(giveUp)
process.stdout.write(new Uint8Array(await encode(shrink(pixels, Number(side)))))

function giveUp(error: unknown): never {
  console.error(error)
  process.exit(unreadable)
}
