import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '#tests/database.ts'

// Set by the owner, step by step as drawn: nothing is born completed.

export const persona = {
  name: 'Walter Greaves',
  age: 67,
  opens_with: 'It is only a cough.',
  manner: 'Dry.',
  worries: ['what his brother died of'],
  holds_back: ['he smokes again'],
}

export const scenarioWays = { draft: [], published: ['published'], retired: ['published', 'retired'] } as const
export const sessionWays = {
  preparing: [],
  speaking: ['speaking'],
  assessing: ['speaking', 'assessing'],
  completed: ['speaking', 'assessing', 'completed'],
  abandoned: ['abandoned'],
  removed: ['abandoned', 'removed'],
} as const
export const subscriptionWays = {
  pending: [],
  active: ['active'],
  past_due: ['active', 'past_due'],
  cancelled: ['active', 'cancelled'],
  ended: ['ended'],
} as const

export async function scenarioIn(db: TestDatabase, author: string, status: keyof typeof scenarioWays = 'published'): Promise<string> {
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into speaking.scenarios (title, description, patient_persona, clinical_area, target_profession, difficulty_level, created_by_admin_id, status)
     values ('A cough', 'You are a doctor.', $1, 'respiratory', 'doctor', 'standard', $2, 'draft') returning id`,
    [JSON.stringify(persona), author],
  )
  for (const step of scenarioWays[status]) await db.sql('update speaking.scenarios set status = $2 where id = $1', [id, step])
  return id
}

export async function sessionIn(db: TestDatabase, person: string, scenario: string, status: keyof typeof sessionWays): Promise<string> {
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into speaking.sessions (user_id, scenario_id, status, transcript_agreed_at) values ($1, $2, 'preparing', now()) returning id`,
    [person, scenario],
  )
  for (const step of sessionWays[status]) {
    if (step === 'completed') await reportOn(db, id)
    await db.sql('update speaking.sessions set status = $2 where id = $1', [id, step])
  }
  return id
}

const transcript = `Patient: It is only a cough.
Candidate: What do you worry about?
Patient: My brother. It’s what he died of.`

export const evidence = [{ criterion: 'Understanding', judgement: 'An open question.', quote: 'What do you worry about?' }]

export type Report = { transcript: string; ai_summary: string; score_raw: number; strengths: string; areas: string; evidence: unknown }
export async function reportOn(db: TestDatabase, session: string, rest: Partial<Report> = {}): Promise<string> {
  const report = { transcript, ai_summary: 'Short.', score_raw: 24, strengths: 'You asked.', areas: 'Say less.', evidence, ...rest }
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into speaking.feedback_reports (session_id, transcript, ai_summary, score_raw, strengths, areas_for_improvement, evidence)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [session, report.transcript, report.ai_summary, report.score_raw, report.strengths, report.areas, JSON.stringify(report.evidence)],
  )
  return id
}

export async function subscriptionIn(db: TestDatabase, person: string, status: keyof typeof subscriptionWays): Promise<string> {
  const id = randomUUID()
  await db.sql(
    `insert into speaking.subscriptions (id, user_id, plan_name, status, stripe_customer_id, current_period_start, current_period_end)
     values ($1, $2, 'monthly', 'pending', 'cus_1', now(), now() + interval '30 days')`,
    [id, person],
  )
  for (const step of subscriptionWays[status]) await db.sql('update speaking.subscriptions set status = $2 where id = $1', [id, step])
  return id
}

export const takeStock = (db: TestDatabase, person: string, { day = '2026-11-20', count = 1, average = 24, topics = '["opening"]' } = {}) =>
  db.sql(
    `insert into speaking.user_progress_snapshots (user_id, snapshot_date, average_score, sessions_completed_count, strengths_topics) values ($1, $2, $3, $4, $5)`,
    [person, day, average, count, topics],
  )
