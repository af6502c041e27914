import type { Mime } from './kinds.ts'

// What a file is for. A purpose is a value of the part that takes such files, and says what it takes.
export type Purpose = {
  name: string
  /** Bytes, as they come. */
  largest: number
  types: readonly Mime[]
  /** Pictures are drawn anew, no larger than `side` either way. What would be more pixels than this is not even looked at. */
  image?: { largestPixels: number; side: number }
  /** Nobody uploads it: the server makes it. */
  madeHere?: true
}

export function purpose(written: Purpose): Purpose {
  const { name, types, image } = written
  if (!/^[a-z][a-z_]{0,39}$/.test(name)) throw new Error(`the purpose ${name} must be a word`)
  // Whatever hides behind a picture's pixels (where it was taken, a second file) goes with the drawing; so none is kept as it came.
  if (types.some(isPicture) !== (image !== undefined)) throw new Error(`the purpose ${name} must say how its pictures are drawn anew`)
  return written
}

export const isPicture = (type: Mime) => type.startsWith('image/')

export function purposesByName(purposes: readonly Purpose[]): Map<string, Purpose> {
  const named = new Map<string, Purpose>()
  for (const purpose of purposes) {
    if (named.has(purpose.name)) throw new Error(`two purposes are named ${purpose.name}`)
    named.set(purpose.name, purpose)
  }
  return named
}

const megabyte = 1024 ** 2

export const avatar = purpose({
  name: 'avatar',
  largest: 20 * megabyte,
  types: ['image/png', 'image/jpeg', 'image/webp'],
  image: { largestPixels: 25_000_000, side: 1_024 }, // what telephones take
})

/** Of everything a person has here, for themselves alone. */
export const exported = purpose({ name: 'export', largest: 2 ** 40, types: ['application/zip'], madeHere: true })
