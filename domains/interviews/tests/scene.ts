import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '#tests/database.ts'

// Set by the owner, step by step as drawn.

export const words = 'Led the change to a sepsis checklist. Mentored eleven students.'
export const job = 'You lead a team of eight. You speak up when something is not safe.'

/** A finished upload that nobody has claimed yet, without its bytes. */
export async function uploadOf(db: TestDatabase, person: string, { purpose = 'cv', state = 'clean' } = {}): Promise<string> {
  const id = randomUUID()
  await db.sql(
    `insert into files.objects (id, owner_id, purpose, name, state, length, mime, size, sha256, object_path, expires_at)
     values ($1, $2, $3, 'cv.pdf', $4, 9, 'application/pdf', 9, repeat('0', 64), $5, now() + interval '1 day')`,
    [id, person, purpose, state, `${id.slice(0, 2)}/${id}`],
  )
  return id
}

export type Cv = {
  current?: boolean
  text?: string | null
  kind?: string | null
  bytes?: number | null
  file?: string | null
  path?: string
}
export async function cvOf(db: TestDatabase, person: string, cv: Cv = {}): Promise<string> {
  const { current = true, text = null, kind = 'application/pdf', bytes = 9, file = null, path = randomUUID() } = cv
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into interviews.cv_uploads (user_id, file_name, storage_path, mime_type, file_size_bytes, is_current_cv, cv_text, file_id)
     values ($1, 'cv.pdf', $2, $3, $4, $5, $6, $7) returning id`,
    [person, path, kind, bytes, current, text, file],
  )
  return id
}

export const ways = {
  pending: [],
  in_progress: ['in_progress'],
  completed: ['in_progress', 'completed'],
  aborted: ['aborted'],
} as const

export async function interviewOf(db: TestDatabase, person: string, status: keyof typeof ways = 'in_progress'): Promise<string> {
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into interviews.interview_sessions (user_id, job_description_context, transcript_agreed_at) values ($1, $2, now()) returning id`,
    [person, job],
  )
  for (const step of ways[status]) await db.sql('update interviews.interview_sessions set status = $2 where id = $1', [id, step])
  return id
}

export type Question = { order?: number; source?: string; words?: string | null; text?: string }
export async function questionIn(db: TestDatabase, interview: string, question: Question = {}): Promise<string> {
  const { order = 1, source = 'bank', words = null, text = 'Why us?' } = question
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into interviews.interview_questions (session_id, question_text, question_order, source, source_words) values ($1, $2, $3, $4, $5) returning id`,
    [interview, text, order, source, words],
  )
  return id
}

export type Answer = { attempt?: number; said?: string | null; sound?: string | null }
export async function answerTo(
  db: TestDatabase,
  question: string,
  interview: string,
  person: string,
  answer: Answer = {},
): Promise<string> {
  const { attempt = 1, said = 'I do it. I say: here is the number.', sound = null } = answer
  const [{ id } = { id: '' }] = await db.sql<{ id: string }>(
    `insert into interviews.interview_answers (question_id, session_id, user_id, attempt, answer_transcript_text, audio_file_id, audio_storage_path)
     values ($1, $2, $3, $4, $5, $6::uuid, $6::text) returning id`,
    [question, interview, person, attempt, said, sound],
  )
  return id
}

export const feedbackOn = (db: TestDatabase, interview: string, person: string, evidence: unknown, score = 'Good') =>
  db.sql(
    `insert into interviews.ai_feedback (session_id, user_id, overall_summary, overall_score_qualitative, evidence) values ($1, $2, 'Short.', $3, $4)`,
    [interview, person, score, JSON.stringify(evidence)],
  )

/** An interview that is over, with one answer to its one question. */
export async function completedOf(db: TestDatabase, person: string): Promise<{ interview: string; question: string; answer: string }> {
  const interview = await interviewOf(db, person)
  const question = await questionIn(db, interview)
  const answer = await answerTo(db, question, interview, person)
  await db.sql(`update interviews.interview_sessions set status = 'completed' where id = $1`, [interview])
  return { interview, question, answer }
}
