import { after } from 'node:test'
import { sql, type RawBuilder } from 'kysely'
import { database, type Acting, type Database } from '#platform/database/acting.ts'
import { connect } from '#platform/database/connections.ts'
import type { Role } from '#platform/database/roles.ts'
import { someone, type TestDatabase } from '#tests/database.ts'

export type Person = Awaited<ReturnType<typeof someone>>

/** What somebody asks of the database, and what they get. */
export const asking =
  (on: Database) =>
  <Row extends object = Record<string, unknown>>(acting: Acting<Role>, query: RawBuilder<unknown> | string): Promise<Row[]> =>
    on.write(acting, async (tx) => (await (typeof query === 'string' ? sql.raw(query) : query).execute(tx)).rows as Row[])

export const refused = (name: string) => ({ constraint: name })
export const notAllowed = { code: '42501' }

export async function aPatient(db: TestDatabase, name: string): Promise<Person> {
  const person = await someone(db, name)
  await asking(db.database)(person.acting, sql`insert into care.profiles (id, full_name) values (${person.id}::uuid, ${name})`)
  return person
}

export async function aDoctor(db: TestDatabase, name: string): Promise<Person> {
  const person = await someone(db, name)
  await asking(db.database)(
    person.acting,
    sql`insert into care.profiles (id, full_name, role) values (${person.id}::uuid, ${name}, 'doctor')`,
  )
  return person
}

export async function anAdministrator(db: TestDatabase): Promise<Person> {
  const person = await someone(db, 'ruth')
  await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [person.id])
  return person
}

export async function askToBeVerified(db: TestDatabase, doctor: Person, name = 'Leila Haddad', license = 'A-1'): Promise<number> {
  const [row] = await asking(db.database)<{ id: string }>(
    doctor.acting,
    sql`select private.ask_for_verification(${name}, ${license}, 'Register of Tests') as id`,
  )
  return Number(row!.id)
}

export async function aVerifiedDoctor(db: TestDatabase, administrator: Person, name: string): Promise<Person> {
  const doctor = await aDoctor(db, name)
  const request = await askToBeVerified(db, doctor, name)
  await asking(db.database)(
    administrator.acting,
    sql`select private.verify_doctor(${request}::bigint, 'Entry seen online', now() + interval '1 year', 'papers in order')`,
  )
  return doctor
}

export async function asked(db: TestDatabase, patient: Person, doctor: Person): Promise<number> {
  const [row] = await asking(db.database)<{ link: string }>(patient.acting, sql`select private.ask_doctor(${doctor.id}::uuid) as link`)
  return Number(row!.link)
}

/** An active link, and its conversation. */
export async function linked(db: TestDatabase, patient: Person, doctor: Person): Promise<{ link: number; conversation: number }> {
  const link = await asked(db, patient, doctor)
  await asking(db.database)(doctor.acting, sql`select private.accept_patient(${link}::bigint)`)
  const [row] = await db.sql<{ id: string }>('select id from care.conversations where patient_id = $1 and doctor_id = $2', [
    patient.id,
    doctor.id,
  ])
  return { link, conversation: Number(row!.id) }
}

export const send = (conversation: number, clientId: string, body: string | null, files: readonly string[] = []) =>
  sql`select * from private.send_message(${conversation}::bigint, ${clientId}::uuid, ${body}::text, ${[...files]}::uuid[])`

export const statusOf = async (db: TestDatabase, link: number): Promise<string> =>
  (await db.sql<{ status: string }>('select status from care.patient_doctor_links where id = $1', [link]))[0]!.status

export const block = (db: TestDatabase, blocker: Person, blocked: Person) =>
  asking(db.database)(blocker.acting, sql`insert into safety.blocks (blocked_id) values (${blocked.id}::uuid)`)
export const unblock = (db: TestDatabase, blocker: Person, blocked: Person) =>
  asking(db.database)(blocker.acting, sql`delete from safety.blocks where blocked_id = ${blocked.id}::uuid`)

/** So many connections at once. */
export function aCrowd(db: TestDatabase, many = 50): ReturnType<typeof asking> {
  const pools = connect({ app: db.url('vivavoce_app'), worker: db.url('vivavoce_worker'), most: many, prepare: true, onLost: () => {} })
  after(() => pools.close())
  return asking(database(pools))
}

/** 'done', or the name of the refusal; anything else fails the test. */
export const outcome = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: { code?: string; constraint?: string }) => {
      if (error.constraint && (error.code === 'VV001' || error.code === '23505')) return error.constraint
      throw error
    },
  )

export const tally = (outcomes: readonly string[]) =>
  Object.fromEntries(Object.entries(Object.groupBy(outcomes, (o) => o)).map(([o, all]) => [o, all!.length]))
