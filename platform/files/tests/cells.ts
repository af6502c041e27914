import type { Cells } from '#tests/rules/cells.ts'

// Whoever else may have a file gets it by a link, never by its row.
export const cells: Cells = {
  'files.objects': {
    stands: { own: 'owner_id = :me' },
    person: { select: ['own'] },
    scene: `insert into files.objects (owner_id, purpose, name, length, expires_at)
      values (:amara, 'avatar', 'me.png', 9, now() + interval '1 day'), (:robin, 'avatar', 'me.png', 9, now() + interval '1 day')`,
  },
}
