import { crc32, deflateSync } from 'node:zlib'
import '../pictures/image-data.ts'
import { codecs, type Codec } from '../pictures/codecs.ts'

// Files, honest and otherwise, byte by byte.

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const number = (bytes: number, value: number, big = false) => {
  const buffer = Buffer.alloc(bytes)
  if (big) buffer.writeUIntBE(value, 0, bytes)
  else buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

export type Colour = [red: number, green: number, blue: number, opacity: number]

/** A picture whose every pixel is what the function says. */
export function pixels(width: number, height: number, colour: (x: number, y: number) => Colour): ImageData {
  const drawn = new ImageData(width, height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) drawn.data.set(colour(x, y), (y * width + x) * 4)
  return drawn
}

export const encoded = async (mime: string, picture: ImageData) => Buffer.from(await (await codecFor(mime)).encode(picture))
export const decoded = async (mime: string, bytes: Uint8Array) => (await codecFor(mime)).decode(Uint8Array.from(bytes).buffer)

const loaded = new Map<string, Promise<Codec>>()
const codecFor = (mime: string) => loaded.get(mime) ?? loaded.set(mime, codecs[mime]!()).get(mime)!

/** A PNG that says it has so many pixels, and brings so many lines of nothing. */
export function pngClaiming(width: number, height: number, lines = 0): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([latin1(type), data])
    return Buffer.concat([number(4, data.length, true), body, number(4, crc32(body), true)])
  }
  const head = Buffer.concat([number(4, width, true), number(4, height, true), Buffer.from([8, 6, 0, 0, 0])])
  const data = deflateSync(Buffer.alloc(lines * (width * 4 + 1)), { level: 9 })
  return Buffer.concat([latin1('\x89PNG\r\n\x1a\n'), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/** A JPEG as a telephone writes it: turned (orientation 6), with the place where it was taken. */
export function withExif(jpeg: Buffer): Buffer {
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([
      number(2, tag, true),
      number(2, type, true),
      number(4, count, true),
      Buffer.concat([value, Buffer.alloc(4)]).subarray(0, 4),
    ])
  const gpsAt = 8 + 2 + 2 * 12 + 4
  const first = Buffer.concat([
    number(2, 2, true),
    entry(0x0112, 3, 1, number(2, 6, true)),
    entry(0x8825, 4, 1, number(4, gpsAt, true)),
    number(4, 0, true),
  ])
  const degrees = Buffer.concat([48, 1, 8, 1, 15, 1].map((value) => number(4, value, true)))
  const gps = Buffer.concat([
    number(2, 2, true),
    entry(1, 2, 2, latin1('N\0')),
    entry(2, 5, 3, number(4, gpsAt + 2 + 2 * 12 + 4, true)),
    number(4, 0, true),
    degrees,
  ])
  const exif = Buffer.concat([latin1('Exif\0\0MM\0\x2a'), number(4, 8, true), first, gps, latin1('Taken at 12 Elm Street')])
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), number(2, exif.length + 2, true), exif, jpeg.subarray(2)])
}

export type Entry = { name: string; content?: string; says?: number }

export function zip(...entries: Entry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content = '', says = Buffer.byteLength(content) } of entries) {
    const [title, data] = [Buffer.from(name), Buffer.from(content)]
    const common = Buffer.concat([
      number(2, 20),
      number(2, 0),
      number(2, 0),
      number(4, 0),
      number(4, crc32(data)),
      number(4, data.length),
      number(4, says),
      number(2, title.length),
      number(2, 0),
    ])
    const file = Buffer.concat([latin1('PK\x03\x04'), common, title, data])
    directory.push(
      Buffer.concat([
        latin1('PK\x01\x02'),
        number(2, 20),
        common,
        number(2, 0),
        number(2, 0),
        number(2, 0),
        number(4, 0),
        number(4, at),
        title,
      ]),
    )
    files.push(file)
    at += file.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.concat([
    latin1('PK\x05\x06'),
    number(4, 0),
    number(2, entries.length),
    number(2, entries.length),
    number(4, list.length),
    number(4, at),
    number(2, 0),
  ])
  return Buffer.concat([...files, list, end])
}

export const docx = (...more: Entry[]) =>
  zip({ name: '[Content_Types].xml', content: '<Types/>' }, { name: 'word/document.xml', content: '<w:document/>' }, ...more)

export const pdf = (inside = '') => latin1(`%PDF-1.7\n${inside}\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n`)

export const wav = (samples: number) =>
  Buffer.concat([
    latin1('RIFF'),
    number(4, 36 + samples),
    latin1('WAVEfmt '),
    number(4, 16),
    Buffer.alloc(16),
    latin1('data'),
    number(4, samples),
    Buffer.alloc(samples),
  ])

export const box = (type: string, content: Buffer) => Buffer.concat([number(4, content.length + 8, true), latin1(type), content])
export const mp4 = (brand = 'isom', ...boxes: Buffer[]) =>
  Buffer.concat([box('ftyp', latin1(`${brand}\0\0\0\0`)), box('moov', Buffer.alloc(100)), ...boxes, box('mdat', Buffer.alloc(1_000))])

export const webm = (content = 'sound', type = 'webm') => {
  const kind = Buffer.concat([latin1('\x42\x86\x81\x01'), latin1('\x42\x82'), Buffer.from([0x80 + type.length]), latin1(type)])
  return Buffer.concat([
    latin1('\x1a\x45\xdf\xa3'),
    Buffer.from([0x80 + kind.length]),
    kind,
    latin1('\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff'),
    latin1(content),
  ])
}
