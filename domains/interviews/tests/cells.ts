import type { Cells } from '#tests/rules/cells.ts'

// All of it is the applicant's alone: nothing is shared with anybody, and administrators are nobody here.
const own = 'user_id = :me'

export const cells: Cells = {
  'interviews.profiles': {
    stands: { own },
    person: {
      select: ['own'],
      update: ['own'],
      set: `key_skills = '{"Listening"}'`,
      insert: [
        {
          as: 'mateo',
          makes: 'own',
          sql: `insert into interviews.profiles (user_id, full_name) values (:mateo, 'Mateo Quiroga')`,
          never: [
            `insert into interviews.profiles (user_id, cv_text_content) values (:mateo, 'a life of his own')`,
            `insert into interviews.profiles (user_id) values (:ifeoma)`,
          ],
        },
      ],
    },
  },
  'interviews.cv_uploads': { stands: { own }, person: { select: ['own'] } },
  'interviews.interview_sessions': { stands: { own }, person: { select: ['own'] } },
  'interviews.interview_questions': {
    stands: { own: 'session_id in (select id from interviews.interview_sessions where user_id = :me)' },
    person: { select: ['own'] },
  },
  'interviews.interview_answers': { stands: { own }, person: { select: ['own'] } },
  'interviews.ai_feedback': { stands: { own }, person: { select: ['own'] } },
}
