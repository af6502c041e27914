import { readFileSync } from 'node:fs'

type Codec = { decode(bytes: ArrayBuffer): Promise<ImageData>; encode(pixels: ImageData): Promise<ArrayBuffer> }

const quality = 82

/** Only what a picture of this kind needs is loaded. */
export async function codecFor(mime: string): Promise<Codec> {
  switch (mime) {
    case 'image/jpeg':
      return jpeg()
    case 'image/png':
      return png()
    case 'image/webp':
      return webp()
    default:
      throw new Error(`there is no codec for ${mime}`)
  }
}

async function jpeg(): Promise<Codec> {
  const { default: decode, init } = await import('@jsquash/jpeg/decode.js')
  const { default: encode, init: initEncoder } = await import('@jsquash/jpeg/encode.js')
  await init({ ...from('jpeg/codec/dec/mozjpeg_dec.wasm'), printErr: mustEnd })
  await initEncoder(from('jpeg/codec/enc/mozjpeg_enc.wasm'))
  return { decode: (bytes) => decode(bytes, { preserveOrientation: true }), encode: (pixels) => encode(pixels, { quality }) }
}

// The decoder paints what is missing grey, and only mentions it.
function mustEnd(warning: string): void {
  if (/premature end/i.test(warning)) throw new Error(warning)
}
