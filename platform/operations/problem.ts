// Refusals leave the server as RFC 9457 problem documents. `code` is a stable name; an operation adds names of its own.
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail?: string
  request?: string
  errors?: { field: string; says: string }[]
  /** What could be done instead, as the operation says it: an extension member (RFC 9457, 3.2). The handler holds it to its shape. */
  alternatives?: unknown[]
}

// Names that any operation may answer with, beside its own refusals.
export const problems = {
  malformed: [400, 'The request could not be read'],
  invalid_input: [400, 'Something in the request is not as it must be'],
  not_signed_in: [401, 'Please sign in'],
  token_not_accepted: [401, 'This token is not accepted. Please sign in again'],
  cross_site: [403, 'This request came from another site'],
  second_factor_needed: [403, 'Please prove yourself by your second factor first'],
  not_allowed: [403, 'You may not do this'],
  not_found: [404, 'There is nothing here'],
  too_slow: [408, 'The request took too long to arrive'],
  too_large: [413, 'The request is too large'],
  not_json: [415, 'Please send JSON (application/json)'],
  key_reused: [422, 'This Idempotency-Key was used for another request'],
  too_many_requests: [429, 'Too many requests. Please wait a moment'],
  headers_too_large: [431, 'The request has too many or too large headers'],
  our_fault: [500, 'Something went wrong on our side. It has been noted'],
  busy: [503, 'The server is busy. Please try again in a moment'],
  database_away: [503, 'The database cannot be reached just now. Please try again in a moment'],
} as const satisfies Record<string, readonly [number, string]>
export type ProblemCode = keyof typeof problems

export class ProblemError extends Error {
  code: string
  status: number
  more: Partial<Problem>
  retryAfter: number | undefined
  constructor(code: ProblemCode, more: Partial<Problem> = {}, retryAfter?: number) {
    super(problems[code][1])
    this.code = code
    this.status = problems[code][0]
    this.more = more
    this.retryAfter = retryAfter ?? (this.status === 503 ? 1 : undefined)
  }
}

// A refusal an operation names. Its words for a person are the screen's; here the name says it: seat_taken → "Seat taken".
export class RefusedError extends Error {
  code: string
  status: number
  more: Partial<Problem>
  constructor(code: string, status: number, more: Partial<Problem> = {}) {
    super(words(code))
    this.code = code
    this.status = status
    this.more = more
  }
}

export const words = (code: string) => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('_', ' ')

export function problemOf(error: ProblemError | RefusedError, request: string): Problem {
  return { type: `/api/docs#${error.code}`, title: error.message, status: error.status, code: error.code, ...error.more, request }
}
