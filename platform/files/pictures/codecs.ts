import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Codec = { decode(picture: ArrayBuffer): Promise<ImageData>; encode(pixels: ImageData): Promise<ArrayBuffer> }

const quality = 82

/** What a picture of this kind needs, and nothing else, is loaded. */
export const codecs: Record<string, () => Promise<Codec>> = {
  async 'image/jpeg'() {
    const [{ default: decode, init }, { default: encode, init: initEncoder }] = await Promise.all([
      import('@jsquash/jpeg/decode.js'),
      import('@jsquash/jpeg/encode.js'),
    ])
    await init({ ...instantiating('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'), printErr: mustBeWhole })
    await initEncoder(instantiating('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))
    return { decode: (picture) => decode(picture, { preserveOrientation: true }), encode: (pixels) => encode(pixels, { quality }) }
  },

  async 'image/png'() {
    const [{ default: decode, init }, { default: encode, init: initEncoder }] = await Promise.all([
      import('@jsquash/png/decode.js'),
      import('@jsquash/png/encode.js'),
    ])
    const code = moduleIn('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')
    await Promise.all([init(code), initEncoder(code)])
    return { decode, encode }
  },

  async 'image/webp'() {
    const [{ default: decode, init }, { default: encode, init: initEncoder }] = await Promise.all([
      import('@jsquash/webp/decode.js'),
      import('@jsquash/webp/encode.js'),
    ])
    await init(instantiating('@jsquash/webp/codec/dec/webp_dec.wasm'))
    await initEncoder(instantiating('@jsquash/webp/codec/enc/webp_enc_simd.wasm'))
    return { decode, encode: (pixels) => encode(pixels, { quality }) }
  },
}

// The decoder paints grey what is missing, and only mentions it.
function mustBeWhole(warning: string): void {
  if (/premature end/i.test(warning)) throw new Error(warning)
}

// They are made for browsers and would fetch their code.
const moduleIn = (file: string) => new WebAssembly.Module(readFileSync(fileURLToPath(import.meta.resolve(file))))

const instantiating = (file: string) => ({
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
    const instance = new WebAssembly.Instance(moduleIn(file), imports)
    done(instance)
    return instance.exports
  },
})
