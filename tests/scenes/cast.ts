import type { BrowserContext } from 'playwright-core'
import { parts } from '#app/domains.ts'
import { cast } from '#platform/demo/cast.ts'
import { loadDemo } from '#platform/demo/load.ts'
import { hashOf, newWord } from '#platform/identity/cookies.ts'
import { hashOfWord } from '#platform/identity/word.ts'
import { sessionOf } from '#platform/identity/tests/cast.ts'
import type { TestServer } from '#tests/server.ts'
import { linkTheGroups } from './practice-groups-set.ts'

/** Who looks at a page: nobody we know; Robin, who is new; Hana, who has been here for a while; Hana before her second factor; Daniel, who is leaving; Priya, a mentor whose mentees live elsewhere; Ruth, who administrates. */
export type Who = 'stranger' | 'newcomer' | 'person' | 'half' | 'leaver' | 'mentor' | 'administrator'

const idOf = {
  newcomer: cast.robin.id,
  person: cast.hana.id,
  half: cast.hana.id,
  leaver: cast.daniel.id,
  mentor: cast.priya.id,
  administrator: cast.ruth.id,
}

/** In the links of an invitation, and of the mail to somebody who is leaving. */
export const word = 'of-the-scenes'

/** The demo world, and what it does not tell. */
export async function setTheStage(server: TestServer): Promise<void> {
  const { db } = server
  await loadDemo(db.url(), parts)
  await linkTheGroups(server)
  await db.sql(
    `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret)
     values (gen_random_uuid(), $1, 'Phone', 'totp', 'verified', now() - interval '9 days', now(), 'sealed')`,
    [idOf.person],
  )
  await db.sql(
    `insert into identity.passkeys (user_id, credential_id, public_key, counter, backed_up, name) values ($1, 'a-key', '\\x00', 0, true, 'Laptop')`,
    [idOf.person],
  )
  await sessionOf({ db } as TestServer, idOf.person, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0')
  await db.sql(
    `insert into identity.exports (user_id, for_id, requested_at, ready_at, expires_at, bytes)
     values ($1, $1, now() - interval '2 days', now() - interval '2 days', now() + interval '5 days', 184320)`,
    [idOf.person],
  )
  await db.sql(
    `insert into identity.deletions (id, user_id, requested_by, erases_at, cancel_hash) values (gen_random_uuid(), $1, $1, now() + interval '11 days', $2)`,
    [idOf.leaver, hashOfWord(word)],
  )
  await db.sql(
    `insert into identity.invitations (token_hash, role, made_by, expires_at) values ($1, 'person', $2, now() + interval '6 days')`,
    [hashOfWord(word), idOf.administrator],
  )
  await db.sql(
    `insert into jobs.dead_letters (id, name, data, code, attempts, queued_at)
     values (gen_random_uuid(), 'mail.send', '{}', 'mail_server_away', 12, now() - interval '1 day')`,
  )
  for (const [title, body, leadsTo] of notices)
    await db.sql(`select private.notify($1, 'scenes.told', $2, $3, $4)`, [idOf.person, title, body, leadsTo])
}

const notices = [
  ['Your report was closed', 'Somebody has looked at it.', '/account/people'],
  ['The copy of your data is ready', 'It can be fetched for a week.', '/account/data'],
  ['A new device signed in', 'If that was not you, sign it out.', '/account/sessions'],
]

/** Lets them in by a cookie, as their proof would have. */
export async function signIn(context: BrowserContext, who: Who, server: TestServer): Promise<void> {
  if (who === 'stranger') return
  const session = await sessionOf(server, idOf[who], chrome)
  if (who !== 'half') await server.db.sql(`update auth.sessions set aal = 'aal2' where id = $1`, [session])
  const cookie = newWord()
  await server.db.sql(
    `insert into identity.browser_sessions (token_hash, session_id, user_id, expires_at) values ($1, $2, $3, now() + interval '90 days')`,
    [hashOf(cookie), session, idOf[who]],
  )
  await context.addCookies([{ name: 'vivavoce', value: cookie, url: server.address, httpOnly: true, sameSite: 'Strict' }])
}
const chrome = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/153.0.0.0 Safari/537.36'
