import { rule } from './rule.ts'

const ourRoles = `('anon', 'authenticated', 'service_role', 'vivavoce_app', 'vivavoce_worker')`

export const loginRules = [
  // pg-boss's own schema is the one exception: there the worker login makes and owns everything.
  rule<'thing' | 'role'>(
    'those who act own nothing',
    `select thing.identity as thing, pg_get_userbyid(refobjid) as role
     from pg_shdepend, pg_identify_object(classid, objid, objsubid) thing
     where dbid = (select oid from pg_database where datname = current_database()) and deptype = 'o'
       and refclassid = 'pg_authid'::regclass and pg_get_userbyid(refobjid) in ${ourRoles}
       and not (pg_get_userbyid(refobjid) = 'vivavoce_worker' and 'pgboss' in (coalesce(thing.schema, ''), thing.name))`,
    ({ thing, role }) => `${thing} belongs to ${role}, whom its policies would not hold: let the owner of everything own it`,
  ),

  rule<'role' | 'attribute'>(
    'those who act have no power of their own',
    `select rolname as role, attribute from pg_roles, lateral (values
       ('superuser', rolsuper), ('createrole', rolcreaterole), ('createdb', rolcreatedb), ('replication', rolreplication),
       ('bypassrls', rolbypassrls and rolname <> 'service_role'),   -- a hosted project's service_role has it; nothing relies on it
       ('inherit', rolinherit and rolcanlogin)) as has (attribute, so)
     where so and rolname in ${ourRoles}`,
    ({ role, attribute }) => `${role} has ${attribute}: "alter role ${role} no${attribute};"`,
  ),

  rule<'login' | 'role'>(
    'a login may become the roles it is for, and nobody else',
    `select l.rolname as login, r.rolname as role from pg_auth_members m join pg_roles l on l.oid = m.member join pg_roles r on r.oid = m.roleid
     where l.rolname in ${ourRoles}
       and (l.rolname, r.rolname) not in (('vivavoce_app', 'anon'), ('vivavoce_app', 'authenticated'), ('vivavoce_worker', 'service_role'))`,
    ({ login, role }) => `${login} may become ${role}: "revoke ${role} from ${login};"`,
  ),

  // 15 knows no inherit_option: there NOINHERIT says it all.
  rule<'login' | 'role'>(
    'a login must say whom it acts for, each time',
    `select l.rolname as login, r.rolname as role from pg_auth_members m join pg_roles l on l.oid = m.member join pg_roles r on r.oid = m.roleid
     where l.rolname in ('vivavoce_app', 'vivavoce_worker') and (admin_option or (to_jsonb(m) ->> 'inherit_option')::boolean)`,
    ({ login, role }) =>
      `${login} has more of ${role} than the right to become it: "grant ${role} to ${login} with inherit false, admin false;"`,
  ),
]
