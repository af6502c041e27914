import { wallOf } from '#platform/scheduling/time.ts'
import { controls } from '#platform/rooms/web/tests/scene.ts'
import type { TestDatabase } from '#tests/database.ts'
import type { Marked, Medic } from './journey-scene.ts'

// What every journey has: from Today to a seat, and from the seat into the room.

/** From Today to an offer that begins in some minutes, with how they appear. */
export async function offers(sql: Sql, who: Medic): Promise<string> {
  const zone = (await sql<{ zone: string }>('select zone from identity.accounts where user_id = $1', [who.id]))[0]!.zone
  const { day, clock } = wallOf(new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 300_000).toISOString(), zone)
  await who.page.goto('/today')
  await who.press('Find a partner', 'link')
  await who.press('Offer a session', 'link')
  await who.fill('Where you are in your training', 'Foundation year 1')
  await who.page.getByLabel('Day', { exact: true }).fill(day) // no step: by day it stands there; in the late evening people offer for tomorrow, as the form does
  await who.fill('Begins at', clock)
  await who.page.getByLabel('Format').selectOption({ label: 'Short' })
  await who.press('Offer the session')
  return (await who.page.getByLabel('Link').inputValue()).split('/').at(-1)!
}

export async function takes(who: Medic, host: string): Promise<void> {
  await who.page.goto('/today')
  await who.press('Find a partner', 'link')
  await who.press(new RegExp(host), 'link')
  await who.fill('Where you are in your training', 'Core trainee')
  await who.press('Take the seat')
}

export async function goesIn(who: Medic): Promise<void> {
  await who.press('Check in and go to the room')
  await throughTheDoor(who)
}

export async function throughTheDoor(who: Medic): Promise<void> {
  const ask = who.page.getByRole('button', { name: 'Use camera and microphone' })
  const go = who.page.getByRole('button', { name: 'Go in', exact: true })
  await ask.or(go).first().waitFor()
  if (await ask.isVisible()) await who.on(ask)
  await who.on(go)
  await controls(who.page).waitFor()
}

type Session = { version: number; room: string }
export const read = async (who: Medic, session: string) => (await who.get(`/practice/sessions/${session}`)).body as unknown as Session
export const roomOf = async (who: Medic, session: string) => (await read(who, session)).room

export async function caseOf(sql: Sql, cases: readonly Marked[], session: string, round: number): Promise<Marked> {
  const [row] = await sql<{ case_id: string }>('select case_id from practice.rounds where session_id = $1 and number = $2', [
    session,
    round,
  ])
  return cases.find(({ id }) => id === row!.case_id)!
}

type Sql = TestDatabase['sql']
