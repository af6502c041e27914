import type { AnyOperation } from './operation.ts'
import { ProblemError, RefusedError, type ProblemCode } from './problem.ts'

// What a failure means to the one who asked. The database refuses by a constraint's name; an operation lists the names
// that can meet it. Whatever is not listed is a fault of ours, and fails loudly.
export function refused(error: unknown, op?: AnyOperation): unknown {
  const { code, constraint, severity } = error as { code?: string; constraint?: string; severity?: string }
  const status = constraint === undefined ? undefined : op?.refusals[constraint]
  if (constraint !== undefined && status !== undefined) return new RefusedError(constraint, status)
  if (constraint === 'not_signed_in' || constraint === 'second_factor_needed') return new ProblemError(constraint)
  if (code === insufficientPrivilege) return new ProblemError('not_allowed')
  if (isCrowded(error, code)) return because(error, 'busy')
  if (severity === 'FATAL' || isAway(error, code)) return because(error, 'database_away')
  return error
}

// The caller hears that they may try again, the log why.
const because = (cause: unknown, code: ProblemCode) => Object.assign(new ProblemError(code), { cause })

const insufficientPrivilege = '42501'

// A lock or statement took too long, a deadlock, no connection left there or in our pool.
const crowded = new Set(['55P03', '57014', '40001', '40P01', '53300'])
function isCrowded(error: unknown, code: string | undefined): boolean {
  if (code !== undefined) return crowded.has(code)
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect'
}

// The server is going down, coming up or gone. (Whatever it calls FATAL was the end of the connection.)
function isAway(error: unknown, code: string | undefined): boolean {
  if (code !== undefined) return /^(08...|57P0[123]|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND)$/.test(code)
  return error instanceof Error && /^(Connection terminated|Client has encountered a connection error)/.test(error.message)
}
