import * as z from 'zod/mini'

// An operation is a value that server, browser and the OpenAPI document share.
export function operation<const W extends Written>(written: W): Operation<W> {
  return { who: 'person', input: nothing, refusals: {}, recorded: false, kept: false, ...written } as unknown as Operation<W>
}

export type Written = {
  method: Method
  path: `/${string}`
  /** One line for the reader of the API. */
  summary: string
  /** A person who is signed in (unless said otherwise), anyone, or the operator's own programs with SERVICE_KEY. */
  who?: Who
  input?: Fields
  output: z.ZodMiniType
  /** By the names by which the database refuses. */
  refusals?: Record<string, RefusalStatus>
  /** Seeing is an act here: the handler of this read may write. */
  recorded?: true
  /** What it answers stays in the tab over a reload, to be shown again while nobody answers (docs/decisions/0015-what-a-tab-keeps.md). Nothing of anybody's health, and nobody's words. */
  kept?: true
  /** Calls a minute for one person, or for one address where nobody is signed in. The operator is not limited. */
  limit?: number
  /** Bytes of the body, where `largestBody` is too little. */
  largest?: number
}
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Who = 'anyone' | 'person' | 'service'
export type RefusalStatus = 403 | 404 | 409 | 422
export type Fields = z.ZodMiniObject

export type Operation<W extends Written> = Omit<W, keyof Defaults> & {
  [K in keyof Defaults]: W extends { [key in K]: infer Given } ? Given : Defaults[K]
}
type Defaults = { who: 'person'; input: typeof nothing; refusals: Record<never, RefusalStatus>; recorded: false; kept: false }
export type AnyOperation = Omit<Written, keyof Defaults> & {
  who: Who
  input: Fields
  refusals: Record<string, RefusalStatus>
  recorded: boolean
  kept: boolean
}

export type InputOf<P extends AnyOperation> = z.output<P['input']>
export type SentTo<P extends AnyOperation> = z.input<P['input']>
export type OutputOf<P extends AnyOperation> = z.output<P['output']>
export type RefusalOf<P extends AnyOperation> = keyof P['refusals'] & string

export const largestBody = 256 * 1024

export const nothing = z.object({})

// Lists page by cursor: `next` is handed back as it came, and is null on the last page.
export const pageOf = <T extends z.ZodMiniType>(item: T) => z.object({ items: z.array(item), next: z.nullable(z.string()) })
export const paging = {
  cursor: z.optional(z.string().check(z.maxLength(1_000))),
  limit: z._default(z.int().check(z.minimum(1), z.maximum(100)), 50),
}
