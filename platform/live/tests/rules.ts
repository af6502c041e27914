import type { Rules } from '#tests/rules/written.ts'

// Nobody emits but functions of domains, which are the owner's; nobody reads but by a cursor.
export const rules: Rules = {
  'live.topics': { service_role: { select: 'every column' } },
  'live.members': { service_role: { select: 'every column' } },
  'live.events': { service_role: { select: 'every column' } },
  'live.waiting': {},
  'live.epochs': { service_role: { select: 'every column' } },
  'private.emit(uuid,text,jsonb)': [],
  'private.emit_to(uuid[],text,jsonb)': [],
  'private.emit_what_waits()': [],
  'private.open_topic(uuid,text,uuid[])': [],
  'private.join_topic(uuid,uuid[])': [],
  'private.leave_topic(uuid,uuid[])': [],
  'private.close_topic(uuid)': [],
  'private.drop_topic(uuid)': [],
  'private.members_changed(uuid)': [],
  'private.iso(timestamp with time zone)': [],
  'private.live_since(uuid[],bigint[])': ['authenticated'],
  'private.sweep_events(integer)': ['service_role'],
  'private.erase_live(uuid)': ['service_role'],
  'private.live_was_restored()': [],
}
