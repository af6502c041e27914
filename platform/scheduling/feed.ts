import { createHash, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Acting } from '#platform/database/acting.ts'
import type { Reader } from '#platform/database/conversation.ts'
import { derived } from '#platform/identity/sealed.ts'
import { theServer } from '#platform/identity/the-server.ts'
import { Limits, placeOf } from '#platform/operations/limits.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import type { Server } from '#platform/part.ts'
import { commitmentsIn, knownHere, type Commitment, type Known } from './calendar.ts'
import { icsOf, type Appointment } from './ics.ts'
import { leadsOf } from './leads.ts'

// Calendars elsewhere cannot sign in: the address is the key. 256 bits, made of the feed's id and SECRETS_KEY whenever it is shown, so that
// its owner may add it to another device next month, and the database holds nothing that opens it: neither it, nor it sealed.
export function newFeed(secrets: Buffer, person: string): { id: string; token: string; hash: Buffer } {
  const id = randomUUID()
  const token = tokenOf(secrets, person, id)
  return { id, token, hash: hashOf(token) }
}

export const tokenOf = (secrets: Buffer, person: string, id: string) => derived(secrets, 'calendar feed', person, id)
export const addressOf = (publicUrl: string, token: string) => new URL(`/calendar/${token}.ics`, publicUrl).href
const hashOf = (token: string) => createHash('sha256').update(token).digest()

// A calendar asks every half hour, from several devices; people behind one fetcher of Google's share its address, so what counts is the word.
const fetchesAMinute = 12
// Words that open nothing, from one place. Told after looking: the calendars of others behind the same fetcher are to be served all the same.
const missesAMinute = 30

/** `GET /calendar/<token>.ics`: somebody's calendar, for whoever has its address. */
export function serveFeed(app: FastifyInstance, { database, configuration }: Server, known: () => Known): void {
  const limits = new Limits()

  app.get('/calendar/:file', async (request: FastifyRequest<{ Params: { file: string } }>, reply) => {
    const { file } = request.params
    // Whatever it is, it is hashed and looked for: how long a no takes says nothing about what was tried.
    const hash = hashOf(file.replace(/\.ics$/, ''))
    const seconds = limits.wait(hash.toString('base64url'), fetchesAMinute)
    if (seconds > 0) throw new ProblemError('too_many_requests', {}, seconds)
    const person = await database.read(theServer, (db) => db.call('private.person_of_feed', { token_hash: hash }))
    if (person === null || !file.endsWith('.ics')) {
      const wait = limits.wait(`misses ${placeOf(request.ip)}`, missesAMinute)
      throw wait > 0 ? new ProblemError('too_many_requests', {}, wait) : new ProblemError('not_found')
    }
    await database.write(theServer, (db) => db.call('private.note_feed', { token_hash: hash }))

    const body = await database.read(actingAs(person), (db) => feedOf(db, knownHere(known(), configuration), configuration.publicUrl))
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    void reply.header('etag', etag)
    if (namesIt(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply
      .headers({
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="vivavoce.ics"',
        'x-robots-tag': 'noindex',
      })
      .send(body)
  })
}

const actingAs = (sub: string): Acting<'authenticated'> => ({
  role: 'authenticated',
  claims: JSON.stringify({ sub, role: 'authenticated' }),
})

const namesIt = (header: string | undefined, etag: string) =>
  (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag)

const day = 86_400_000

async function feedOf(db: Reader<'authenticated'>, known: Known, publicUrl: string): Promise<string> {
  const [from, until] = [-90, 400].map((days) => new Date(Date.now() + days * day).toISOString()) as [string, string]
  const rows = await commitmentsIn(db, from, until)
  const [choices] = await db.selectFrom('scheduling.choices').select(['day_before', 'hour_before', 'ten_minutes']).execute()
  const appointments = rows
    .filter(({ held_until }) => held_until === null) // what is only held for minutes is no appointment yet
    .map((row) => appointmentOf(row, known, publicUrl, leadsOf(choices)))
  return icsOf({ name: 'Vivavoce', appointments })
}

type Told = Pick<Commitment, 'kind' | 'starts_at' | 'ends_at' | 'sequence' | 'changed_at' | 'off'> & { meeting_id: string }

export const appointmentOf = (row: Told, known: Known, publicUrl: string, alarms: readonly number[]): Appointment => ({
  id: row.meeting_id,
  title: known.get(row.kind)?.title ?? 'Busy',
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  sequence: row.sequence,
  changedAt: row.changed_at,
  off: row.off,
  url: new URL(known.get(row.kind)?.leadsTo?.(row.meeting_id) ?? '/calendar', publicUrl).href,
  alarms,
})
