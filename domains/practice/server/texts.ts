import { handle } from '#platform/operations/handle.ts'
import * as api from '../api.ts'

/** What a case says within a session. Role and phase decide in private.disclose; what it opened is on record before it leaves. */
export const texts = [
  handle(api.listTexts, async ({ input: { id: session, round }, db }) => ({
    items: (await db.rows('private.disclose', { session, ...(round !== undefined && { round }) })) as Text[],
  })),

  handle(api.readText, async ({ input: { id: session, text, round }, db }) => {
    const [found] = await db.rows('private.disclose', { session, text, ...(round !== undefined && { round }) })
    return found as Text
  }),
]

type Text = { name: 'candidate_brief' | 'actor_brief' | 'condition' | 'markscheme'; words: string }
