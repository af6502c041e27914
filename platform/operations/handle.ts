import type * as z from 'zod/mini'
import type { Reader, Tx } from '#platform/database/conversation.ts'
import type { Role } from '#platform/database/roles.ts'
import type { AnyOperation, InputOf, RefusalOf, Who } from './operation.ts'
import type { Problem } from './problem.ts'

export type Person = { id: string }

// A handler's `db` already acts as the one who asks. What it may do is typed by the least of the roles that can come:
// whatever "anyone" may call must work for a stranger.
type RoleOf<W extends Who> = W extends 'anyone' ? 'anon' : W extends 'service' ? 'service_role' : 'authenticated'
type PersonOf<W extends Who> = W extends 'person' ? Person : Person | null
type Speaking<P extends AnyOperation, R extends Role> = P['method'] extends 'GET' ? (P['recorded'] extends true ? Tx<R> : Reader<R>) : Tx<R>

export type Context<P extends AnyOperation> = {
  input: InputOf<P>
  person: PersonOf<P['who']>
  db: Speaking<P, RoleOf<P['who']>>
  refuse: (why: RefusalOf<P>, more?: Pick<Problem, 'detail' | 'alternatives'>) => never
}
export type Handler = { op: AnyOperation; run: (context: Context<AnyOperation>) => Promise<unknown> }

export const handle = <P extends AnyOperation>(op: P, run: (context: Context<P>) => Promise<z.input<P['output']>>): Handler => ({
  op,
  run: run as unknown as Handler['run'],
})
