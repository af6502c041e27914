import type { Cells } from '#tests/rules/cells.ts'

export const cells: Cells = {
  'push.subscriptions': {
    stands: { own: 'person_id = :me' },
    person: { select: ['own'], delete: ['own'] },
    scene: `insert into push.subscriptions (person_id, session_id, endpoint) values
      (:hana, gen_random_uuid(), 'https://push.example.test/hana'), (:jonas, gen_random_uuid(), 'https://push.example.test/jonas')`,
  },
  'push.pokes': {
    stands: {},
    scene: `insert into push.pokes (subscription_id, urgency, until)
      select id, 'soon', now() + interval '1 day' from push.subscriptions where person_id = :hana`,
  },
}
