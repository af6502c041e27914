import type { Rules } from '#tests/rules/written.ts'

// A notice is written through the function alone.
export const rules: Rules = {
  'notices.notices': {
    authenticated: { select: 'every column', update: ['read_at'] },
    service_role: { select: 'every column', delete: true },
  },
  'private.tell(uuid,text,text,text,text)': ['service_role'],
}
