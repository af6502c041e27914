// What lists call things, the same on every page of practice.
export const types = { mock: 'A station with marks', review: 'Talking through a case' } as const
export type Type = keyof typeof types

export const levels = {
  any: 'Any level',
  student: 'Students',
  foundation: 'Foundation doctors',
  core: 'Core trainees',
  higher: 'Higher trainees',
} as const
export type Level = keyof typeof levels

/** For a field where one is chosen. */
export const choicesOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

/** "90 seconds", "8 minutes". */
export const lengthInWords = (seconds: number): string =>
  seconds % 60 === 0 ? `${seconds / 60} ${seconds === 60 ? 'minute' : 'minutes'}` : `${seconds} seconds`
