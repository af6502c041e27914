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
  'sample.talks': { stands: {}, scene: `insert into sample.talks (id) values ('0dec0de0-0000-4000-8000-00000000ca11')` },
  'sample.lines': {
    stands: { own: 'sender_id = :me' },
    person: { select: ['own'] },
    scene: `insert into sample.lines (talk_id, client_id, sender_id, words)
      select '0dec0de0-0000-4000-8000-00000000ca11', gen_random_uuid(), p, 'Hello' from unnest(array[:amara, :jonas]::uuid[]) p`,
  },
}
