import { randomUUID } from 'node:crypto'
import { objectsOf, pathOf } from '#platform/files/objects.ts'
import type { TestServer } from '#tests/server.ts'
import { derived } from '../sealed.ts'
import { sessionOf, type Somebody } from './cast.ts'

/** Leaves traces of somebody wherever there can be any, each with their marker: what there is to take along, and to forget. */
export async function lives(
  server: TestServer,
  dataDir: string,
  who: Somebody,
  marker: string,
  other: Somebody,
): Promise<{ file: string }> {
  const { db } = server
  await who.patch('/identity/account', { zone: 'Pacific/Chatham' }, { 'idempotency-key': `account-${marker}` })
  await who.put(`/safety/blocks/${other.id}`, {}, { 'idempotency-key': `block-${marker}` })
  await who.post('/safety/reports', {
    person_id: other.id,
    subject_kind: 'person',
    subject_id: other.id,
    kind: 'other',
    words: `words of ${marker}`,
    context: { id: 'x' },
  })
  await sessionOf(server, who.id, `Mozilla/5.0 ${marker} Firefox/140.0`)
  await db.sql(`update auth.users set raw_user_meta_data = raw_user_meta_data || jsonb_build_object('favourite', $2::text) where id = $1`, [
    who.id,
    marker,
  ])
  await db.sql(
    `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at, secret) values (gen_random_uuid(), $1, $2, 'totp', 'verified', now(), now(), $2)`,
    [who.id, `phone of ${marker}`],
  )
  await db.sql(
    `insert into auth.one_time_tokens (id, user_id, token_type, token_hash, relates_to) values (gen_random_uuid(), $1, 'recovery_token', 'x', $2)`,
    [who.id, who.email],
  )
  await db.sql(
    `insert into auth.flow_state (id, user_id, provider_type, authentication_method, referrer) values (gen_random_uuid(), $1, 'email', 'magiclink', $2)`,
    [who.id, marker],
  )
  await db.sql(
    `insert into identity.passkeys (user_id, credential_id, public_key, counter, backed_up, name) values ($1, $2, '\\x00', 0, true, $3)`,
    [who.id, randomUUID(), `key of ${marker}`],
  )
  await db.sql(
    `insert into identity.invitations (token_hash, role, email, made_by, expires_at) values (sha256($2::text::bytea), 'person', $2, $1, now() + interval '1 day')`,
    [other.id, who.email],
  )
  await db.sql(
    `insert into mail.messages (id, user_id, kind, address, subject, text, html) values (gen_random_uuid(), null, 'sample.x', $1, $2, $2, $2)`,
    [who.email, `mail to ${marker}`],
  )
  await db.sql(`select private.notify($1, 'sample.x', $2)`, [who.id, `notice to ${marker}`])
  await who.patch('/notices/choices', { quiet: { from: '22:00', until: '07:00' } })
  await db.sql(`insert into notices.digests values ($1, current_date)`, [who.id])
  await db.sql(`insert into push.subscriptions (person_id, session_id, endpoint) values ($1, $2, 'https://push.example.test/' || $3)`, [
    who.id,
    who.session,
    marker,
  ])
  await db.sql(`insert into mail.preferences (user_id, kind, wanted) values ($1, 'safety.report-closed', false)`, [who.id])
  for (const whom of [who.id, who.email])
    await db.sql(`insert into identity.attempts (what, whom, whole) values ('code', $1, now() + interval '1 day')`, [
      derived(server.keys.secrets, 'attempts', whom),
    ])
  const file = randomUUID()
  await objectsOf({ dataDir }).put(pathOf(file), [Buffer.from(`picture of ${marker}`)])
  await db.sql(
    `insert into files.objects (id, owner_id, purpose, name, state, mime, size, sha256, object_path, expires_at)
     values ($1, $2, 'avatar', $3, 'clean', 'image/png', 1, repeat('0', 64), $4, now() + interval '1 day')`,
    [file, who.id, `${marker}.png`, pathOf(file)],
  )
  await who.put('/identity/account/avatar', { file_id: file })
  return { file }
}
