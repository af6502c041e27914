import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'
import { shippedCases } from '../content/ship.ts'

const groupId = (n: number) => `0dec0de0-0000-4000-8000-0000000006${String(n).padStart(2, '0')}`

/** Leila teaches a group, and Hana, who is in it, one of her own. Without links: those follow from a key that is not in the database. */
export async function teach(db: Pick<ClientBase, 'query'>, { amara, jonas, hana, tomasz, leila }: Cast, now: Date): Promise<void> {
  const [, , results, , thirsty, choir, , , next] = shippedCases().map(({ id }) => id)
  const groups = [
    {
      id: groupId(1),
      teacher: leila.id,
      name: 'Thursday evening group',
      words: 'One case a week, before we meet. Play it with each other rather than alone.',
      people: [amara.id, hana.id, tomasz.id],
      assigned: [
        { case: thirsty, days: 4, words: 'Mind what you do not ask.' },
        { case: results, days: 11, words: 'For the silence after the word. Read it again afterwards.' },
      ],
    },
    {
      id: groupId(2),
      teacher: hana.id,
      name: 'Final-year study circle',
      words: '',
      people: [amara.id, jonas.id],
      assigned: [
        { case: choir, days: 2, words: '' },
        { case: next, days: 9, words: '' },
      ],
    },
  ]
  for (const { id, teacher, name, words, people, assigned } of groups) {
    await db.query(
      `insert into practice.groups (id, teacher_id, name, words, made_at) values ($1, $2, $3, $4, $5::timestamptz - interval '30 days')`,
      [id, teacher, name, words, now],
    )
    await db.query(
      `insert into practice.group_members (group_id, person_id, joined_at)
       select $1, p, $3::timestamptz - interval '27 days' from unnest($2::uuid[]) p`,
      [id, people, now],
    )
    await db.query(
      `insert into practice.assignments (id, group_id, case_id, due_on, words, assigned_at)
       select overlay($1::uuid::text placing lpad(a.nth::text, 4, '0') from 25 for 4)::uuid, $1, a."case", $3::timestamptz::date + a.days, a.words, $3::timestamptz - interval '10 days'
       from rows from (jsonb_to_recordset($2) as ("case" uuid, days integer, words text)) with ordinality as a ("case", days, words, nth)`,
      [id, JSON.stringify(assigned), now],
    )
  }
}
