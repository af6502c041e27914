import { inflateRawSync } from 'node:zlib'

/** The files of a zip by their names, read by its central directory as PKWARE's APPNOTE (4.3.12) says. */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed, named, extra, said, begin] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt16LE(at + 32),
      zip.readUInt32LE(at + 42),
    ]
    const from = begin + 30 + zip.readUInt16LE(begin + 26) + zip.readUInt16LE(begin + 28)
    const bytes = zip.subarray(from, from + packed)
    files.set(zip.toString('utf8', at + 46, at + 46 + named), method === 0 ? bytes : inflateRawSync(bytes))
    at += 46 + named + extra + said
  }
  return files
}
