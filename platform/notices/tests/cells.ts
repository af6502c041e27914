import type { Cells } from '#tests/rules/cells.ts'

export const cells: Cells = {
  'notices.notices': {
    stands: { own: 'person_id = :me' },
    person: { select: ['own'], update: ['own'], set: 'read_at = now()' },
  },
  'notices.choices': {
    stands: { own: 'person_id = :me' },
    person: {
      select: ['own'],
      update: ['own'],
      insert: [{ as: 'jonas', makes: 'own', sql: `insert into notices.choices (push) values (false)` }],
    },
    scene: `insert into notices.choices (person_id, quiet_from, quiet_until) values (:hana, '22:00', '07:00'), (:amara, '23:00', '06:30')`,
  },
  'notices.digests': { stands: {}, scene: `insert into notices.digests values (:hana, current_date)` },
}
