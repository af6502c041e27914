import * as z from 'zod/mini'

// Words that several operations use.
export const at = z.iso.datetime()
export const day = z.iso.date()
export const id = z.uuid()
export const version = z.int().check(z.minimum(1), z.maximum(2_147_483_647))
export const round = z.int().check(z.minimum(1), z.maximum(2_147_483_647))
export const slug = z.string().check(z.minLength(1), z.maxLength(60))
export const type = z.enum(['mock', 'review'])
export const level = z.enum(['any', 'student', 'foundation', 'core', 'higher'])
export const text = z.enum(['candidate_brief', 'actor_brief', 'condition', 'markscheme'])
export const phase = z.enum(['reading', 'running', 'marking', 'feedback'])
export const role = z.enum(['candidate', 'actor', 'alone'])

export const ofASession = {
  id,
  version,
  starts_at: at,
  minutes: z.int(),
  type,
  format: slug,
  level,
  note: z.string(),
}

/** What somebody saw of the session they act on. */
export const seen = { id, version }
export const changed = z.object({ version })
export const held = { session_not_found: 404, session_is_cancelled: 409, session_has_ended: 409, session_has_changed: 409 } as const
