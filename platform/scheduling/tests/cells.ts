import type { Cells } from '#tests/rules/cells.ts'

// With whom somebody meets is for the domain to show.
export const cells: Cells = {
  'scheduling.meetings': {
    stands: { shared: 'id in (select meeting_id from scheduling.commitments where person_id = :me)' },
    person: { select: ['shared'] },
    scene: `select private.claim('0dec0de0-0000-4000-8000-0000000000f2', 'practice.session', tstzrange(now() + interval '300 days', now() + interval '300 days 1 hour'),
      array[:amara, :jonas], array['you_are_busy', 'they_are_busy'])`,
  },
  'scheduling.commitments': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
}
