import type { Rules } from '#tests/rules/written.ts'

// An answer holds what a person was shown: nobody reads it but its own sender, through the functions.
export const rules: Rules = {
  'operations.answers': { service_role: { select: ['asker', 'created_at'], delete: true } },
  'private.asker()': [],
  'private.answer_once(text,text)': ['authenticated', 'service_role'],
  'private.answer_is(text,text)': ['authenticated', 'service_role'],
  'private.forget_answers(uuid)': ['service_role'],
  'private.answer_given(text)': ['authenticated', 'service_role'],
  'private.system_state()': ['authenticated'],
}
