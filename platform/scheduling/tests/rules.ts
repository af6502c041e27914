import type { Rules } from '#tests/rules/written.ts'

const choice = ['day_before', 'hour_before', 'ten_minutes']

// Nobody writes time but by the functions of domains, which run as the owner and so need no grant of these.
export const rules: Rules = {
  'scheduling.meetings': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'scheduling.commitments': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'scheduling.released': {
    authenticated: { select: ['meeting_id', 'person_id', 'during', 'sequence', 'released_at'] },
    service_role: { select: ['meeting_id', 'person_id', 'during', 'sequence', 'released_at'] },
  },
  'scheduling.feeds': {
    authenticated: { select: ['person_id', 'id', 'made_at', 'fetched_at'], delete: true },
    service_role: { select: ['person_id', 'made_at', 'fetched_at'] },
  },
  'scheduling.choices': {
    authenticated: { select: 'every column', insert: choice, update: choice },
    service_role: { select: 'every column' },
  },
  'scheduling.reminded': { service_role: { select: 'every column' } },
  'scheduling.invited': { service_role: { select: 'every column' } },
  'private.my_meetings()': ['authenticated'],
  'private.my_calendar(tstzrange)': ['authenticated'],
  'private.others_are_free(uuid,tstzrange)': ['authenticated'],
  'private.lock_persons(uuid[])': [],
  'private.refuse_the_busy(uuid,tstzrange,uuid[],text[])': [],
  'private.claim(uuid,text,tstzrange,uuid[],text[],timestamp with time zone)': [],
  'private.move(uuid,tstzrange,uuid[],text[])': [],
  'private.release(uuid,uuid[])': [],
  'private.finish(uuid)': [],
  'private.busy_spans(uuid,tstzrange)': [],
  'private.tell_whom_it_concerns()': [],
  'private.queue_invitations(uuid,uuid[])': [],
  'private.make_feed(uuid,bytea)': ['authenticated'],
  'private.person_of_feed(bytea)': ['service_role'],
  'private.note_feed(bytea)': ['service_role'],
  'private.coming_reminders()': ['service_role'],
  'private.note_reminder(uuid,uuid,integer,timestamp with time zone)': ['service_role'],
  'private.note_invitation(uuid,uuid)': ['service_role'],
  'private.sweep_scheduling(integer)': ['service_role'],
  'private.erase_scheduling(uuid)': ['service_role'],
}
