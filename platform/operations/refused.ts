import type { AnyOperation } from './operation.ts'
import { ProblemError, RefusedError } from './problem.ts'

// What a failure means to the one who asked. The database refuses by a constraint's name; an operation lists the names
// that can meet it. Whatever is not listed is a fault of ours, and fails loudly.
export function refused(error: unknown, op: AnyOperation): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string }
  const status = constraint === undefined ? undefined : op.refusals[constraint]
  if (constraint !== undefined && status !== undefined) return new RefusedError(constraint, status)
  if (code === insufficientPrivilege) return new ProblemError('not_allowed')
  if (code !== undefined && crowded.has(code)) return new ProblemError('busy')
  if (isAway(error, code)) return new ProblemError('database_away')
  return error
}

const insufficientPrivilege = '42501'
const crowded = new Set(['55P03', '57014', '40001', '40P01', '53300']) // lock or statement took too long, deadlock, no connection left

// The server is going down, coming up or gone; or the pool could not connect in time.
function isAway(error: unknown, code: string | undefined): boolean {
  if (code !== undefined) return /^(08...|57P0[123]|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|ENOTFOUND)$/.test(code)
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(error.message)
  )
}
