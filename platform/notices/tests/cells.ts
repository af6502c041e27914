import type { Cells } from '#tests/rules/cells.ts'

export const cells: Cells = {
  'notices.notices': {
    stands: { own: 'person_id = :me' },
    person: { select: ['own'], update: ['own'], set: 'read_at = now()' },
  },
}
