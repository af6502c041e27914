// On a hosted Supabase project the schema `auth` is Supabase's and stays as it is; everywhere else we make one like it.
import path from 'node:path'
import type { ClientBase } from 'pg'

export const shimFolder = path.join(import.meta.dirname, 'shim')

// Ours bears the comment that shim/2026-11-20-00-auth.sql gives it.
export async function authIsForeign(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from pg_namespace where nspname = 'auth'
     and not (pg_has_role(nspowner, 'usage') and coalesce(obj_description(oid, 'pg_namespace'), '') like 'Made by Vivavoce:%')`,
  )
  return rowCount === 1
}
