import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'
import { onTheCough, onTheCoughAgain, onTheInhaler, onTheInsulin, onTheLetter, type Report } from './demo/reports.ts'
import { scenarios, theCough, theFever, theInhaler, theInsulin, theLetter, type Scenario } from './demo/scenarios.ts'

type Db = Pick<ClientBase, 'query'>

/** Amara, a doctor, has prepared for weeks; Hana, a nurse, for days. Ruth, who must administrate by now, wrote the scenarios. */
export async function showSpeaking(db: Db, cast: Cast, now: Date): Promise<void> {
  await introduce(db, cast)
  await write(db, cast, now)
  await speak(db, cast, now)
  await step(db, 'scenarios', 'retired', scenarios) // after somebody spoke in it
  await takeStock(db, cast, now)
  await subscribe(db, cast, now)
  await record(db, cast, now)
}

async function introduce(db: Db, { amara, hana, priya }: Cast): Promise<void> {
  await db.query(
    `update speaking.members m set created_at = u.created_at, updated_at = u.created_at, profession = p.profession
     from auth.users u left join (values ($1::uuid, 'doctor'), ($2, 'nurse'), ($3, 'physiotherapist')) as p (id, profession) on p.id = u.id
     where u.id = m.user_id`,
    [amara.id, hana.id, priya.id],
  )
}

async function write(db: Db, { ruth }: Cast, now: Date): Promise<void> {
  await db.query(
    `insert into speaking.scenarios (id, title, description, patient_persona, clinical_area, target_profession, difficulty_level, is_ai_generated,
       created_by_admin_id, created_at, status)
     select id, title, description, patient_persona, clinical_area, target_profession, difficulty_level, is_ai_generated,
       $2, $3::timestamptz - make_interval(days => days_ago), 'draft'
     from jsonb_to_recordset($1) as s (id uuid, title text, description text, patient_persona jsonb, clinical_area text, target_profession text,
       difficulty_level text, is_ai_generated boolean, days_ago integer)`,
    [JSON.stringify(scenarios), ruth.id, now],
  )
  await step(db, 'scenarios', 'published', scenarios)
}

type Session = {
  id: string
  user_id: string
  scenario_id: string
  ago: string
  seconds: number | null
  agreed: boolean
  steps: string[]
  report?: Report
}

// One in each state; those that are completed with their report.
async function speak(db: Db, { amara, hana }: Cast, now: Date): Promise<void> {
  const session = (n: number, person: { id: string }, scenario: Scenario, ago: string, rest: Partial<Session>): Session => ({
    id: `0dec0de0-0000-4000-8000-0000005020${String(n).padStart(2, '0')}`,
    user_id: person.id,
    scenario_id: scenario.id,
    ago,
    seconds: null,
    agreed: true,
    steps: [],
    ...rest,
  })
  const completed = (seconds: number, report: Report) => ({ seconds, report, steps: ['speaking', 'assessing', 'completed'] })
  const sessions = [
    session(1, amara, theLetter, '18 days 3 hours', completed(281, onTheLetter)),
    session(2, amara, theInsulin, '15 days 5 hours', completed(312, onTheInsulin)),
    session(3, amara, theInsulin, '13 days 2 hours', { seconds: 64, steps: ['speaking', 'abandoned'] }),
    session(4, amara, theCough, '9 days 4 hours', completed(305, onTheCough)),
    session(5, amara, theCough, '3 days 2 hours', completed(334, onTheCoughAgain)),
    session(6, amara, theInsulin, '2 days 1 hour', { agreed: false, steps: ['abandoned', 'removed'] }),
    session(7, amara, theInsulin, '40 minutes', { seconds: 298, steps: ['speaking', 'assessing'] }),
    session(8, hana, theInhaler, '8 days 6 hours', completed(287, onTheInhaler)),
    session(9, hana, theFever, '26 hours', { seconds: 120, steps: ['speaking', 'abandoned'] }),
    session(10, hana, theFever, '4 minutes', { steps: ['speaking'] }),
    session(11, amara, theCough, '1 minute', { agreed: false }),
  ]
  await db.query(
    `insert into speaking.sessions (id, user_id, scenario_id, status, duration_seconds, created_at, transcript_agreed_at)
     select id, user_id, scenario_id, 'preparing', seconds, $2::timestamptz - ago, case when agreed then $2::timestamptz - ago end
     from jsonb_to_recordset($1) as s (id uuid, user_id uuid, scenario_id uuid, ago interval, seconds integer, agreed boolean)`,
    [JSON.stringify(sessions), now],
  )
  for (const status of ['speaking', 'abandoned', 'assessing']) await step(db, 'sessions', status, sessions)
  await db.query(
    `insert into speaking.feedback_reports (id, session_id, transcript, ai_summary, score_raw, strengths, areas_for_improvement, created_at, evidence)
     select r.id, s.id, r.transcript, r.ai_summary, r.score_raw, r.strengths, r.areas_for_improvement,
       $2::timestamptz - s.ago + make_interval(secs => s.seconds) + interval '20 seconds', r.evidence
     from jsonb_to_recordset($1) as s (id uuid, ago interval, seconds integer, report jsonb),
       jsonb_to_record(s.report) as r (id uuid, transcript text, ai_summary text, score_raw integer, strengths text, areas_for_improvement text, evidence jsonb)`,
    [JSON.stringify(sessions.filter(({ report }) => report)), now],
  )
  for (const status of ['completed', 'removed']) await step(db, 'sessions', status, sessions)
}

// As drawn, one step after the other: nothing is born completed.
async function step(db: Db, table: 'scenarios' | 'sessions', status: string, rows: { id: string; steps: string[] }[]): Promise<void> {
  await db.query(
    table === 'scenarios'
      ? 'update speaking.scenarios set status = $1 where id = any ($2)'
      : 'update speaking.sessions set status = $1 where id = any ($2)',
    [status, rows.filter(({ steps }) => steps.includes(status)).map(({ id }) => id)],
  )
}

async function takeStock(db: Db, { amara, hana }: Cast, now: Date): Promise<void> {
  await db.query(
    `insert into speaking.user_progress_snapshots (id, user_id, snapshot_date, average_score, sessions_completed_count, strengths_topics, created_at)
     select id, person, ($3::timestamptz at time zone 'UTC')::date - days_ago, average, completed, topics, $3::timestamptz - make_interval(days => days_ago)
     from (values
       ('0dec0de0-0000-4000-8000-000000504001'::uuid, $1::uuid, 18, 22, 1, '["clear language"]'::jsonb),
       ('0dec0de0-0000-4000-8000-000000504002', $1, 15, 23.5, 2, '["relationship"]'),
       ('0dec0de0-0000-4000-8000-000000504003', $1, 9, 25, 3, '["relationship", "understanding the patient"]'),
       ('0dec0de0-0000-4000-8000-000000504004', $1, 3, 26.5, 4, '["relationship", "understanding the patient", "gathering information"]'),
       ('0dec0de0-0000-4000-8000-000000504005', $2, 8, 27, 1, '["clear language", "relationship"]')
     ) as p (id, person, days_ago, average, completed, topics)`,
    [amara.id, hana.id, now],
  )
}

// Nothing is charged in the demo world; so there is no provider that knows them.
async function subscribe(db: Db, { amara, hana }: Cast, now: Date): Promise<void> {
  const subscriptions = [
    { n: 1, person: amara.id, begun: 20, ends: -10, steps: ['active'] },
    { n: 2, person: hana.id, begun: 11, ends: -19, steps: ['ended'] },
    { n: 3, person: hana.id, begun: 8, ends: -22, steps: ['active', 'cancelled'] },
  ]
  for (const { n, person, begun, ends, steps } of subscriptions) {
    const id = `0dec0de0-0000-4000-8000-00000050500${n}`
    await db.query(
      `insert into speaking.subscriptions (id, user_id, plan_name, status, current_period_start, current_period_end, created_at, updated_at)
       values ($1, $2, 'monthly', 'pending', $3::timestamptz - make_interval(days => $4), $3::timestamptz - make_interval(days => $5),
         $3::timestamptz - make_interval(days => $4), $3::timestamptz - make_interval(days => $4))`,
      [id, person, now, begun, ends],
    )
    for (const [nth, status] of steps.entries())
      await db.query(
        `update speaking.subscriptions set status = $2, updated_at = created_at + make_interval(hours => $3)
         where id = $1`,
        [id, status, nth + 1],
      )
  }
}

async function record(db: Db, { ruth }: Cast, now: Date): Promise<void> {
  const acts = scenarios.flatMap(({ id, steps, days_ago }, nth) =>
    steps.map((to, at) => ({ nth: nth * 2 + at, id, to, days_ago: days_ago - at * 7 })),
  )
  await db.query(
    `insert into speaking.audit_logs (id, admin_id, action, target_entity_id, details, ip_address, "timestamp")
     select ('0dec0de0-0000-4000-8000-0000005060' || lpad(nth::text, 2, '0'))::uuid, $2, 'speaking.scenario-' || "to", id,
       jsonb_build_object('to', "to"), '192.0.2.0/24', $3::timestamptz - make_interval(days => days_ago)
     from jsonb_to_recordset($1) as a (nth integer, id uuid, "to" text, days_ago integer)`,
    [JSON.stringify(acts), ruth.id, now],
  )
}
