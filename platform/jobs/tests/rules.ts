import type { Rules } from '#tests/rules/written.ts'

export const rules: Rules = {
  'jobs.queued': { service_role: { select: 'every column' } },
  'jobs.dead_letters': {
    service_role: { select: 'every column', insert: ['id', 'name', 'data', 'code', 'attempts', 'queued_at'], delete: true },
  },
  'private.enqueue(text,jsonb,timestamp with time zone,text)': ['authenticated', 'service_role'],
  'private.take_queued(integer)': ['service_role'],
  'jobs.counted': {},
  'private.note_jobs(jsonb)': ['service_role'],
  'private.jobs_at_work()': ['authenticated'],
  'private.failed_jobs()': ['authenticated'],
  'private.retry_job(uuid)': ['authenticated'],
}
