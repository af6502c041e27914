import type { Rules } from '#tests/rules/written.ts'

// A report is written through the function alone, and worked on through two more.
export const rules: Rules = {
  'safety.blocks': {
    authenticated: { select: 'every column', insert: ['blocked_id'], delete: true },
    service_role: { select: 'every column', delete: true },
  },
  'private.my_blocked()': ['authenticated', 'service_role'],
  'private.my_blocks()': ['authenticated'],
  'safety.reports': {
    authenticated: {
      select: ['id', 'reporter_id', 'subject_kind', 'subject_id', 'kind', 'words', 'state', 'reported_at', 'closed_at'],
    },
    service_role: { select: 'every column', update: ['words', 'context', 'reason', 'told_at'] },
  },
  'private.report(text,text,text,text,jsonb,uuid)': ['authenticated'],
  'private.reports_to_work(text)': ['authenticated'],
  'private.take_report(uuid)': ['authenticated'],
  'private.close_report(uuid,text,text)': ['authenticated'],
  'private.erase_safety(uuid)': ['service_role'],
}
