import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'

const wishId = (n: number) => `0dec0de0-0000-4000-8000-0000000007${String(n).padStart(2, '0')}`
const hour = 3_600_000

/** Hana has said when she could; with Amara a session is proposed for one of these times, and in another one somebody's seat is free. She waits for a seat, too. */
export async function wishAndWait(db: Pick<ClientBase, 'query'>, { amara, hana, tomasz }: Cast, now: Date): Promise<void> {
  const full = Math.floor(now.getTime() / hour) * hour
  const wishes = [
    { id: wishId(1), person: amara.id, hours: 8 * 24 + 2, length: 5, format: null },
    { id: wishId(2), person: hana.id, hours: 8 * 24 + 1, length: 4, format: 'eight-minute-stations' },
    { id: wishId(3), person: hana.id, hours: 6 * 24, length: 4, format: null },
    { id: wishId(4), person: tomasz.id, hours: 12 * 24, length: 3, format: 'twenty-minute-encounters' },
  ]
  for (const { id, person, hours, length, format } of wishes) {
    const from = full + hours * hour
    await db.query(
      `insert into practice.wishes (id, person_id, during, minutes, type, format, level, created_at)
       values ($1, $2, tstzrange($3, $4), 60, 'mock', $5, 'any', $6::timestamptz - interval '3 hours')`,
      [id, person, new Date(from), new Date(from + length * hour), format, now],
    )
  }
  await db.query(
    `insert into practice.proposals (id, wish_id, other_wish_id, starts_at, minutes, format, level, made_at, agreed_at)
     values ('0dec0de0-0000-4000-8000-0000000007f1', $1, $2, $3, 60, 'eight-minute-stations', 'any', $4::timestamptz - interval '2 hours', $4::timestamptz - interval '1 hour')`,
    [wishId(1), wishId(2), new Date(full + (8 * 24 + 2) * hour), now],
  )
  await db.query(
    `insert into practice.askings (person_id, other_id, during)
     select least(a.person_id, b.person_id), greatest(a.person_id, b.person_id), a.during * b.during from practice.wishes a, practice.wishes b
     where a.id = $1 and b.id = $2`,
    [wishId(1), wishId(2)],
  )
  await db.query(
    `insert into practice.seat_waits (session_id, person_id, since)
     select s.id, $2, $3::timestamptz - interval '1 hour' from practice.practice_sessions s where s.host_id = $1 and s.guest_id is not null and s.starts_at > $3`,
    [amara.id, hana.id, now],
  )
}
