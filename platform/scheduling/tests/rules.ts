import type { Rules } from '#tests/rules/written.ts'

// Nobody writes but by the functions of domains, which run as the owner and so need no grant of these.
export const rules: Rules = {
  'scheduling.meetings': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'scheduling.commitments': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.my_meetings()': ['authenticated'],
  'private.lock_persons(uuid[])': [],
  'private.refuse_the_busy(uuid,tstzrange,uuid[],text[])': [],
  'private.claim(uuid,text,tstzrange,uuid[],text[],timestamp with time zone)': [],
  'private.move(uuid,tstzrange,uuid[],text[])': [],
  'private.release(uuid,uuid[])': [],
  'private.busy_spans(uuid,tstzrange)': [],
  'private.erase_scheduling(uuid)': ['service_role'],
}
