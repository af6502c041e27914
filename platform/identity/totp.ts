import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

// RFC 6238 with what every authenticator app takes for granted: SHA-1, six digits, half a minute.
const seconds = 30
const drift = 1 // RFC 6238, 5.2: clocks go wrong, so the code before and the one after count too
const digits = 6

/** 160 bits (RFC 4226, 4), in base32. */
export const newSecret = () => base32(randomBytes(20))

export const uriOf = (secret: string, { issuer, account }: { issuer: string; account: string }) =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${new URLSearchParams({
    algorithm: 'SHA1',
    digits: `${digits}`,
    issuer,
    period: `${seconds}`,
    secret,
  }).toString()}`

/** In which half minute this is the secret's code; undefined if in none that counts now. */
export function stepOf(secret: string, code: string, now = Date.now()): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const step = Math.floor(now / 1_000 / seconds)
  let found: number | undefined
  for (
    let at = step - drift;
    at <= step + drift;
    at++ // all of them, so that time tells nothing
  )
    if (timingSafeEqual(Buffer.from(codeOf(secret, at)), Buffer.from(code))) found = at
  return found
}

export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = mac.at(-1)! & 0xf
  return `${(mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits}`.padStart(digits, '0')
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
