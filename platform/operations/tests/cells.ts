import type { Cells } from '#tests/rules/cells.ts'

// An answer is given again to whoever asks the same once more, through the function: nobody reads it here, the server neither.
export const cells: Cells = {
  'operations.answers': {
    stands: {},
    scene: `insert into operations.answers (asker, key, fingerprint, body) values (:amara, 'one', 'print', 'words')`,
  },
}
