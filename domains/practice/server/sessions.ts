import { sql } from 'kysely'
import type * as z from 'zod/mini'
import type { FunctionsOf } from '#platform/database/roles.ts'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import * as api from '../api.ts'

/** The sessions in which somebody has a seat, and the station as it runs. */
export const sessions = [
  handle(api.listPracticeSessions, async ({ input: { when, ...asked }, db }) => {
    const all = db.selectFrom(sql<Row>`private.my_practice_sessions()`.as('mine')).select(columns)
    const mine = when === undefined ? all : all.where(when === 'to_come' ? toCome : sql<boolean>`not ${toCome}`)
    const { items, next } = await page(mine, { by: ['starts_at', 'id'], descending: when !== 'to_come' }, asked)
    return { items: items.map(inList), next }
  }),

  handle(api.readSession, async ({ input, person, db, refuse }) => {
    const [row] = await db.rows('private.my_practice_sessions', { session: input.id })
    if (!row) return refuse('session_not_found')
    const [there] = row.guest_id === null ? [] : await db.rows('private.other_zones', { sessions: [input.id] })
    return asSeen(row, person.id, there?.zone ?? null)
  }),

  handle(api.chooseRoles, async ({ input: { id: session, version, candidate_id: candidate }, db }) => ({
    version: await db.call('private.choose_roles', { session, version, candidate }),
  })),

  handle(api.chooseCase, async ({ input: { id: session, version, case_id }, db }) => ({
    version: await db.call('private.choose_case', { session, version, case_id }),
  })),

  handle(api.beginStation, async ({ input: { id: session, version }, db }) => ({
    version: await db.call('private.begin_station', { session, version }),
  })),

  handle(api.practiseAlone, async ({ input: { case_id, ...how }, db }) => ({
    id: await db.call('private.practise_alone', { ...how, ...(case_id !== null && { case_id }) }),
  })),

  handle(api.moveOn, async ({ input: { id: session, version, phase }, db }) => ({
    version: await db.call('private.move_on', { session, version, phase }),
  })),

  handle(api.nextRound, async ({ input: { id: session, version, case_id }, db }) => ({
    version: await db.call('private.next_round', { session, version, ...(case_id !== null && { case_id }) }),
  })),

  handle(api.endPracticeSession, async ({ input: { id: session, version }, db }) => {
    await db.call('private.end_session', { session, version })
    return {}
  }),

  handle(api.listRounds, async ({ input: { session, ...asked }, db }) => {
    const rounds = db
      .selectFrom(sql<Round>`private.my_rounds(${session ?? null})`.as('mine'))
      .select(['session_id', 'round', 'case_id', 'case_name', 'type', 'format', 'role', 'reached', 'reading_at', 'ended_at'])
    const { items, next } = await page(rounds, { by: ['reading_at', 'session_id', 'round'], descending: true }, asked)
    return { items: items as z.input<typeof api.listRounds.output>['items'], next }
  }),
]

type Row = FunctionsOf['authenticated']['private.my_practice_sessions']['rows'][number]
type Round = FunctionsOf['authenticated']['private.my_rounds']['rows'][number]
type Listed = z.input<typeof api.listPracticeSessions.output>['items'][number]

const columns = [
  'id',
  'version',
  'starts_at',
  'minutes',
  'type',
  'format',
  'level',
  'note',
  'partner',
  'host_id',
  'host_name',
  'host_avatar',
  'guest_id',
  'guest_name',
  'guest_avatar',
  'phase',
  'round',
  'cancelled_at',
  'ended_at',
] as const

// A station may run over its hour. Nobody's does by two; what nobody has ended by then is past.
const toCome = sql<boolean>`(coalesce(cancelled_at, ended_at) is null
  and starts_at + make_interval(mins => minutes) + case when round is null then interval '0' else interval '2 hours' end > now())`

const inList = (row: Pick<Row, (typeof columns)[number]>) =>
  ({
    ...row,
    host: seat(row.host_id!, row.host_name, row.host_avatar),
    guest: row.guest_id === null ? null : seat(row.guest_id, row.guest_name, row.guest_avatar),
  }) as Listed

const asSeen = (row: Row, me: string, other_zone: string | null) =>
  ({
    ...row,
    ...inList(row),
    me: row.host_id === me ? 'host' : 'guest',
    role: row.partner === 'nobody' ? 'alone' : row.candidate_id === null ? null : row.candidate_id === me ? 'candidate' : 'actor',
    room: row.room_url,
    other_zone,
  }) as z.input<typeof api.Session>

const seat = (id: string, name: string | null, avatar: string | null) => ({ id, name: name || null, avatar })
