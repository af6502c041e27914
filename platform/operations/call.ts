import type { AnyOperation, OutputOf, RefusalOf, SentTo } from './operation.ts'
import { placesIn, takesBody } from './places.ts'
import type { Problem, ProblemCode } from './problem.ts'

// What a page catches: the refusal's name is what the screen acts on.
export class Refusal<Code extends string = string> extends Error {
  override name = 'Refusal'
  code: Code | ProblemCode
  problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.code = problem.code as Code
    this.problem = problem
  }
}

export type CallOptions = {
  idempotencyKey?: string
  signal?: AbortSignal
  /** Whose doing this is: whoever else is signed in here by now is refused (not_signed_in). */
  person?: string
}

// A browser may quietly send a request again when a kept connection closes under it, so every write carries a key.
/** Calls an operation from the browser. Throws `Refusal<RefusalOf<P>>`. */
export async function call<P extends AnyOperation>(
  op: P,
  input: SentTo<P>,
  { idempotencyKey = crypto.randomUUID(), signal, person }: CallOptions = {},
): Promise<OutputOf<P>> {
  const fields = input as Record<string, unknown>
  const inPath = new Set(placesIn(op.path))
  const rest = Object.fromEntries(Object.entries(fields).filter(([key, value]) => !inPath.has(key) && value !== undefined))
  const path = op.path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(fields[key])))
  const asked = takesBody(op) ? '' : queryOf(rest)
  const headers: Record<string, string> = { accept: 'application/json' }
  if (op.method !== 'GET') headers['idempotency-key'] = idempotencyKey
  if (person !== undefined) headers['x-person'] = person
  if (takesBody(op)) headers['content-type'] = 'application/json'

  const answer = await fetch(`/api${path}${asked}`, {
    method: op.method,
    headers,
    ...(takesBody(op) ? { body: JSON.stringify(rest) } : {}),
    ...(signal ? { signal } : {}),
  })
  const body: unknown = await answer.json()
  if (!answer.ok) throw new Refusal<RefusalOf<P>>(body as Problem)
  return body as OutputOf<P>
}

function queryOf(fields: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : [value]) query.append(key, String(one))
  return query.size > 0 ? `?${query}` : ''
}
