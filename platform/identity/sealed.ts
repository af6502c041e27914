import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

// What is done with SECRETS_KEY, for each purpose with a key of its own, so that nothing made for one counts for another.

/** Closed to whoever reads the database: AES-256-GCM, bound to what it belongs to, so that it opens nowhere else. */
export function seal(secrets: Buffer, belongsTo: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secrets, 'seal'), nonce).setAAD(Buffer.from(belongsTo))
  const closed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return ['v1', nonce, cipher.getAuthTag(), closed].map((part) => (typeof part === 'string' ? part : part.toString('base64url'))).join('.')
}

export function unseal(secrets: Buffer, belongsTo: string, sealed: string): string {
  const [version, ...parts] = sealed.split('.')
  const [nonce, tag, closed] = parts.map((part) => Buffer.from(part, 'base64url'))
  if (version !== 'v1' || !nonce || !tag || !closed) throw new Error('this was not sealed by us')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secrets, 'seal'), nonce, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(belongsTo)).setAuthTag(tag)
  return Buffer.concat([decipher.update(closed), decipher.final()]).toString('utf8')
}

/** The same for the same words, and for nobody else to guess. */
export const derived = (secrets: Buffer, purpose: string, ...words: string[]): string =>
  createHmac('sha256', keyFor(secrets, purpose)).update(JSON.stringify(words)).digest('base64url')

const keyFor = (secrets: Buffer, purpose: string) => createHmac('sha256', secrets).update(`vivavoce ${purpose}`).digest()
