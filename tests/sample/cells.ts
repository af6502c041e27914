import type { Cells } from '../rules/cells.ts'

export const cells: Cells = {
  'sample.notes': {
    stands: { own: 'owner_id = :me', shared: `kind = 'shared'` },
    person: {
      select: ['own', 'shared'],
      update: ['own'],
      insert: [{ as: 'amara', makes: 'own', sql: `insert into sample.notes (title) values ('A new one')` }],
    },
    scene: `insert into sample.notes (owner_id, title, kind) values (:amara, 'Hers', 'private'), (:jonas, 'His', 'private'), (:jonas, 'Ours', 'shared')`,
  },
}
