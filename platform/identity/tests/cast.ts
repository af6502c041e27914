import { randomUUID } from 'node:crypto'
import { tokenFor, type TestServer } from '#tests/server.ts'

// A named person with an account, signed in, who calls our operations.
export type Somebody = {
  id: string
  name: string
  email: string
  session: string
  get: Ask
  post: Ask
  put: Ask
  patch: Ask
  remove: Ask
}
type Ask = (path: string, input?: Record<string, unknown>, headers?: Record<string, string>) => Promise<Answer>
export type Answer = { status: number; code?: string; body: never }

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

export async function somebody(server: TestServer, name: string, { email = emailOf(name), confirmed = true } = {}): Promise<Somebody> {
  const id = randomUUID()
  await server.db.sql(
    `insert into auth.users (id, instance_id, aud, role, email, email_confirmed_at, encrypted_password, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
     values ($1, '00000000-0000-0000-0000-000000000000', 'authenticated', 'authenticated', $2, case when $4 then now() end, 'a hash', '{}',
       jsonb_build_object('name', $3::text, 'adult', true), now(), now())`,
    [id, email, name, confirmed],
  )
  await server.db.sql(
    `insert into auth.identities (provider_id, user_id, provider, identity_data, created_at) values ($1, $2, 'email', jsonb_build_object('sub', $1::text, 'email', $3::text), now())`,
    [id, id, email],
  )
  const session = await sessionOf(server, id, firefox)
  return { id, name, email, session, ...callsOf(server, await tokenFor(server.keys, id, { session_id: session, email })) }
}

export async function sessionOf({ db }: TestServer, userId: string, userAgent: string): Promise<string> {
  const id = randomUUID()
  await db.sql(
    `insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip) values ($1, $2, now(), now(), 'aal1', $3, '192.0.2.7')`,
    [id, userId, userAgent],
  )
  await db.sql('insert into auth.refresh_tokens (token, user_id, session_id, revoked) values ($1, $2, $3, false)', [
    randomUUID(),
    userId,
    id,
  ])
  return id
}

/** Made an administrator as the operator does it. */
export async function administrator(server: TestServer, name: string): Promise<Somebody> {
  const made = await somebody(server, name)
  await server.db.sql('select private.appoint($1)', [made.email])
  return made
}

export function callsOf({ address }: TestServer, token?: string): Pick<Somebody, 'get' | 'post' | 'put' | 'patch' | 'remove'> {
  const ask =
    (method: string): Ask =>
    async (path, input = {}, headers = {}) => {
      const bodied = !['GET', 'DELETE'].includes(method)
      const query = bodied ? '' : `?${new URLSearchParams(input as Record<string, string>).toString()}`
      const answer = await fetch(`${address}/api${path}${query}`, {
        method,
        headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json', ...headers },
        ...(bodied ? { body: JSON.stringify(input) } : {}),
      })
      const body = (await answer.json()) as { code?: string }
      return { status: answer.status, ...(body.code === undefined ? {} : { code: body.code }), body: body as never }
    }
  return { get: ask('GET'), post: ask('POST'), put: ask('PUT'), patch: ask('PATCH'), remove: ask('DELETE') }
}

const emailOf = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}.${randomUUID().slice(0, 8)}@example.test`

/** The refusal's name, or what was answered. */
export const saidTo = async (answer: Promise<Answer>): Promise<string | number> => {
  const { status, code } = await answer
  return code ?? status
}
