import type { Cells } from '#tests/rules/cells.ts'

// With whom somebody meets is for the domain to show.
export const cells: Cells = {
  'scheduling.meetings': {
    stands: { shared: 'id in (select meeting_id from scheduling.commitments where person_id = :me)' },
    person: { select: ['shared'] },
    scene: `select private.claim('0dec0de0-0000-4000-8000-0000000000f2', 'practice.session', tstzrange(now() + interval '300 days', now() + interval '300 days 1 hour'),
      array[:amara, :jonas], array['you_are_busy', 'they_are_busy'])`,
  },
  'scheduling.commitments': {
    stands: { own: 'person_id = :me' },
    person: { select: ['own'] },
    unused: { commitments_begin_idx: 'for the server alone, which looks each minute who is to be reminded (private.coming_reminders)' },
  },
  'scheduling.released': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'scheduling.feeds': {
    stands: { own: 'person_id = :me' },
    person: {
      select: ['own'],
      delete: ['own'],
    },
    scene: `insert into scheduling.feeds (person_id, id, token_hash)
      values (:hana, gen_random_uuid(), sha256('of hana')), (:jonas, gen_random_uuid(), sha256('of jonas'))`,
  },
  'scheduling.choices': {
    stands: { own: 'person_id = :me' },
    person: {
      select: ['own'],
      update: ['own'],
      set: 'hour_before = not hour_before',
      insert: [{ as: 'robin', makes: 'own', sql: 'insert into scheduling.choices (day_before) values (false)' }],
    },
    scene: `insert into scheduling.choices (person_id, day_before) values (:hana, false), (:jonas, true)`,
  },
  'scheduling.reminded': {
    stands: {},
    scene: `insert into scheduling.reminded (meeting_id, person_id, lead, starts_at)
      select meeting_id, person_id, 10, lower(during) from scheduling.commitments limit 3`,
  },
  'scheduling.invited': {
    stands: {},
    scene: `insert into scheduling.invited (meeting_id, person_id, sequence, cancelled)
      select meeting_id, person_id, 0, false from scheduling.commitments limit 3`,
  },
}
