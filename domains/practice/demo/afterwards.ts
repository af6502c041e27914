import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'
import { shippedCases } from '../content/ship.ts'

type Db = Pick<ClientBase, 'query'>

const sessionId = (n: number) => `0dec0de0-0000-4000-8000-0000000007${String(n).padStart(2, '0')}`

const shareId = (n: number) => `0dec0de0-0000-4000-8000-0000000007a${n}`

type Past = {
  n: number
  daysAgo: number
  /** Of content/cases, from 1. */
  played: number
  candidate: string
  /** Null: alone. */
  actor: string | null
  format?: string
  type?: string
  /** Seconds after the beginning, where it stopped before its feedback. */
  stopped?: number
  sheet?: { ticked: number[]; scores: Record<string, number>; rating: number; words: string }
  remarks?: { by: string; words: string; rating?: number }[]
}

/** What Hana has behind her: five weeks in which she got better, in all but one thing. */
export async function lookBack(db: Db, { hana, tomasz, leila, jonas, priya }: Cast, now: Date): Promise<void> {
  const past: Past[] = [
    {
      n: 1,
      daysAgo: 33,
      played: 1,
      candidate: hana.id,
      actor: tomasz.id,
      sheet: {
        ticked: [1, 2, 6],
        scores: { history: 1, management: 0, communication: 1 },
        rating: 1,
        words: 'You asked one thing after the other, as from a list. I had a wife at home whom you never met.',
      },
    },
    {
      n: 2,
      daysAgo: 26,
      played: 10,
      candidate: hana.id,
      actor: null,
      sheet: {
        ticked: [1, 2, 3, 6, 8],
        scores: { history: 2, management: 1, communication: 2 },
        rating: 2,
        words: 'Ran out of time before the plan.',
      },
    },
    { n: 3, daysAgo: 21, played: 16, candidate: hana.id, actor: jonas.id, stopped: 260 },
    {
      n: 4,
      daysAgo: 18,
      played: 27,
      candidate: hana.id,
      actor: leila.id,
      sheet: {
        ticked: [1, 2, 3, 5, 6, 9],
        scores: { history: 2, management: 0, communication: 2 },
        rating: 2,
        words: 'Warm, and in order. What I should do tonight if it gets worse I still do not know.',
      },
    },
    {
      n: 5,
      daysAgo: 12,
      played: 8,
      candidate: tomasz.id,
      actor: hana.id,
      sheet: {
        ticked: [1, 2, 3, 4, 6, 7],
        scores: { history: 3, management: 2, communication: 2 },
        rating: 3,
        words: 'You let me be angry first. Then it was easy to tell you.',
      },
      remarks: [{ by: tomasz.id, words: 'I forgot that it was you. The pause before the tablets was mean, in a good way.', rating: 5 }],
    },
    {
      n: 6,
      daysAgo: 9,
      played: 12,
      candidate: hana.id,
      actor: tomasz.id,
      sheet: {
        ticked: [1, 2, 3, 4, 5, 7, 8],
        scores: { history: 3, management: 1, communication: 3 },
        rating: 3,
        words: 'I felt listened to from the first minute. Say aloud what we do if I cannot go on.',
      },
    },
    {
      n: 7,
      daysAgo: 3,
      played: 20,
      candidate: hana.id,
      actor: leila.id,
      sheet: {
        ticked: [1, 2, 3, 4, 5, 6, 8, 9],
        scores: { history: 2, management: 1, communication: 3 },
        rating: 3,
        words:
          'You said it once, plainly, and then you were quiet. That is the hardest thing, and you did it. The plan came late: I would have liked to know who rings me on Monday.',
      },
      remarks: [
        { by: hana.id, words: 'Your silence was so long that I nearly filled it. Thank you for not helping me.', rating: 5 },
        { by: leila.id, words: 'If you like, we take the telephone one next. You will be good at it.' },
      ],
    },
  ] // prettier-ignore
  const cases = shippedCases()
  for (const round of past) await played(db, round, cases[round.played - 1]!.id, now)
  // Hana shows one to a partner and to her mentor; Amara shows her one, of a case that Hana does not know.
  const shares = [
    { id: shareId(1), session: sessionId(7), person: tomasz.id, address: null, days: 2 },
    { id: shareId(2), session: sessionId(7), person: null, address: priya.email, days: 1 },
    { id: shareId(3), session: '0dec0de0-0000-4000-8000-000000000408', person: null, address: hana.email, days: 0 },
    { id: shareId(4), session: '0dec0de0-0000-4000-8000-000000000409', person: leila.id, address: null, days: 3 },
  ]
  for (const { id, session, person, address, days } of shares)
    await db.query(
      `insert into practice.shares (id, session_id, round, person_id, address, shared_at) values ($1, $2, 1, $3, $4, $5::timestamptz - make_interval(days => $6))`,
      [id, session, person, address, now, days],
    )
}

async function played(
  db: Db,
  { n, daysAgo, candidate, actor, format = 'eight-minute-stations', type = 'mock', ...round }: Past,
  caseId: string,
  now: Date,
) {
  const begins = new Date(now.getTime() - daysAgo * 86_400_000)
  begins.setUTCHours(17, 0, 0, 0)
  const [id, people] = [sessionId(n), [candidate, actor].filter((one) => one !== null)]
  if (actor)
    await db.query(
      `select private.claim($1, 'practice.session', tstzrange($2, $2::timestamptz + interval '1 hour'), $3, array['you_are_busy', 'host_is_busy'])`,
      [id, begins, people],
    )
  await db.query(
    `insert into practice.practice_sessions (id, host_id, guest_id, date, time, type, format, partner, case_id, candidate_id, version, created_at, meeting_id, ended_at)
     values ($1, $2, $3, ($4::timestamptz at time zone 'UTC')::date, ($4::timestamptz at time zone 'UTC')::time, $5, $6, $7, $8, $2, 4,
       $4::timestamptz - interval '3 days', $9, $4::timestamptz + interval '40 minutes')`,
    [id, candidate, actor, begins, type, format, actor ? 'person' : 'nobody', caseId, actor ? id : null],
  )
  await db.query(
    `insert into practice.rounds (session_id, number, case_id, candidate_id, actor_id, plan, reading_at, running_at, marking_at, feedback_at, ended_at)
     select s.id, 1, $2, $3, $4, private.plan_of(s.format, s.type), t, t + interval '90 seconds', t + interval '570 seconds',
       t + interval '690 seconds', t + make_interval(secs => $5)
     from practice.practice_sessions s, lateral (select s.starts_at + interval '2 minutes' as t) begins where s.id = $1`,
    [id, caseId, candidate, actor, round.stopped ?? 1_500],
  )
  const opened = ['candidate_brief', ...(round.stopped ? [] : ['actor_brief', 'condition', 'markscheme'])]
  await db.query(
    `insert into practice.disclosures (session_id, round, person_id, text, opened_at)
     select $1, 1, p, t, $4::timestamptz + interval '15 minutes' from unnest($2::uuid[]) p, unnest($3::text[]) t`,
    [id, people, opened, begins],
  )
  if (round.sheet) await marked(db, id, caseId, actor ?? candidate, round.sheet)
  for (const { by, words, rating = null } of round.remarks ?? [])
    await db.query(
      `insert into practice.remarks (session_id, round, writer_id, words, rating, written_at) values ($1, 1, $2, $3, $4, $5::timestamptz + interval '20 minutes')`,
      [id, by, words, rating, begins],
    )
}

async function marked(db: Db, id: string, caseId: string, marker: string, { ticked, scores, rating, words }: NonNullable<Past['sheet']>) {
  await db.query(
    `insert into practice.sheets (session_id, round, case_id, marker_id, rating, words, submitted_at)
     select session_id, number, case_id, $2, $3, $4, feedback_at - interval '4 seconds' from practice.rounds where session_id = $1`,
    [id, marker, rating, words],
  )
  await db.query(
    `insert into practice.ticks (session_id, round, case_id, item_id, ticked_at)
     select r.session_id, r.number, r.case_id, i.id, r.running_at + make_interval(secs => 20 * i.position)
     from practice.rounds r join practice.checklist_items i on i.case_id = r.case_id
     where r.session_id = $1 and i.case_id = $2 and i.position = any ($3)`,
    [id, caseId, ticked],
  )
  await db.query(
    `insert into practice.scores (session_id, round, domain, points) select $1, 1, key, value::integer from jsonb_each_text($2)`,
    [id, JSON.stringify(scores)],
  )
}
