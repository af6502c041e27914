import type { Written } from './written.ts'

// A look at the catalogue, and what to tell whoever broke the rule, in sentences that say what to do.
export type Rule = { name: string; looks: string; finds: (rows: Row[], written: Written) => string[] }
export type Row = Record<string, string>

/** One sentence for each row that the look finds. */
export function rule<Column extends string>(
  name: string,
  looks: string,
  says: (row: Record<Column, string>, written: Written) => string | string[],
): Rule {
  return { name, looks: among(looks), finds: (rows, written) => rows.flatMap((row) => says(row as Record<Column, string>, written)) }
}

export const among = (looks: string) => `with ${ours} ${looks}`

// What is ours, for the rules to look at. Asked with an empty search_path, every name comes with its schema.
// Supabase's schemas are Supabase's; pg-boss's tables are pg-boss's, and the one exception: the worker login owns them.
const ours = `
schemas as (
  select oid, nspname::text as name, nspowner as owner, nspacl as acl from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'auth', 'storage', 'realtime', 'extensions', 'pgboss')
),
relations as (
  select oid, oid::regclass::text as name, relkind as kind, relowner as owner, relacl as acl, relrowsecurity, relforcerowsecurity, reloptions
  from pg_class where relnamespace in (select oid from schemas)
),
tables as (select * from relations where kind in ('r', 'p')),
functions as (
  select oid, oid::regprocedure::text as name, pronamespace::regnamespace::text as schema, proowner as owner, proacl as acl,
    prosecdef as definer, coalesce(proconfig, '{}') as settings
  from pg_proc where pronamespace in (select oid from schemas)
),
types as (   -- a table's row type and an array's are not things of their own
  select t.oid, t.oid::regtype::text as name, typowner as owner, typacl as acl from pg_type t left join pg_class c on c.oid = typrelid
  where typnamespace in (select oid from schemas) and (typtype in ('e', 'd', 'r') or c.relkind = 'c')
),
policies as (
  select p.oid, quote_ident(polname) as policy, polname as words, t.name as "table", t.oid as table_oid, polpermissive as permissive,
    array(select case r when 0 then 'public' else pg_get_userbyid(r) end from unnest(polroles) r) as roles,
    case polcmd when '*' then '{select,insert,update,delete}' when 'r' then '{select}' when 'a' then '{insert}'
      when 'w' then '{update}' else '{delete}' end::text[] as verbs,
    pg_get_expr(polqual, polrelid) as "using", pg_get_expr(polwithcheck, polrelid) as checks
  from pg_policy p join tables t on t.oid = polrelid
),
indexes as (   -- whole ones, and the columns they begin with
  select indrelid as table_oid, (indkey::smallint[])[0:indnkeyatts - 1] as columns from pg_index where indisvalid and indpred is null
),
grants as (   -- to anybody but the owner
  select kind, name, "column", verb, is_grantable as may_pass_on,
    case grantee when 0 then 'public' else pg_get_userbyid(grantee) end as grantee
  from (
    select 'schema' as kind, name, null as "column", owner, coalesce(acl, acldefault('n', owner)) as acl from schemas
    union all
    select case kind when 'S' then 'sequence' when 'v' then 'view' else 'table' end, name, null, owner,
      coalesce(acl, acldefault(case kind when 'S' then 's' else 'r' end::"char", owner)) from relations where kind not in ('i', 'I', 'c')
    union all
    select case kind when 'v' then 'view' else 'table' end, name, attname::text, owner, attacl
    from pg_attribute a join relations r on r.oid = attrelid where attacl is not null and not attisdropped
    union all
    select 'function', name, null, owner, coalesce(acl, acldefault('f', owner)) from functions
    union all
    select 'type', name, null, owner, coalesce(acl, acldefault('T', owner)) from types
  ) things, lateral (
    select grantee, is_grantable, case privilege_type when 'USAGE' then 'use' else lower(privilege_type) end as verb from aclexplode(acl)
  ) granted
  where grantee <> owner
)`
