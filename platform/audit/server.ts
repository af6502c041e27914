import { CompiledQuery } from 'kysely'
import { theServer } from '#platform/identity/the-server.ts'
import { handle } from '#platform/operations/handle.ts'
import type { Part, Server } from '#platform/part.ts'
import * as api from './api.ts'
import { headOf, headText } from './chain.ts'
import { auditOfPerson } from './person.ts'
import { beginning, verifyStretch, waitingFor, type Ask, type Place } from './verify.ts'

export const audit: Part = {
  name: 'audit',
  api,
  people: [auditOfPerson],
  handlers: (server) => [
    handle(api.readAudit, async ({ input: { act, person, cursor, limit }, db }) => {
      const before = cursor === undefined ? undefined : Number(cursor)
      const found = (await db.rows('private.read_audit', { act, person, before, most: limit + 1 })) as Found[]
      const items = found.slice(0, limit)
      return { items, next: found.length > limit ? String(items.at(-1)!.id) : null }
    }),

    // Whether they may is the database's to say, in the asking person's own transaction; the entries and their seals are then
    // read as the server, for what a seal covers is reckoned outside the database.
    handle(api.verifyAudit, async ({ input: { from, noted }, db, refuse }) => {
      const place = from === undefined ? beginning : placeOf(from)
      if (!place) return refuse('no_such_stretch')
      await db.call('private.verify_audit', { begins: from === undefined })
      const ask = asking(server)
      const { head, next, broken } = await verifyStretch(ask, place, noted === undefined ? undefined : headOf(noted))
      return { sealed: head.position, head: headText(head), next: next && placeText(next), broken, waiting: await waitingFor(ask) }
    }),
  ],
}

type Found = {
  id: number
  at: string
  actor: string | null
  actor_name: string | null
  role: string
  action: string
  subject_kind: string
  subject_id: string
  subject_name: string | null
  reason: string | null
  details: Record<string, unknown>
}

const asking =
  ({ database }: Server): Ask =>
  <Row>(text: string, values: unknown[]) =>
    database.read(theServer, async (db) => {
      const [rows] = await db.all({ compile: () => CompiledQuery.raw(text, values) as CompiledQuery<Row> })
      return rows
    })

// It goes to the one who asks and comes back: whoever bends it bends only what they are told themselves.
const placeText = ({ head, entry }: Place) => `${headText(head)}${entry === undefined ? '' : `:${entry}`}`

function placeOf(text: string): Place | undefined {
  const [, at, entry] = /^(\d{1,15}:[0-9a-f]{64})(?::(\d{1,15}))?$/.exec(text) ?? []
  const head = at === undefined ? undefined : headOf(at)
  return head && { head, entry: entry === undefined ? undefined : Number(entry) }
}
