import type { Rules } from '../rules/written.ts'

export const rules: Rules = {
  'sample.notes': {
    authenticated: {
      select: ['id', 'owner_id', 'title', 'body', 'kind', 'created_at'],
      insert: ['title', 'body', 'kind'],
      update: ['title', 'body', 'kind'],
    },
    service_role: { select: ['id'] },
  },
  'sample.count_notes()': ['authenticated'],
  'sample.role()': ['anon', 'authenticated', 'service_role'],
  'sample.finish(uuid)': ['authenticated'],
  'sample.talks': {},
  'sample.lines': { authenticated: { select: 'every column' } },
  'private.sample_talk(uuid[])': ['authenticated'],
  'private.sample_say(uuid,uuid,text)': ['authenticated'],
  'private.sample_leave(uuid,uuid)': ['authenticated'],
  'private.sample_room(jsonb,timestamp with time zone,timestamp with time zone,integer,jsonb)': ['authenticated'],
  'private.sample_close_room(uuid)': ['authenticated'],
  'private.sample_remove_seat(uuid,uuid)': ['authenticated'],
}
