// The roles that policies name, and our two logins that may become them. Roles belong to the whole cluster, and making
// them takes rights that a migrating owner may lack: then an administrator is told the very lines we would have run.
import { Client, DatabaseError } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { verifier, verifies } from './scram.ts'

export type Passwords = { app: string; worker: string }

export async function makeLogins(client: Client, passwords?: Passwords): Promise<void> {
  const ours = [...(await missingRoles(client, passwords)), ...(await missingMemberships(client))]
  const theirs = await missingRights(client)
  if (theirs.length > 0) throw askAdministrator(client, [...ours, ...theirs])
  if (ours.length === 0) return
  try {
    await client.query(ours.join('\n'))
  } catch (error) {
    if (codeOf(error) === insufficientPrivilege) throw askAdministrator(client, ours)
    // Another database of this cluster is being migrated for the first time at the same moment.
    if (codeOf(error) === duplicateObject || codeOf(error) === uniqueViolation) return makeLogins(client, passwords)
    throw error
  }
}

// Our logins are NOINHERIT: a connection that has not said whom it acts for sees nobody's data.
async function missingRoles(client: Client, passwords: Passwords | undefined): Promise<string[]> {
  const { rows } = await client.query<Role>(
    'select rolname as name, rolcanlogin as login, rolinherit as inherit, rolsuper as super, rolbypassrls as bypassrls from pg_roles',
  )
  const existing = new Map(rows.map((role) => [role.name, role]))
  const lines = ['anon', 'authenticated', 'service_role']
    .filter((role) => !existing.has(role))
    .map((role) => `create role ${role} nologin;`)
  for (const [login, password] of Object.entries({ vivavoce_app: passwords?.app, vivavoce_worker: passwords?.worker })) {
    const role = existing.get(login)
    const attributes = role ? amendments(role) : ['login', 'noinherit']
    if (password !== undefined && !(role && (await opens(client, login, password))))
      attributes.push(`password ${client.escapeLiteral(verifier(password))}`)
    if (attributes.length > 0) lines.push(`${role ? 'alter' : 'create'} role ${login} ${attributes.join(' ')};`)
  }
  return lines
}

type Role = { name: string; login: boolean; inherit: boolean; super: boolean; bypassrls: boolean }

// What is right already is not mentioned: to name SUPERUSER or BYPASSRLS at all takes having them.
function amendments({ login, inherit, super: superuser, bypassrls }: Role): string[] {
  return [!login && 'login', inherit && 'noinherit', superuser && 'nosuperuser', bypassrls && 'nobypassrls'].filter(
    (attribute) => attribute !== false,
  )
}

// Only a superuser may read what the server keeps; anybody else finds out by knocking.
async function opens(client: Client, login: string, password: string): Promise<boolean> {
  const { rows } = await client.query<{ readable: boolean }>(`select has_table_privilege('pg_authid', 'select') as readable`)
  return rows[0]?.readable ? keeps(client, login, password) : admits(client, login, password)
}

async function keeps(client: Client, login: string, password: string): Promise<boolean> {
  const { rows } = await client.query<{ kept: string | null }>('select rolpassword as kept from pg_authid where rolname = $1', [login])
  return verifies(rows[0]?.kept ?? '', password)
}

async function admits({ host, port, database, ssl }: Client, user: string, password: string): Promise<boolean> {
  const knocking = new Client({ host, port, database, ssl, user, password })
  try {
    await knocking.connect()
    return true
  } catch (error) {
    if (codeOf(error) === invalidPassword) return false
    if (codeOf(error) === invalidAuthorization) return true // this door (peer, cert) asks for no password: we cannot tell
    throw error
  } finally {
    await knocking.end()
  }
}

// From 16 on a membership may lack the right to SET ROLE, which is all that these are for. Before, it has no such column.
async function missingMemberships(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `select format('grant %I to %I%s;', role, login,
       case when current_setting('server_version_num')::int >= 160000 then ' with inherit false, set true' end) as line
     from (values ('anon', 'vivavoce_app'), ('authenticated', 'vivavoce_app'), ('service_role', 'vivavoce_worker')) as wanted (role, login)
     where not exists (
       select from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles l on l.oid = m.member
       where r.rolname = wanted.role and l.rolname = wanted.login and coalesce((to_jsonb(m) ->> 'set_option')::boolean, true))
     order by login, role`,
  )
  return rows.map(({ line }) => line)
}

// What the migrations need beside roles: an owner of the database has it, unless somebody took care that it has not.
async function missingRights(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(
    `select format('grant create on database %I to %I;', current_database(), current_user) as line
     where not has_database_privilege(current_database(), 'create')
     union all
     select 'create extension btree_gist;'
     where not exists (select from pg_extension where extname = 'btree_gist')
       and not exists (select from pg_available_extension_versions where name = 'btree_gist' and trusted)
       and not (select rolsuper from pg_roles where rolname = current_user)`,
  )
  return rows.map(({ line }) => line)
}

function askAdministrator({ user, database }: Client, lines: string[]): CannotStart {
  const ask = `"${user}" may not prepare the database "${database}" alone. Let an administrator run this in it once, then start again:`
  return new CannotStart([ask, '', ...lines.map((line) => `  ${line}`), ''].join('\n'))
}

function codeOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined
}
const insufficientPrivilege = '42501'
const duplicateObject = '42710'
const uniqueViolation = '23505'
const invalidPassword = '28P01'
const invalidAuthorization = '28000'
