import { createRequire } from 'node:module'

// Passwords that are tried first: the most common ones of the great breaches, as zxcvbn collected them (MIT, 49,000 words),
// and whatever anybody would guess who knows the person and the place.
export type Context = { email?: string | undefined; name?: string | undefined }
export type Weakness = 'length' | 'pwned' | 'characters'

// ASVS 5.0, 6.2.1 and 6.2.12. No rules about kinds of letters (6.2.5): they make passwords worse.
export const shortestPassword = 8

/** Why this password is too easy to guess, in the words GoTrue has for it; nothing is well. */
export function weaknessOf(password: string, { email = '', name = '' }: Context): Weakness[] {
  const lower = password.normalize('NFKC').toLowerCase()
  if (Array.from(lower).length < shortestPassword) return ['length']
  if (isCommon(lower)) return ['pwned']
  if (isGuessed(lower, ['vivavoce', email, ...email.split(/[^\p{L}\p{N}]+/u), ...name.toLowerCase().split(/\s+/)])) return ['characters']
  return []
}

// 49,000, which are unpacked when they are first asked for: it would be a fiftieth of a second at every start.
let known: Set<string> | undefined
const require = createRequire(import.meta.url)
const commonPasswords = () => {
  const { dictionary } = require('@zxcvbn-ts/language-common') as typeof import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

// "Sunshine1!" is "sunshine" with what a form asked for.
function isCommon(lower: string): boolean {
  known ??= commonPasswords()
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return known.has(lower) || new Set(lower).size < 4 || (known.has(core) && lower.length - core.length <= 4)
}

// What is left of it without the words that everybody knows.
function isGuessed(lower: string, words: string[]): boolean {
  const rest = words
    .filter((word) => word.length >= 4)
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ''), lower)
  return rest !== lower && rest.length < 6
}
