import { hash } from 'node:crypto'
import * as z from 'zod/mini'
import type { Database } from '#platform/database/acting.ts'
import { callOf } from '#platform/database/conversation.ts'
import type { Asker } from '#platform/identity/askers.ts'
import type { Handler } from './handle.ts'
import type { AnyOperation } from './operation.ts'
import { badInput } from './input.ts'
import { refused } from './refused.ts'
import { ProblemError, RefusedError, type Problem } from './problem.ts'

export type Asked = { asker: Asker; input: unknown; idempotencyKey?: string | undefined }

/** Runs an operation for one who asks, and gives the answer's JSON. */
export async function answer(database: Database, { op, run }: Handler, { asker, input, idempotencyKey }: Asked): Promise<string> {
  const parsed = z.safeParse(op.input, input)
  if (!parsed.success) throw invalid(parsed.error)
  const refuse = (why: string, more?: Partial<Problem>): never => {
    throw new RefusedError(why, op.refusals[why]!, more)
  }
  // The handler's own types were checked where it was written (handle.ts); here every operation looks alike.
  const work = async (db: unknown) => {
    const context = { input: parsed.data, person: asker.person, db, refuse } as Parameters<typeof run>[0]
    return JSON.stringify(z.parse(op.output, await run(context)))
  }
  try {
    if (op.method === 'GET' && !op.recorded) return await database.read(asker.acting, work)
    if (idempotencyKey === undefined || asker.acting.role === 'anon') return await database.write(asker.acting, work)
    return await once(database, op, { asker, input: parsed.data, idempotencyKey }, work)
  } catch (error) {
    throw refused(error, op)
  }
}

// The claim on the key rides with the first statement, the answer with COMMIT. Whoever finds the key claimed waits for
// that commit inside the claim, and then reads the answer.
async function once(database: Database, op: AnyOperation, asked: Required<Asked>, work: (db: unknown) => Promise<string>): Promise<string> {
  const { asker, input } = asked
  const key = asked.idempotencyKey!
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw badInput([{ field: 'Idempotency-Key', says: 'must be 1 to 200 visible characters' }])
  const fingerprint = hash('sha256', JSON.stringify([op.method, op.path, input]), 'base64url')
  const first = [callOf('private.answer_once', { key, fingerprint })]
  const last = (body: string) => [callOf('private.answer_is', { key, body })]
  try {
    return await database.write(asker.acting, work, { first, last })
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'answered_before') throw error
  }
  const [given] = await database.read(
    asker.acting,
    (db) => db.rows('private.answer_given' as never, { key } as never) as Promise<{ fingerprint: string; body: string }[]>,
  )
  if (!given) throw new ProblemError('busy')
  if (given.fingerprint !== fingerprint) throw new ProblemError('key_reused')
  return given.body
}

const invalid = ({ issues }: z.core.$ZodError) => badInput(issues.map(({ path, message }) => ({ field: path.join('.'), says: message })))
