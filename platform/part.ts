import type { FastifyInstance } from 'fastify'
import type { ClientBase } from 'pg'
import type { Registry } from 'prom-client'
import type { Configuration } from '#platform/configuration/environment.ts'
import type { Keys } from '#platform/configuration/keys.ts'
import type { Database } from '#platform/database/acting.ts'
import type { Cast } from '#platform/demo/cast.ts'
import type { Purpose } from '#platform/files/purposes.ts'
import type { Ask } from '#platform/identity/askers.ts'
import type { Ended } from '#platform/identity/ended.ts'
import type { Cookies } from '#platform/identity/cookies.ts'
import type { PersonHooks } from '#platform/identity/person-hooks.ts'
import type { Job } from '#platform/jobs/job.ts'
import type { Bus } from '#platform/live/bus.ts'
import type { Kind } from '#platform/mail/kind.ts'
import type { Handler } from '#platform/operations/handle.ts'
import type { Logger } from '#platform/operations/log.ts'
import type { Plans } from '#platform/scheduling/plans.ts'

// One organ or domain, as the server sees it.
export type Part = {
  name: string
  /** The module that exports its operations: their names are the exports'. */
  api?: Record<string, unknown>
  /** A handler acts as the one who asks. What must act in the server's own name says so by asking for the server. */
  handlers?: Handler[] | ((server: Server) => Handler[])
  jobs?: Job[]
  /** The kinds of mail it sends. */
  mails?: Kind[]
  /** What people may upload for it. */
  purposes?: Purpose[]
  /** What it knows of a person, to give it to them and to forget it. */
  people?: PersonHooks[]
  /** The kinds of meeting it plans, and what a calendar may say of them. */
  plans?: Plans[]
  /** Routes that are no operations: another protocol's, a download, a page. */
  serve?: (app: FastifyInstance, server: Server) => void
  /** What any installation needs to be useful, brought in or up to date as the owner, in one transaction; what people changed is left. */
  content?: (db: Pick<ClientBase, 'query'>) => Promise<Record<'made' | 'updated' | 'same' | 'kept', number>>
  /** What it puts around the cast of the demo world: the same each time, its instants counted from `now`. */
  demo?: (db: Pick<ClientBase, 'query'>, cast: Cast, now: Date) => Promise<void>
}

export type Server = {
  configuration: Configuration
  keys: Keys
  database: Database
  ask: Ask
  /** Which sessions are over; not where accounts are somebody else's. */
  ended: Ended | undefined
  bus: Bus
  metrics: Registry
  cookies: Cookies
  log: Logger
  mails: ReadonlyMap<string, Kind>
  purposes: ReadonlyMap<string, Purpose>
}

export const handlersOf = ({ handlers = [] }: Part, server: Server): Handler[] =>
  typeof handlers === 'function' ? handlers(server) : handlers
