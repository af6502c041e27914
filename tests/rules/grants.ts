import { rule } from './rule.ts'

export const grantRules = [
  rule<'kind' | 'name' | 'what' | 'verb'>(
    'nothing is granted to everybody',
    `select kind, name, name || coalesce('.' || "column", '') as what, verb from grants where grantee = 'public'`,
    ({ kind, name, what, verb }) =>
      `everybody (PUBLIC) may ${verb} ${on(kind)}${what}: add "revoke all on ${on(kind)}${name} from public;" right after it is made`,
  ),

  rule<'kind' | 'name' | 'verb' | 'grantee'>(
    'only our three roles and two logins are granted anything',
    `select distinct kind, name, verb, grantee from grants
     where grantee not in ('public', 'anon', 'authenticated', 'service_role', 'vivavoce_app', 'vivavoce_worker')`,
    ({ kind, name, verb, grantee }) => `${grantee} may ${verb} ${on(kind)}${name}: grant to anon, authenticated or service_role`,
  ),

  rule<'kind' | 'name' | 'verb' | 'grantee'>(
    'nobody may pass on what they are granted',
    'select distinct kind, name, verb, grantee from grants where may_pass_on',
    ({ kind, name, verb, grantee }) => `${grantee} may let others ${verb} ${on(kind)}${name}: grant it without "with grant option"`,
  ),

  rule<'name' | 'verb' | 'grantee'>(
    'nobody is granted what no policy limits',
    `select distinct name, verb, grantee from grants where kind in ('table', 'view') and verb in ('truncate', 'references', 'trigger', 'maintain')`,
    ({ name, verb, grantee }) =>
      `${grantee} holds ${verb} on ${name}, which no policy limits: grant no more than select, insert, update and delete`,
  ),

  rule<'name' | 'grantee'>(
    'nobody but the owner makes things in our schemas',
    `select name, grantee from grants where kind = 'schema' and verb = 'create'`,
    ({ name, grantee }) => `${grantee} may make things in the schema ${name}: grant usage alone`,
  ),

  rule<'name' | 'grantee'>(
    'pg-boss is reached by the worker login alone',
    `select nspname as name, pg_get_userbyid(grantee) as grantee from pg_namespace, aclexplode(nspacl)
     where nspname = 'pgboss' and grantee <> nspowner and pg_get_userbyid(grantee) <> 'vivavoce_worker'`,
    ({ name, grantee }) => `${grantee} may reach the schema ${name}: grant it to vivavoce_worker alone`,
  ),

  // A hosted project has such defaults for public, where nothing of ours is.
  rule<'where' | 'kind' | 'grantee' | 'verb'>(
    'what is made tomorrow is granted to nobody',
    `select coalesce(s.name, 'every schema') as where, lower(privilege_type) as verb,
       case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' when 'T' then 'types' else 'schemas' end as kind,
       case grantee when 0 then 'public' else pg_get_userbyid(grantee) end as grantee
     from pg_default_acl d left join schemas s on s.oid = defaclnamespace, aclexplode(defaclacl)
     where (s.oid is not null or defaclnamespace = 0 and not (grantee = 0 and defaclobjtype in ('f', 'T'))) and grantee <> defaclrole`,
    ({ where, kind, grantee, verb }) =>
      `whoever makes ${kind} in ${where} lets ${grantee} ${verb} them by default: "alter default privileges … revoke ${verb} on ${kind} from ${grantee};"`,
  ),

  // As 2026-11-20-05-nothing-temporary.sql says.
  rule<'grantee'>(
    'nobody makes temporary tables',
    `select case grantee when 0 then 'public' else pg_get_userbyid(grantee) end as grantee
     from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
     where datname = current_database() and privilege_type = 'TEMPORARY' and grantee <> datdba`,
    ({ grantee }) => `${grantee} may make temporary tables: revoke temporary on the database from public and from ${grantee}`,
  ),
]

const on = (kind: string) => (kind === 'table' || kind === 'view' ? '' : `${kind} `)
