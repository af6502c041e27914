import type { Cells } from '#tests/rules/cells.ts'

// Nobody learns that they are blocked or reported, nor by whom: to them the row is foreign, and so it is to administrators.
export const cells: Cells = {
  'safety.blocks': {
    stands: { own: 'blocker_id = :me' },
    person: {
      select: ['own'],
      delete: ['own'],
      insert: [
        {
          as: 'jonas',
          makes: 'own',
          sql: 'insert into safety.blocks (blocked_id) values (:mei)',
          never: [{ sql: 'insert into safety.blocks (blocked_id) values (:jonas)', refusal: 'nobody_blocks_themselves' }],
        },
      ],
    },
    tells: { no_such_person: 'that an id is somebody’s is no secret to whoever has it: it cannot be guessed, and says nothing else' },
  },
  'safety.reports': { stands: { own: 'reporter_id = :me' }, person: { select: ['own'] } },
}
