import * as z from 'zod/mini'
import { operation, pageOf, paging } from '#platform/operations/operation.ts'
import { at, id, round, slug, type, phase, role } from './values.ts'

// What I have played

export const listRounds = operation({
  method: 'GET',
  path: '/practice/rounds',
  summary: 'What I have played, as whom and how far, latest first: also in sessions whose seat I have left',
  input: z.object({ ...paging, session: z.optional(id) }),
  output: pageOf(
    z.object({
      session_id: id,
      round,
      case_id: id,
      case_name: z.string(),
      type,
      format: slug,
      role,
      reached: phase,
      reading_at: at,
      ended_at: z.nullable(at),
    }),
  ),
})
