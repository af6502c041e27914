import { hash } from 'node:crypto'
import { derived } from './sealed.ts'

// The word in a link that we mail: it follows from the row's id and SECRETS_KEY, so that the job which writes the mail needs
// nothing but the id, and the row keeps nothing but a hash.
export type Purpose = 'invitation' | 'cancelled deletion'

export const wordOf = (secrets: Buffer, purpose: Purpose, id: string): string => derived(secrets, purpose, id)
export const hashOfWord = (word: string): Buffer => hash('sha256', `word ${word}`, 'buffer')
