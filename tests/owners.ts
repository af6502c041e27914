import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { makeLogins, type Passwords } from '#platform/database/logins.ts'
import { asSuperuser, type Cluster } from './cluster.ts'

// Everybody who may own a database of Vivavoce (design, section 3). What holds, must hold under all four.
export const owners = ['superuser', 'creator', 'plain', 'hosted'] as const
export type Owner = (typeof owners)[number]

// A fresh database, not migrated yet, and how its owner and our two logins reach it. A cluster serves one kind of owner at
// a time: roles belong to the cluster, and what sets the four apart is who made anon, authenticated and service_role there.
export async function databaseOf(owner: Owner, cluster: Cluster): Promise<{ url: string; app: string; worker: string }> {
  const database = `${owner}_${randomUUID().slice(0, 8)}`
  const login = await make[owner](cluster, database)
  const url = (login: string) => cluster.url(login, database)
  return { url: url(login), app: url('vivavoce_app'), worker: url('vivavoce_worker') }
}

// Each makes the database and answers who owns it.
const make: Record<Owner, (cluster: Cluster, database: string) => Promise<string>> = {
  async superuser(cluster, database) {
    await asSuperuser(cluster.url(), `create database ${database} ${fast}`)
    return 'vivavoce'
  },

  async creator(cluster, database) {
    await asSuperuser(cluster.url(), roleUnlessThere('creator', 'login createrole'), `create database ${database} owner creator ${fast}`)
    return 'creator'
  },

  // An administrator ran the lines that the owner was shown.
  async plain(cluster, database) {
    await asSuperuser(cluster.url(), roleUnlessThere('plain', 'login'), `create database ${database} owner plain ${fast}`)
    const lines = await linesForAdministrator(cluster.url('plain', database))
    await asSuperuser(cluster.url('vivavoce', database), ...lines)
    return 'plain'
  },

  async hosted(cluster, database) {
    await asSuperuser(cluster.url(), `create database ${database} ${fast}`)
    await asSuperuser(cluster.url('vivavoce', database), await readFile(path.join(import.meta.dirname, 'hosted.sql'), 'utf8'))
    return 'postgres'
  },
}

// Makes room for another kind of owner.
export async function clear(cluster: Cluster): Promise<void> {
  const dropAll = `select format('drop database %I with (force);', datname) as line from pg_database where not datistemplate and datname not in ('vivavoce', 'postgres')
    union all select 'drop role ' || string_agg(quote_ident(rolname), ', ') || ';' from pg_roles where rolname !~ '^(pg_|vivavoce$)' having count(*) > 0`
  const client = new Client({ connectionString: cluster.url() })
  await client.connect()
  try {
    const { rows } = await client.query<{ line: string }>(dropAll)
    for (const { line } of rows) await client.query(line)
  } finally {
    await client.end()
  }
}

// What somebody without the right to make our logins is told, statement by statement; nothing once they exist.
export async function linesForAdministrator(url: string, passwords?: Passwords): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await makeLogins(client, passwords)
    return []
  } catch (error) {
    if (error instanceof CannotStart) return error.message.split('\n').filter((line) => line.startsWith('  '))
    throw error
  } finally {
    await client.end()
  }
}

const fast = 'strategy file_copy' // a third of the time, where nothing is synced to disk

const roleUnlessThere = (name: string, attributes: string) =>
  `do $$ begin if to_regrole('${name}') is null then create role ${name} ${attributes}; end if; end $$`
