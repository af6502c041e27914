import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { type Known, someone, type TestDatabase } from '#tests/database.ts'

// A small theatre: people with profiles, a format with phases of ten, twenty and ten minutes, cases whose texts are told apart by their words.
export type Person = { id: string; name: string; acting: Known<'authenticated'> }
type Row = Record<string, unknown>
/** A row of private.my_practice_sessions: the columns that tests reckon with, and whatever else it holds. */
type Mine = Row & {
  case_id: string
  candidate_id: string | null
  room_url: string | null
  phase: string
  plan: Record<string, { seconds: number; bells: number[] }>
  running_at: string
  marking_at: string
  feedback_at: string
  now: string
}

export async function theatre(db: TestDatabase) {
  await db.sql(
    `insert into practice.formats (id, name, rating) values ('short', 'Short', '{low,middle,high}'), ('open', 'Open', '{low,high}')`,
  )
  await db.sql(`insert into practice.format_phases (format, phase, seconds, bells) values
    ('short', 'reading', 600, '{}'), ('short', 'running', 1200, '{900}'), ('short', 'marking', 600, '{}'), ('short', 'feedback', 3600, '{}')`)
  await db.sql(`insert into practice.format_scales (format, domain, points) values
    ('short', 'communication', '{none,some,much}'), ('short', 'ethics', '{none,much}')`)

  const ask = async <Found = Row>(acting: Acting, text: string, values: unknown[] = []): Promise<Found[]> =>
    db.database.write(acting, async (tx) => (await tx.getExecutor().executeQuery(CompiledQuery.raw(text, values), never)).rows as Found[])

  const person = async (name: string): Promise<Person> => {
    const { id, acting } = await someone(db, name)
    await db.sql(
      `insert into practice.profiles (user_id, first_name, last_name, training_level) values ($1, $2, 'of the theatre', 'student')`,
      [id, name],
    )
    return { id, name, acting }
  }

  const aCase = async (word = `w${randomUUID().slice(0, 8)}`) => {
    const [row] = await db.sql<{ id: string }>(
      `insert into practice.cases (candidate_brief, actor_brief, markscheme, category, condition, case_name, domain, published_at)
       values ($1 || ' candidate_brief', $1 || ' actor_brief', $1 || ' markscheme', 'General practice', $1 || ' condition', 'Somebody at noon', 'communication', now())
       returning id`,
      [word],
    )
    const items = await db.sql<{ id: string }>(
      `insert into practice.checklist_items (case_id, position, domain, words, safety_critical)
       select $1, n, 'communication', $2 || ' item ' || n, n = 3 from generate_series(1, 3) n returning id`,
      [row!.id, word],
    )
    return { id: row!.id, word, items: items.map(({ id }) => id) }
  }

  // The same for all, else one that ends as another begins would end a second later.
  const start = Math.ceil(Date.now() / 60_000) * 60_000

  /** Offered by `host` in some minutes from now. */
  const offer = async (
    host: Person,
    { minutes = 10, length = 60, type = 'mock', format = 'short', caseId = null as string | null } = {},
  ) => {
    const at = new Date(start + minutes * 60_000).toISOString()
    const [row] = await ask<{ id: string }>(host.acting, 'select private.offer_session($1, $2, $3, $4, $5, case_id => $6) as id', [
      at.slice(0, 10),
      at.slice(11, 19),
      length,
      type,
      format,
      caseId,
    ]) // prettier-ignore
    return row!.id
  }

  const version = async (session: string) =>
    (await db.sql<{ version: number }>('select version from practice.practice_sessions where id = $1', [session]))[0]!.version

  /** `act(ada, 'take_seat', session)`: with the version that it has now; other arguments follow. */
  const act = async ({ acting }: Person, what: string, session: string, ...more: unknown[]) =>
    ask(acting, `select private.${what}($1, $2${more.map((_, at) => `, $${at + 3}`).join('')})`, [session, await version(session), ...more])

  /** Two people seated, roles chosen: the host is the candidate unless said otherwise. */
  const seated = async (
    host: Person,
    guest: Person,
    { candidate = host, ...rest }: { candidate?: Person } & Parameters<typeof offer>[1] = {},
  ) => {
    const session = await offer(host, rest)
    await act(guest, 'take_seat', session)
    await act(host, 'choose_roles', session, candidate.id)
    return session
  }

  /** The server's clock as it will be: everything of the round under way lies so many minutes further back. */
  const later = async (session: string, minutes: number) =>
    db.sql(
      `update practice.rounds set reading_at = reading_at - s, running_at = running_at - s, marking_at = marking_at - s, feedback_at = feedback_at - s
       from make_interval(mins => $2) s where session_id = $1 and ended_at is null`,
      [session, minutes],
    )

  const mine = async ({ acting }: Person, session: string) =>
    (await ask<Mine>(acting, 'select * from private.my_practice_sessions($1)', [session]))[0]

  return { ask, person, aCase, offer, version, act, seated, later, mine }
}

export type Theatre = Awaited<ReturnType<typeof theatre>>

/** What somebody is refused with: `await assert.rejects(…, refused('seat_taken'))`. */
export const refused = (constraint: string) => ({ constraint })
export const notAllowed = { code: '42501' }

const never = { queryId: randomUUID() } as never
