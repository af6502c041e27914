import * as z from 'zod/mini'
import { operation, pageOf, paging } from '#platform/operations/operation.ts'

const forAdministrators = { administrators_only: 403 } as const

export const readAudit = operation({
  method: 'GET',
  path: '/audit/entries',
  summary: 'Who did what, latest first; for administrators, and that they read it is recorded',
  recorded: true,
  input: z.object({
    ...paging,
    cursor: z.optional(z.string().check(z.regex(/^\d{1,15}$/))),
    /** In full, or a part's name for all of its acts. */
    act: z.optional(z.string().check(z.maxLength(100), z.regex(/^[a-z]+(\.[a-z0-9-]+)?$/))),
    person: z.optional(z.uuid()),
  }),
  output: pageOf(
    z.object({
      id: z.int(),
      at: z.iso.datetime(),
      actor: z.nullable(z.uuid()),
      actor_name: z.nullable(z.string()),
      role: z.string(),
      action: z.string(),
      subject_kind: z.string(),
      subject_id: z.string(),
      subject_name: z.nullable(z.string()),
      reason: z.nullable(z.string()),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  refusals: forAdministrators,
})

export const verifyAudit = operation({
  method: 'POST',
  path: '/audit/verification',
  summary: 'Reckon a stretch of the audit’s chain again; for administrators. `next` goes on where it ended, and is null at the end',
  input: z.object({
    from: z.optional(z.string().check(z.maxLength(200))),
    /** A head that was noted earlier: whether the chain leads there. */
    noted: z.optional(z.string().check(z.maxLength(80), z.regex(/^\d{1,15}:[0-9a-f]{64}$/))),
  }),
  output: z.object({
    sealed: z.int(),
    head: z.string(),
    next: z.nullable(z.string()),
    broken: z.nullable(
      z.object({
        position: z.int(),
        because: z.enum(['entry_changed', 'entry_missing', 'seal_missing', 'order_changed', 'written_anew']),
      }),
    ),
    waiting: z.int(),
  }),
  refusals: { ...forAdministrators, no_such_stretch: 422 },
})
