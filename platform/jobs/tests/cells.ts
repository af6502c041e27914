import type { Cells } from '#tests/rules/cells.ts'

// Administrators see numbers and names of jobs, through the functions.
export const cells: Cells = {
  'jobs.queued': { stands: {}, scene: `insert into jobs.queued (name, data) values ('mail.send', '{}')` },
  'jobs.dead_letters': {
    stands: {},
    service: {
      insert: `insert into jobs.dead_letters (id, name, data, code, attempts, queued_at) values (gen_random_uuid(), 'mail.send', '{}', 'gone', 3, now())`,
    },
    scene: `insert into jobs.dead_letters (id, name, data, code, attempts, queued_at) values (gen_random_uuid(), 'mail.send', '{}', 'gone', 3, now())`,
  },
  'jobs.counted': { stands: {}, scene: `insert into jobs.counted (jobs) values ('[]')` },
}
