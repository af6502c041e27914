import type { ClientBase } from 'pg'
import type { Character } from '../cast.ts'

/** Confirmed accounts of grown-ups, the first of them two months old. Without a password: they are entered by one click, or not at all. */
export async function openAccounts(db: Pick<ClientBase, 'query'>, people: readonly Character[], now: Date): Promise<void> {
  await db.query(
    `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, recovery_token,
       email_change_token_new, email_change, raw_app_meta_data, raw_user_meta_data, is_super_admin, created_at, updated_at)
     select '00000000-0000-0000-0000-000000000000', id, 'authenticated', 'authenticated', email, '', since, '', '', '', '',
       '{"provider": "email", "providers": ["email"]}', jsonb_build_object('name', name, 'adult', true), false, since, since
     from rows from (jsonb_to_recordset($1) as (id uuid, email text, name text)) with ordinality as p (id, email, name, nth),
       lateral (select $2::timestamptz - make_interval(days => 60 - 4 * nth::integer) as since) as joined`,
    [JSON.stringify(people), now],
  )
  await db.query(
    `insert into auth.identities (id, provider_id, user_id, provider, identity_data, created_at, updated_at)
     select u.id, u.id, u.id, 'email',
       jsonb_build_object('sub', u.id, 'email', u.email, 'email_verified', true, 'phone_verified', false), u.created_at, u.created_at
     from auth.users u`,
  )
  await db.query(
    `update identity.accounts a set zone = p.zone, adult_declared_at = u.created_at, created_at = u.created_at
     from jsonb_to_recordset($1) as p (id uuid, zone text) join auth.users u using (id) where a.user_id = p.id`,
    [JSON.stringify(people)],
  )
}
