import type { Rules } from '#tests/rules/written.ts'

// A notice is written through the function alone.
export const rules: Rules = {
  'notices.notices': {
    authenticated: { select: 'every column', update: ['read_at'] },
    service_role: { select: 'every column', delete: true },
  },
  'notices.choices': {
    authenticated: {
      select: 'every column',
      insert: ['push', 'quiet_from', 'quiet_until'],
      update: ['push', 'quiet_from', 'quiet_until'],
    },
    service_role: { select: 'every column', delete: true },
  },
  'notices.digests': { service_role: { select: 'every column', delete: true } },
  'private.notify(uuid,text,text,text,text,text)': ['service_role'],
  'private.tell(uuid,text,text,text,text)': ['service_role'],
  'private.told_is_heard()': [],
  'private.may_be_poked(uuid)': [],
  'private.try_me()': ['authenticated'],
  'private.hand_on(uuid)': ['service_role'],
  'private.quiet_until(uuid,timestamp with time zone)': ['service_role'],
  'private.is_quiet(uuid,timestamp with time zone)': ['service_role'],
  'private.digests_due(timestamp with time zone)': ['service_role'],
  'private.take_digest(uuid,date)': ['service_role'],
}
