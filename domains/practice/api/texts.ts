import * as z from 'zod/mini'
import { operation } from '#platform/operations/operation.ts'
import { id, round, text } from './values.ts'

// What a case says. Reading is on record, so these reads are acts; nothing of them is kept anywhere.

export const readable = { session_not_found: 404, not_yet: 403, not_your_role: 403 } as const

export const listTexts = operation({
  method: 'GET',
  path: '/practice/sessions/:id/texts',
  summary: 'Every text that my role may read in this phase, of my latest round or of that one',
  recorded: true,
  input: z.object({ id, round: z.optional(round) }),
  output: z.object({ items: z.array(z.object({ name: text, words: z.string() })) }),
  refusals: { session_not_found: 404 },
})

export const readText = operation({
  method: 'GET',
  path: '/practice/sessions/:id/texts/:text',
  summary: 'One text, or why I may not read it',
  recorded: true,
  input: z.object({ id, text, round: z.optional(round) }),
  output: z.object({ name: text, words: z.string() }),
  refusals: readable,
})
