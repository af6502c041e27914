import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'
import { shippedCases, shipPractice } from './content/ship.ts'
import { lookBack } from './demo/afterwards.ts'
import { wishAndWait } from './demo/finding.ts'
import { teach } from './demo/groups.ts'

type Db = Pick<ClientBase, 'query'>

/** Formats and cases, sessions to come, one under way, and what Amara has behind her. */
export async function showPractice(db: Db, cast: Cast, now: Date): Promise<void> {
  await shipPractice(db)
  await db.query(`update practice.cases set published_at = $1::timestamptz - interval '40 days'`, [now])
  await appear(db, cast)
  await write(db, cast, now)
  await plan(db, cast, now)
  await play(db, cast, now)
  await wishAndWait(db, cast, now)
  await teach(db, cast, now)
  await lookBack(db, cast, now)
}

async function appear(db: Db, { amara, jonas, hana, robin, tomasz, leila }: Cast): Promise<void> {
  const levels = new Map([
    [amara, 'Foundation year 2'],
    [jonas, 'Actor'],
    [hana, 'Final-year student'],
    [robin, 'Foundation year 1'],
    [tomasz, 'Core trainee'],
    [leila, 'General practitioner'],
  ])
  const profiles = [...levels].map(([{ id, name }, level]) => ({
    id,
    first: name.split(' ')[0],
    last: name.split(' ').slice(1).join(' '),
    level,
  }))
  await db.query(
    `insert into practice.profiles (user_id, first_name, last_name, training_level)
     select id, first, last, level from jsonb_to_recordset($1) as (id uuid, first text, last text, level text)`,
    [JSON.stringify(profiles)],
  )
}

// Tomasz has written one that nobody else can play yet; Leila is asked to check it, and has signed another.
async function write(db: Db, { tomasz, leila }: Cast, now: Date): Promise<void> {
  const [first, draft] = [shippedCases()[0]!.id, shippedCases()[7]!.id]
  await db.query(`update practice.cases set published_at = null, review_wanted_at = $2::timestamptz - interval '3 days' where id = $1`, [
    draft,
    now,
  ])
  await db.query(`insert into practice.case_authors (case_id, person_id, since) values ($1, $2, $3::timestamptz - interval '9 days')`, [
    draft,
    tomasz.id,
    now,
  ])
  await db.query(
    `insert into practice.case_versions (case_id, number, edition, file, written_at)
     select c.id, n, c.edition, private.case_as_file(c.id) || (case n when 1 then '{"level": "any"}' else '{}' end)::jsonb, $2::timestamptz - make_interval(days => 10 - 3 * n)
     from practice.cases c, generate_series(1, 2) n where c.id = $1`,
    [draft, now],
  )
  await db.query(
    `insert into practice.case_reviewers (case_id, person_id, since) values ($1, $3, $4::timestamptz - interval '40 days'), ($2, $3, $4::timestamptz - interval '2 days')`,
    [first, draft, leila.id, now],
  )
  await db.query(
    `insert into practice.case_notes (id, case_id, edition, person_id, words, written_at)
     select '0dec0de0-0000-4000-8000-0000000004f1', c.id, c.edition, $2, 'The sorry comes early, and that is right. Would you let him ask whether it can happen again?', $3::timestamptz - interval '1 day'
     from practice.cases c where c.id = $1`,
    [draft, leila.id, now],
  )
  await db.query(
    `insert into practice.case_signatures (case_id, edition, person_id, named_as, signed_on, review_by)
     select id, edition, $2, 'Dr Leila Haddad, general practitioner', $3::timestamptz::date - 30, $3::timestamptz::date + 335 from practice.cases where id = $1`,
    [first, leila.id, now],
  )
}

const sessionId = (n: number) => `0dec0de0-0000-4000-8000-0000000004${String(n).padStart(2, '0')}`
const roomId = (n: number) => `0dec0de0-0000-4000-8000-0000000005${String(n).padStart(2, '0')}`

type Planned = {
  n: number
  host: string
  guest?: string
  /** From now, to the full hour where it is not under way. */
  inMinutes: number
  minutes?: number
  type?: string
  format?: string
  level?: string
  note?: string
  caseId?: string
  candidate?: string
  /** Minutes after which it ended, or before which it was cancelled. */
  ended?: number
  cancelled?: number
}

async function plan(db: Db, { amara, jonas, hana, robin, tomasz }: Cast, now: Date): Promise<void> {
  const [, baby, results, home] = shippedCases().map(({ id }) => id)
  const day = 24 * 60
  const planned: Planned[] = [
    { n: 1, host: hana.id, inMinutes: day, level: 'student', note: 'First time for me. Please be kind, and be strict with the clock.' },
    { n: 2, host: jonas.id, inMinutes: 2 * day + 120, type: 'review', format: 'free', note: 'I bring the cases, you bring the questions.' },
    { n: 3, host: amara.id, guest: jonas.id, inMinutes: 3 * day, level: 'foundation', caseId: home!, candidate: amara.id },
    {
      n: 4,
      host: robin.id,
      inMinutes: 4 * day,
      level: 'foundation',
      note: 'Telephone consultations, if you like them as little as I do.',
      format: 'twelve-minute-remote',
    },
    { n: 5, host: tomasz.id, inMinutes: 6 * day + 60, minutes: 90, format: 'twenty-minute-encounters', level: 'core' },
    { n: 6, host: jonas.id, guest: hana.id, inMinutes: -6, minutes: 60, format: 'free', caseId: baby!, candidate: hana.id },
    { n: 7, host: hana.id, guest: amara.id, inMinutes: 5 * day, cancelled: 90 },
    { n: 8, host: amara.id, guest: jonas.id, inMinutes: -day - 60, level: 'foundation', caseId: results!, candidate: jonas.id, ended: 52 },
    {
      n: 9,
      host: tomasz.id,
      guest: amara.id,
      inMinutes: -8 * day,
      format: 'twelve-minute-remote',
      caseId: shippedCases()[6]!.id,
      candidate: amara.id,
      ended: 40,
    },
  ] // prettier-ignore
  for (const {
    n,
    host,
    guest = null,
    inMinutes,
    minutes = 60,
    type = 'mock',
    format = 'eight-minute-stations',
    level = 'any',
    note = '',
    ...more
  } of planned) {
    const begins = new Date(now.getTime() + inMinutes * 60_000)
    if (n === 6) begins.setUTCSeconds(0, 0)
    else begins.setUTCMinutes(0, 0, 0)
    const people = [host, guest].filter(Boolean)
    await db.query(
      `select private.claim($1, 'practice.session', tstzrange($2, $2::timestamptz + make_interval(mins => $3)), $4, array['you_are_busy', 'host_is_busy'])`,
      [sessionId(n), begins, minutes, people],
    )
    await db.query(
      `insert into practice.practice_sessions (id, host_id, guest_id, date, time, duration, type, format, level, note, case_id, candidate_id, version, created_at,
         meeting_id, cancelled_at, ended_at, room_url)
       values ($1, $2, $3, ($4::timestamptz at time zone 'UTC')::date, ($4::timestamptz at time zone 'UTC')::time, make_interval(mins => $5), $6, $7, $8, $9, $10, $11,
         $12, least($4::timestamptz, $13) - interval '3 days', $1, $13::timestamptz - make_interval(mins => $14), $4::timestamptz + make_interval(mins => $15), $16)`,
      [
        sessionId(n),
        host,
        guest,
        begins,
        minutes,
        type,
        format,
        level,
        note,
        more.caseId ?? null,
        more.candidate ?? null,
        guest ? 4 : 1,
        now,
        more.cancelled ?? null,
        more.ended ?? null,
        roomId(n),
      ],
    ) // prettier-ignore
    if (more.cancelled) await db.query('select private.release($1)', [sessionId(n)])
  }
  await db.query(
    `insert into practice.practice_sessions (id, host_id, date, time, duration, type, format, partner, case_id, candidate_id, ended_at)
     select $1, $2, (t at time zone 'UTC')::date, (t at time zone 'UTC')::time, '1 hour', 'mock', 'eight-minute-stations', 'nobody', $4, $2, t + interval '25 minutes'
     from date_trunc('minute', $3::timestamptz - interval '2 days 5 hours') t`,
    [sessionId(10), amara.id, now, shippedCases()[4]!.id],
  )
}

type Played = {
  session: number
  number: number
  caseId: string
  candidate: string
  actor: string | null
  /** Minutes after the session's beginning; how far each phase lies behind it, in seconds. */
  after: number
  phases: { running?: number; marking?: number; feedback?: number; ended?: number }
  sheet?: { ticked: number[]; points: number; rating?: number; words?: string }
}

async function play(db: Db, { amara, jonas, hana, robin, tomasz }: Cast, now: Date): Promise<void> {
  const [, baby, results, home, thirsty, choir, cough] = shippedCases().map(({ id }) => id)
  const whole = { running: 90, marking: 570, feedback: 690, ended: 1290 }
  const remote = { running: 180, marking: 900, feedback: 1080, ended: 1680 }
  const played: Played[] = [
    {
      session: 6,
      number: 1,
      caseId: baby!,
      candidate: hana.id,
      actor: jonas.id,
      after: 1,
      phases: { running: 120 },
      sheet: { ticked: [1, 5], points: 2 },
    },
    {
      session: 8,
      number: 1,
      caseId: results!,
      candidate: amara.id,
      actor: jonas.id,
      after: 2,
      phases: whole,
      sheet: {
        ticked: [1, 2, 4, 5, 7],
        points: 2,
        rating: 3,
        words: 'The silence after the word was right. You warned me very late: I was halfway through a joke.',
      },
    },
    {
      session: 8,
      number: 2,
      caseId: choir!,
      candidate: jonas.id,
      actor: amara.id,
      after: 26,
      phases: whole,
      sheet: {
        ticked: [1, 2, 3, 5],
        points: 1,
        rating: 2,
        words: 'Lovely with the inhaler. Nothing about a bad attack, and that one matters.',
      },
    },
    {
      session: 9,
      number: 1,
      caseId: cough!,
      candidate: amara.id,
      actor: tomasz.id,
      after: 3,
      phases: remote,
      sheet: { ticked: [1, 2, 3, 5, 6, 7], points: 3, rating: 4, words: 'I would have trusted you with my own.' },
    },
    {
      session: 10,
      number: 1,
      caseId: thirsty!,
      candidate: amara.id,
      actor: null,
      after: 0,
      phases: whole,
      sheet: { ticked: [1, 3, 4, 5], points: 2, rating: 2, words: 'Forgot to ask about the breathing again.' },
    },
  ] // prettier-ignore
  await db.query(
    `insert into practice.attendance (session_id, person_id, came, noted_at)
     select s.id, p.person, true, s.starts_at - interval '4 minutes' from practice.practice_sessions s, unnest(array[s.host_id, s.guest_id]) p (person)
     where s.partner = 'person' and s.id in (select x::uuid from unnest($1::text[]) x)`,
    [[6, 8, 9].map(sessionId)],
  )
  // Robin would like to watch Amara and Jonas; Jonas has sent the link, and Amara has not answered yet. Tomasz watches Jonas and Hana.
  await db.query(
    `insert into practice.observer_links (session_id, made_by, link_id, link_hash) select $1, $2, $1, sha256('nobody has this link')`,
    [sessionId(3), jonas.id],
  )
  await db.query(
    `insert into practice.observers (session_id, person_id, invited_by, asked_at) values
       ($1, $3, $4, $5::timestamptz - interval '3 hours'), ($2, $6, $7, $5::timestamptz - interval '5 hours')`,
    [sessionId(3), sessionId(6), robin.id, jonas.id, now, tomasz.id, hana.id],
  )
  await db.query(`update practice.observers set agreed_at = $2::timestamptz - interval '4 hours' where session_id = $1`, [
    sessionId(6),
    now,
  ])
  await db.query('update practice.practice_sessions set case_id = $2 where id = $1', [sessionId(3), home])
  await db.query('update practice.practice_sessions set case_id = $2 where id = $1', [sessionId(8), choir])
  for (const { session, number, caseId, candidate, actor, after, phases, sheet } of played) {
    await db.query(
      `insert into practice.rounds (session_id, number, case_id, candidate_id, actor_id, plan, reading_at, running_at, marking_at, feedback_at, ended_at)
       select s.id, $2, $3, $4, $5, private.plan_of(s.format, s.type), t, t + make_interval(secs => $7), t + make_interval(secs => $8),
         t + make_interval(secs => $9), t + make_interval(secs => $10)
       from practice.practice_sessions s, lateral (select s.starts_at + make_interval(mins => $6) as t) as begins where s.id = $1`,
      [sessionId(session), number, caseId, candidate, actor, after, phases.running, phases.marking, phases.feedback, phases.ended],
    )
    await db.query(
      `insert into practice.disclosures (session_id, round, person_id, text, opened_at)
       select r.session_id, r.number, p.id, p.text, r.reading_at + interval '3 seconds' from practice.rounds r,
         unnest(array[r.candidate_id, r.actor_id, r.actor_id, r.actor_id], array['candidate_brief', 'candidate_brief', 'actor_brief', 'condition']) p (id, text)
       where r.session_id = $1 and r.number = $2 and p.id is not null`,
      [sessionId(session), number],
    )
    await db.query(
      `insert into practice.disclosures (session_id, round, person_id, text, opened_at)
       select r.session_id, r.number, p.id, p.text, r.feedback_at + interval '5 seconds' from practice.rounds r,
         unnest(array[r.candidate_id, r.candidate_id, r.candidate_id, r.actor_id], array['actor_brief', 'condition', 'markscheme', 'markscheme']) p (id, text)
       where r.session_id = $1 and r.number = $2 and p.id is not null and r.feedback_at is not null`,
      [sessionId(session), number],
    )
    if (!sheet) continue
    await db.query(
      `insert into practice.sheets (session_id, round, case_id, marker_id, rating, words, submitted_at)
       select session_id, number, case_id, coalesce(actor_id, candidate_id), $3::integer, $4, case when $3::integer is not null then feedback_at - interval '4 seconds' end
       from practice.rounds where session_id = $1 and number = $2`,
      [sessionId(session), number, sheet.rating ?? null, sheet.words ?? ''],
    )
    await db.query(
      `insert into practice.ticks (session_id, round, case_id, item_id, ticked_at)
       select r.session_id, r.number, r.case_id, i.id, r.running_at + make_interval(secs => 20 * i.position)
       from practice.rounds r join practice.checklist_items i on i.case_id = r.case_id
       where r.session_id = $1 and r.number = $2 and i.position = any ($3)`,
      [sessionId(session), number, sheet.ticked],
    )
    await db.query(
      `insert into practice.scores (session_id, round, domain, points)
       select s.id, $2, f.domain, $3 from practice.practice_sessions s join practice.format_scales f on f.format = s.format where s.id = $1`,
      [sessionId(session), number, sheet.points],
    )
  }
}
