import { type TestDatabase, someone } from '#tests/database.ts'

// Mentors and mentees of tests, made by the owner as they would make themselves.

type Offer = Partial<{
  timezone: string
  lengths: number[]
  start_every: number
  notice_minutes: number
  horizon_days: number
  buffer_before: number
  buffer_after: number
  hourly_rate: number
  is_active: boolean
}>

export async function aMentor(db: TestDatabase, name: string, offer: Offer = {}) {
  const person = await someone(db, name)
  await db.sql(`insert into mentoring.profiles (user_id, email, full_name, role) values ($1, $2, $3, 'mentor')`, [
    person.id,
    `${name}.${person.id}@example.test`,
    name,
  ])
  const columns = { user_id: person.id, timezone: 'Europe/London', is_active: true, notice_minutes: 0, ...offer }
  await db.sql(
    `insert into mentoring.mentor_profiles select (jsonb_populate_record(
       (select row (null, '', '{}', '{}', 0, 'GBP', 'UTC', '{}', '{}', null, false, null, '{30,60}', 30, 720, 60, 0, 0, now(), now())::mentoring.mentor_profiles), $1)).*`,
    [JSON.stringify(columns)],
  )
  return person
}

/** Every day of the week, round the clock. */
export const alwaysOpen = (db: TestDatabase, mentor: { id: string }) =>
  db.sql(
    `insert into mentoring.mentor_availability_rules (mentor_user_id, weekday, start_minute, end_minute) select $1, w, 0, 1440 from generate_series(1, 7) w`,
    [mentor.id],
  )
