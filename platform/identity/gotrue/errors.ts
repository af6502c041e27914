import type { FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError, words } from '#platform/operations/problem.ts'
import { refused } from '#platform/operations/refused.ts'

// Refusals as GoTrue words them (its apierrors/errorcode.go), because programs act on the code.
export class AuthError extends Error {
  status: number
  code: string
  more: { wait?: number; weak_password?: { reasons: string[] } }
  constructor(status: number, code: string, message: string, more: AuthError['more'] = {}) {
    super(message)
    this.status = status
    this.code = code
    this.more = more
  }
}

// Programs ask for a version by its day. Since this one `code` is the name; before, it was the status.
const named = '2024-01-01'

export function sendError(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const known = errorOf(error)
  if (known.status === 503) request.log.warn({ err: (error as Error).cause }, known.code)
  else if (known.status >= 500) request.log.error({ err: error }, known.code)
  else if ([401, 403].includes(known.status) || known.code === 'invalid_credentials')
    request.log.warn({ code: known.code, route: request.routeOptions.url ?? 'none' }, 'not let in') // as in operations/serve.ts
  const { status, code, message, more } = known
  const { wait, ...payload } = more
  if (wait !== undefined) reply.header('retry-after', wait)
  const asked = String(request.headers['x-supabase-api-version'] ?? '')
  const byName = /^\d{4}-\d\d-\d\d$/.test(asked) && asked >= named
  if (byName) reply.header('x-supabase-api-version', named)
  const body = byName ? { code, message, ...payload } : { code: status, error_code: code, msg: message, ...payload }
  return reply.code(status).send(body)
}

// The database's own refusals: private.refuse().
const refusedByName = 'VV001'

const names: Record<string, string> = {
  malformed: 'bad_json',
  not_json: 'bad_json',
  too_many_requests: 'over_request_rate_limit',
  token_not_accepted: 'bad_jwt',
  our_fault: 'unexpected_failure',
}

function errorOf(error: unknown): AuthError {
  if (error instanceof AuthError) return error
  const { code = '', statusCode = 500, constraint } = error as { code?: string; statusCode?: number; constraint?: string }
  if (code === refusedByName && constraint) return new AuthError(422, constraint, words(constraint))
  if (statusCode < 500 && code.startsWith('FST_ERR_')) return new AuthError(statusCode, 'bad_json', 'The request could not be read')
  const problem = refused(error)
  if (problem instanceof ProblemError) return new AuthError(problem.status, names[problem.code] ?? problem.code, problem.message)
  return new AuthError(500, 'unexpected_failure', 'Unexpected failure, please check server logs for more information')
}
