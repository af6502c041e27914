import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'
import { aborted, completed, currentCv, earlierCv, evidence, feedback, job, planned, running } from './demo/words.ts'

type Db = Pick<ClientBase, 'query'>

/** Ifeoma prepares for one job: two CVs, an interview in each state, and the next one in her calendar. */
export async function showInterviews(db: Db, { ifeoma }: Cast, now: Date): Promise<void> {
  await upload(db, ifeoma.id, now)
  await interview(db, ifeoma.id, now)
  await assess(db, now)
}

const id = (kind: number, n: number) => `0dec0de0-0000-4000-8000-0000006${kind}${String(n).padStart(4, '0')}`

// The demo world has rows and no bytes: the files say so themselves, and a link to one is refused.
async function upload(db: Db, person: string, now: Date): Promise<void> {
  for (const { n, name, days, current, text } of [
    { n: 1, name: 'brandt-cv-2022.pdf', days: 19, current: false, text: earlierCv },
    { n: 2, name: 'brandt-cv.pdf', days: 12, current: true, text: currentCv },
  ]) {
    const [file, at] = [id(1, n), [now, days]]
    const path = `${file.slice(0, 2)}/${file.slice(2, 4)}/${file}`
    await db.query(
      `insert into files.objects (id, owner_id, purpose, name, state, length, mime, size, sha256, object_path, created_at, lost_at)
       values ($3, $4, 'cv', $5, 'clean', 48213, 'application/pdf', 48213, encode(sha256(convert_to($5, 'UTF8')), 'hex'), $6,
         $1::timestamptz - make_interval(days => $2), $1::timestamptz)`,
      [...at, file, person, name, path],
    )
    await db.query(
      `insert into interviews.cv_uploads (id, user_id, file_name, storage_path, mime_type, file_size_bytes, uploaded_at, is_current_cv, file_id, cv_text)
       values ($3, $4, $5, $6, 'application/pdf', 48213, $1::timestamptz - make_interval(days => $2), $7, $8, $9)`,
      [...at, id(2, n), person, name, path, current, file, text],
    )
  }
  await db.query(
    `update interviews.profiles set full_name = 'Ifeoma Brandt', years_of_experience = 7, primary_roles_pursued = '{"Senior nurse","Emergency nurse"}',
       key_skills = '{"Triage","Sepsis pathways","Teaching"}', industries_of_interest = '{"Acute hospitals"}',
       created_at = $2::timestamptz - interval '20 days', updated_at = $2::timestamptz - interval '12 days'
     where user_id = $1`,
    [person, now],
  )
}

async function interview(db: Db, person: string, now: Date): Promise<void> {
  await plan(db, person, now)
  const interviews = [
    { n: 1, name: 'Larkfield, first try', ago: '9 days 2 hours', steps: ['in_progress', 'completed'], questions: completed },
    { n: 2, name: 'Larkfield, on the train', ago: '5 days 1 hour', steps: ['in_progress', 'aborted'], questions: aborted },
    { n: 3, name: 'Larkfield, today', ago: '12 minutes', steps: ['in_progress'], questions: running },
    { n: 4, name: 'Larkfield, dress rehearsal', ago: '1 day', steps: [], questions: planned },
  ]
  for (const { n, name, ago, steps, questions } of interviews) {
    await db.query(
      `insert into interviews.interview_sessions (id, user_id, session_name, target_role, key_skills_focused, interview_type, job_description_context,
         requested_num_questions, actual_num_questions, created_at, meeting_id, transcript_agreed_at)
       values ($1, $2, $3, 'Senior nurse, emergency department', '{"Leading a team","Triage"}', 'Behavioral', $4, $5, $6, $7::timestamptz - $8::interval, $9,
         case when $6::integer is not null then $7::timestamptz - $8::interval end)`,
      [id(3, n), person, name, job, questions.length, steps.length ? questions.length : null, now, ago, steps.length ? null : meeting],
    )
    for (const question of questions)
      await db.query(
        `insert into interviews.interview_questions (id, session_id, question_text, question_order, question_type_tag, generated_at, source, source_words)
         values ($1, $2, $3, $4, $5, $6::timestamptz - $7::interval, $8, $9)`,
        [questionId(n, question.n), id(3, n), question.text, question.n, question.tag, now, ago, question.source, question.words],
      )
    for (const status of steps) {
      if (status !== 'in_progress') await answer(db, { n, person, now, ago, questions })
      await db.query(
        `update interviews.interview_sessions set status = $2, started_at = $3::timestamptz - $4::interval,
           completed_at = case when $2 <> 'in_progress' then $3::timestamptz - $4::interval + interval '24 minutes' end
         where id = $1`,
        [id(3, n), status, now, ago],
      )
    }
    if (steps.at(-1) === 'in_progress') await answer(db, { n, person, now, ago, questions })
  }
}

const questionId = (interview: number, question: number) => id(4, interview * 10 + question)
const answerId = (interview: number, question: number, attempt: number) => id(5, interview * 100 + question * 10 + attempt)

type Answering = { n: number; person: string; now: Date; ago: string; questions: typeof completed }

async function answer(db: Db, { n, person, now, ago, questions }: Answering): Promise<void> {
  for (const question of questions)
    for (const [nth, said] of question.answers.entries())
      await db.query(
        `insert into interviews.interview_answers (id, question_id, session_id, user_id, answer_transcript_text, answered_at, attempt)
         values ($1, $2, $3, $4, $5, $6::timestamptz - $7::interval + make_interval(mins => $8), $9)`,
        [answerId(n, question.n, nth + 1), questionId(n, question.n), id(3, n), person, said, now, ago, question.n * 4 + nth, nth + 1],
      )
}

// In two days, at half past some hour: claimed like anything else that is planned.
const meeting = id(7, 1)
async function plan(db: Db, person: string, now: Date): Promise<void> {
  await db.query(
    `select private.claim($1, 'interviews.interview', tstzrange(starts, starts + interval '45 minutes'), array[$2::uuid], array['you_are_busy'])
     from (select date_trunc('hour', $3::timestamptz) + interval '2 days 30 minutes' as starts) planned`,
    [meeting, person, now],
  )
  await db.query(`update scheduling.meetings set planned_at = $2::timestamptz - interval '1 day' where id = $1`, [meeting, now])
}

async function assess(db: Db, now: Date): Promise<void> {
  const { overall_summary, strengths_feedback, areas_for_improvement_feedback, actionable_suggestions, overall_score_qualitative } =
    feedback
  const rests = evidence.map(({ question, attempt, judgement, quote }) => ({ answer_id: answerId(1, question, attempt), judgement, quote }))
  await db.query(
    `insert into interviews.ai_feedback (id, session_id, user_id, overall_summary, strengths_feedback, areas_for_improvement_feedback,
       actionable_suggestions, overall_score_qualitative, feedback_generated_at, evidence)
     select $1, s.id, s.user_id, $2, $3, $4, $5, $6, $7::timestamptz - interval '9 days 90 minutes', $8
     from interviews.interview_sessions s where s.id = $9`,
    [
      id(6, 1),
      overall_summary,
      strengths_feedback,
      areas_for_improvement_feedback,
      actionable_suggestions,
      overall_score_qualitative,
      now,
      JSON.stringify(rests),
      id(3, 1),
    ],
  )
}
