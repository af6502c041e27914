import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

export type Asset = { plain: Buffer; gzip: Buffer; br: Buffer }

export function pressed(plain: Buffer): Asset {
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  return { plain, gzip: gzipSync(plain), br }
}

/** Is compressed when it is built: doing it at each start took a second. Pages are not, for a start may change them (serve.ts). */
export const isPressed = (file: string) => !/\.(?:woff2|png|html)$/.test(file)
