import { Client } from 'pg'

// All that a migration can change, one line a thing: to see that nothing changed, or what did.
export async function catalogue(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`set search_path = ''`) // so that every name is printed with its schema
    const { rows } = await client.query<{ line: string }>(`with ${things} select line from things order by line`)
    return rows.map(({ line }) => line)
  } finally {
    await client.end()
  }
}

export const schemaOf = (line: string): string => line.slice(0, line.indexOf(':'))

const things = `
schemas as (select oid, nspname as schema from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
things as (
  select concat_ws(' ', nspname || ': schema', nspowner::regrole, nspacl, obj_description(oid, 'pg_namespace')) as line
  from pg_namespace where oid in (select oid from schemas)
  union all
  select concat_ws(' ', schema || ': relation', c.oid::regclass, relkind, relowner::regrole, relacl, relrowsecurity, relforcerowsecurity, reloptions,
    obj_description(c.oid, 'pg_class'), case when relkind = 'i' then pg_get_indexdef(c.oid) when relkind in ('v', 'm') then pg_get_viewdef(c.oid) end)
  from pg_class c join schemas s on s.oid = relnamespace
  union all
  select concat_ws(' ', schema || ': column', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated, attidentity,
    attacl, pg_get_expr(adbin, adrelid), col_description(attrelid, attnum))
  from pg_attribute join pg_class c on c.oid = attrelid join schemas s on s.oid = relnamespace left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where attnum > 0
  union all
  select concat_ws(' ', schema || ': constraint', conrelid::regclass, conname, pg_get_constraintdef(c.oid)) from pg_constraint c join schemas s on s.oid = connamespace
  union all
  select concat_ws(' ', schema || ': trigger', pg_get_triggerdef(t.oid), tgenabled)
  from pg_trigger t join pg_class c on c.oid = tgrelid join schemas s on s.oid = relnamespace where not tgisinternal
  union all
  select concat_ws(' ', p.schemaname || ': policy', p.*) from pg_policies p
  union all
  select concat_ws(' ', schema || ': routine', p.oid::regprocedure, proowner::regrole, proacl, pg_get_functiondef(p.oid), obj_description(p.oid, 'pg_proc'))
  from pg_proc p join schemas s on s.oid = pronamespace where prokind in ('f', 'p')
  union all
  select concat_ws(' ', schema || ': enum', enumtypid::regtype, enumsortorder, enumlabel)
  from pg_enum join pg_type t on t.oid = enumtypid join schemas s on s.oid = typnamespace
  union all
  select concat_ws(' ', coalesce(defaclnamespace::regnamespace::text, '') || ': default privileges', defaclrole::regrole, defaclobjtype, defaclacl) from pg_default_acl
  union all
  select concat_ws(' ', ': extension', extname, extversion, extnamespace::regnamespace) from pg_extension
  union all
  select concat_ws(' ', ': role', rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolpassword) from pg_authid
  union all
  select concat_ws(' ', ': member', member::regrole, 'of', roleid::regrole, to_jsonb(m) - 'oid' - 'grantor') from pg_auth_members m
)`
