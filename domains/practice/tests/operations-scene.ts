import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { callsOf, type Answer } from '#platform/identity/tests/cast.ts'
import { someone } from '#tests/database.ts'
import { freshServer, tokenFor } from '#tests/server.ts'
import { theatre } from './scene.ts'

// The theatre of scene.ts, with people who come over HTTP.
export type Caller = ReturnType<typeof callsOf> & { id: string; name: string; token: string }
/** Whatever an answer holds. */
export type Body = Record<string, unknown> & {
  id: string
  version: number
  items: (Record<string, unknown> & { id: string })[]
  next: string | null
  alternatives: Record<string, unknown>[]
}

export async function stage() {
  const server = await freshServer()
  const { aCase, later, version } = await theatre(server.db)

  /** Somebody with an account, who appears here unless said otherwise. */
  const person = async (name: string, { appears = true } = {}): Promise<Caller> => {
    const { id } = await someone(server.db, name.toLowerCase().replaceAll(' ', '.'))
    const token = await tokenFor(server.keys, id)
    const caller = { id, name, token, ...callsOf(server, token) }
    if (appears) await done(caller.put('/practice/profile', { first_name: name, last_name: 'of the stage', training_level: 'student' }))
    return caller
  }
  const stranger = callsOf(server)

  // Whole minutes, else one that ends as another begins would end a second later.
  const start = Math.ceil(Date.now() / 60_000) * 60_000
  const inMinutes = (minutes: number) => new Date(start + minutes * 60_000).toISOString()

  const offer = async (host: Caller, minutes: number, more: Record<string, unknown> = {}) =>
    (await done(host.post('/practice/offers', { starts_at: inMinutes(minutes), minutes: 60, type: 'mock', format: 'short', ...more }))).id

  /** `act(bo, 'post', session, 'beginning')`: with the version it has now. */
  const act = async (who: Caller, how: 'post' | 'put', session: string, what: string, more: Record<string, unknown> = {}) =>
    who[how](`/practice/sessions/${session}/${what}`, { version: await version(session), ...more })
  const take = async (who: Caller, session: string) => who.post(`/practice/offers/${session}/guest`, { version: await version(session) })

  return { server, person, stranger, aCase, later, version, inMinutes, offer, act, take }
}

/** What was answered, where it was no refusal. */
export async function done(answer: Promise<Answer>): Promise<Body> {
  const { status, body }: { status: number; body: Body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

/** A refusal, as its name and status. */
export async function no(answer: Promise<Answer>): Promise<string> {
  const { status, code } = await answer
  return `${status} ${code}`
}

export const nobody = randomUUID()
