import { Refusal } from '#platform/operations/call.ts'
import type { Words } from './part.ts'

// A refusal bears a name; these are its words for a person. What an operation's own folder says comes through the parts.
const words: Words = {
  not_signed_in: 'You are not signed in any more. Sign in and try again.',
  cross_site: 'Your browser says this came from another site, so nothing was done. Reload the page and try again.',
  second_factor_needed: 'Enter the code of your authenticator first.',
  not_allowed: 'You may not do this.',
  not_found: 'There is nothing here. It may be gone, or never was.',
  invalid_input: 'Something here is not as it must be. Look at what is marked.',
  too_many_requests: 'That was very often in a short time. Wait a minute, then try again.',
  our_fault: 'Something went wrong on our side. It has been noted. Nothing you wrote is lost; try again in a moment.',
  busy: 'Very many people are here at this moment. Try again in a few seconds.',
  database_away: 'Our database cannot be reached just now. Nothing you wrote is lost; try again in a moment.',
  offline: 'You are offline. Nothing you wrote is lost; try again when the connection is back.',
}

export const learnWords = (more: Words) => Object.assign(words, more)

/** What went wrong, for a person. */
export function wordsFor(error: Error): string {
  const refusal = refusalIn(error)
  if (refusal) return words[refusal.code] ?? refusal.message
  if (error instanceof TypeError) return words['offline']! // what fetch() throws when nobody answers
  return words['our_fault']!
}

/** The name under which the server noted it. */
export const requestOf = (error: Error): string | undefined => refusalIn(error)?.problem.request

export const refusalIn = (error: Error | undefined): Refusal | undefined => (error instanceof Refusal ? (error as Refusal) : undefined)
