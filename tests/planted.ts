import { after } from 'node:test'
import pg from 'pg'
import { loadDemo } from '#platform/demo/load.ts'
import { freshDatabase } from './database.ts'

export type Planted = <T>(sql: string, look: (owner: pg.Client) => Promise<T>) => Promise<T>

/** A fresh database, and a way to look at it as the owner after something was planted, which is taken back. */
export async function plantable({ demo }: { demo: boolean }): Promise<{ owner: pg.Client; planted: Planted }> {
  const db = await freshDatabase()
  if (demo) {
    await db.sql(tablesOfGoTrue)
    const { parts } = await import('#app/domains.ts') // the whole server, which the catalogue can do without
    await loadDemo(db.url(), parts)
  }
  const owner = new pg.Client({ connectionString: db.url() })
  owner.on('error', () => {}) // its database is dropped under it
  await owner.connect()
  after(() => owner.end())
  const planted: Planted = async (sql, look) => {
    try {
      await owner.query(`begin; ${sql}`)
      return await look(owner)
    } finally {
      await owner.query('rollback')
    }
  }
  return { owner, planted }
}

// The hosted stand-in (hosted.sql) has no table of GoTrue's but the accounts. The demo world and one scene write to these too.
const tablesOfGoTrue = `
  create table if not exists auth.identities (
    id uuid primary key, provider_id text, user_id uuid, provider text, identity_data jsonb, created_at timestamptz, updated_at timestamptz);
  create table if not exists auth.sessions (
    id uuid primary key, user_id uuid, aal text, created_at timestamptz, updated_at timestamptz, refreshed_at timestamp, not_after timestamptz);
  create table if not exists auth.mfa_factors (id uuid primary key, user_id uuid, status text);
  do $$ begin
    if to_regrole('supabase_admin') is not null then grant select, update on auth.identities, auth.sessions, auth.mfa_factors to postgres; end if;
  end $$`
