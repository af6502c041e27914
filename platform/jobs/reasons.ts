import * as z from 'zod/mini'

// Why a job failed, as a name: what people wrote can be in an error's message, never in its code.
export function reasonOf(error: unknown): string {
  if (error instanceof z.core.$ZodError) return 'data_was_not_understood'
  const { constraint, code, name } = (error ?? {}) as { constraint?: unknown; code?: unknown; name?: unknown }
  return [constraint, code, name].find(isName) ?? 'unknown'
}

const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,60}$/.test(value)

export class TookTooLong extends Error {
  code = 'took_too_long'
  constructor(seconds: number) {
    super(`it did not end within ${seconds} s`)
  }
}

export class UnknownJob extends Error {
  code = 'unknown_job'
}

/** Of the thread, as far as the supervisor can tell. */
export type Death = 'thread_did_not_answer' | 'thread_used_too_much_memory' | 'thread_crashed' | 'thread_ended_itself'
