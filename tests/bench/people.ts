import { randomBytes, randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type pg from 'pg'
import { hashOf, newWord } from '#platform/identity/cookies.ts'
import { hashOfToken } from '#platform/identity/sessions.ts'

// People who can sign in, have a cookie, or come back with a refresh token: put where identity would have put them, as making
// them one by one would take longer than the bench.
export const password = 'seven-oysters-in-a-kettle'

export async function givePasswords(client: pg.Client): Promise<void> {
  const hashed = await hash(password, { algorithm: 2, memoryCost: 7_168, timeCost: 5, parallelism: 1 })
  await client.query('update auth.users set encrypted_password = $1, email_confirmed_at = now()', [hashed])
}

/** A cookie for each of them. */
export async function giveCookies(client: pg.Client, people: string[]): Promise<string[]> {
  const words = people.map(newWord)
  const sessions = people.map(() => randomUUID())
  await client.query(
    `insert into auth.sessions (id, user_id, aal, created_at, updated_at)
     select id, user_id, 'aal1', now(), now() from unnest($1::uuid[], $2::uuid[]) as given (id, user_id)`,
    [sessions, people],
  )
  await client.query(
    `insert into identity.browser_sessions (token_hash, session_id, user_id, expires_at)
     select word, id, user_id, now() + interval '1 day' from unnest($1::bytea[], $2::uuid[], $3::uuid[]) as given (word, id, user_id)`,
    [words.map(hashOf), sessions, people],
  )
  return words
}

/** So many refresh tokens, each of a session of its own. */
export async function giveRefreshTokens(client: pg.Client, people: string[], count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
  await client.query(
    `with given as (select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as given (id, user_id, token)),
       sessions as (insert into auth.sessions (id, user_id, aal, created_at, updated_at) select id, user_id, 'aal1', now(), now() from given)
     insert into auth.refresh_tokens (instance_id, token, user_id, session_id, revoked, parent, created_at, updated_at)
     select '00000000-0000-0000-0000-000000000000', token, user_id, id, false, '', now(), now() from given`,
    [tokens.map(() => randomUUID()), tokens.map((_, at) => people[at % people.length]), tokens.map(hashOfToken)],
  )
  return tokens
}
