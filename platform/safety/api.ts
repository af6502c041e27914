import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'

const at = z.iso.datetime()

export const block = operation({
  method: 'PUT',
  path: '/safety/blocks/:id',
  summary: 'Block a person: neither of us meets the other here any more. They are not told',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { no_such_person: 404, nobody_blocks_themselves: 422 },
})

export const unblock = operation({
  method: 'DELETE',
  path: '/safety/blocks/:id',
  summary: 'Unblock a person. What was cut between us stays cut',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { not_blocked: 404 },
})

export const listBlocks = operation({
  method: 'GET',
  path: '/safety/blocks',
  summary: 'Whom I block, latest first',
  output: z.object({ blocks: z.array(z.object({ person_id: z.uuid(), name: z.string(), blocked_at: at })) }),
})

const kind = z.enum(['harassment', 'threat', 'sexual', 'hate', 'spam', 'impersonation', 'unsafe_advice', 'privacy', 'other'])
const state = z.enum(['open', 'in_work', 'closed'])
const decision = z.enum(['nothing_found', 'warned', 'removed', 'suspended', 'passed_on'])
const reported = {
  id: z.uuid(),
  subject_kind: z.string(),
  subject_id: z.string(),
  kind,
  words: z.string(),
  state,
  reported_at: at,
  closed_at: z.nullable(at),
}

export const report = operation({
  method: 'POST',
  path: '/safety/reports',
  summary: 'Report a person, or something that was said or shown. They do not learn who it was',
  input: z.object({
    person_id: z.optional(z.uuid()),
    subject_kind: z.string().check(z.maxLength(60), z.regex(/^[a-z]+(\.[a-z-]+)?$/)),
    subject_id: z.string().check(z.minLength(1), z.maxLength(200)),
    kind,
    words: z._default(z.string().check(z.maxLength(2_000)), ''),
    context: z.optional(z.record(z.string().check(z.maxLength(40)), z.string().check(z.maxLength(100)))),
  }),
  output: z.object({ id: z.uuid() }),
  refusals: { no_such_person: 404, nobody_reports_themselves: 422, too_many_reports: 409, context_holds_ids: 422 },
  limit: 20,
})

export const listMyReports = operation({
  method: 'GET',
  path: '/safety/reports',
  summary: 'What I reported, latest first',
  input: z.object(paging),
  output: pageOf(z.object(reported)),
})

export const listReports = operation({
  method: 'GET',
  path: '/safety/queue',
  summary: 'Reports to work through, longest waiting first; for administrators, and that they looked is recorded',
  recorded: true,
  input: z.object({ ...paging, state: z._default(state, 'open') }),
  output: pageOf(
    z.object({
      ...reported,
      reporter_id: z.uuid(),
      reported_id: z.nullable(z.uuid()),
      context: z.record(z.string(), z.string()),
      taken_by: z.nullable(z.uuid()),
      decision: z.nullable(decision),
      reason: z.nullable(z.string()),
    }),
  ),
  refusals: { administrators_only: 403 },
})

export const takeReport = operation({
  method: 'PUT',
  path: '/safety/queue/:id',
  summary: 'Take a report to work on it',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { administrators_only: 403, no_such_report: 404, report_taken: 409, report_about_you: 403 },
})

export const closeReport = operation({
  method: 'POST',
  path: '/safety/queue/:id/closing',
  summary: 'Close a report that I took, with what was decided and why',
  input: z.object({ id: z.uuid(), decision, reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(500)) }),
  output: nothing,
  refusals: { administrators_only: 403, not_in_your_hands: 409, reason_needed: 422, reason_names_them: 422 },
})
