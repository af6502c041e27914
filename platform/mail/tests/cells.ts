import type { Cells } from '#tests/rules/cells.ts'

// A mail lies with the server, also from the one it goes to: its links let people in.
export const cells: Cells = {
  'mail.preferences': {
    stands: { own: 'user_id = :me' },
    person: {
      select: ['own'],
      update: ['own'],
      insert: [
        {
          as: 'jonas',
          makes: 'own',
          sql: `insert into mail.preferences (kind, wanted) values ('practice.seat-taken', false)`,
          never: [`insert into mail.preferences (kind, wanted, user_id) values ('practice.seat-taken', false, :mei)`],
        },
      ],
    },
    scene: `insert into mail.preferences (user_id, kind, wanted) values (:amara, 'safety.report-closed', false), (:robin, 'safety.report-closed', true)`,
  },
  'mail.messages': {
    stands: {},
    scene: `insert into mail.messages (id, user_id, kind, address, subject, text, html)
      values (gen_random_uuid(), :amara, 'identity.confirm', 'amara@vivavoce.test', 'Welcome', 'words', 'words')`,
  },
}
