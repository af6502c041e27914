import { rule } from './rule.ts'
import { needsNone } from './written.ts'

export const tableRules = [
  rule<'table'>(
    'every table has row-level security',
    'select name as "table" from tables where not relrowsecurity',
    ({ table }) => `${table} has no row-level security: add "alter table ${table} enable row level security;" before any grant`,
  ),

  rule<'table'>(
    'no table forces row-level security on its owner',
    'select name as "table" from tables where relforcerowsecurity',
    ({ table }) =>
      `${table} forces row-level security on its owner, whose definer functions then see nothing: add "alter table ${table} no force row level security;"`,
  ),

  rule<'name' | 'kind'>(
    'nothing else holds rows, where no policy reaches them',
    `select name, case kind when 'm' then 'materialized view' else 'foreign table' end as kind from relations where kind in ('m', 'f')`,
    ({ name, kind }) => `${name} is a ${kind}, which row-level security does not reach: make it a table or a view`,
  ),

  rule<'view'>(
    'every view runs with the rights of whoever looks',
    `select name as view from relations where kind = 'v'
     and not exists (select from pg_options_to_table(reloptions) where option_name = 'security_invoker' and option_value::boolean)`,
    ({ view }) => `${view} shows what its owner may see: create it "with (security_invoker = true)"`,
  ),

  rule<'table' | 'columns' | 'key'>(
    'every foreign key has an index',
    `select t.name as "table", k.conname as key,
       (select string_agg(quote_ident(attname), ', ' order by ordinality)
        from unnest(conkey) with ordinality as own (attnum, ordinality) join pg_attribute a using (attnum) where a.attrelid = t.oid) as columns
     from pg_constraint k join tables t on t.oid = k.conrelid
     where contype = 'f' and conparentid = 0 and not exists (
       select from indexes i where i.table_oid = t.oid and conkey <@ i.columns[:cardinality(conkey)])`,
    ({ table, columns, key }, written) =>
      needsNone(written, table, columns)
        ? []
        : `${table} has no index that begins with (${columns}), its foreign key ${key}: add "create index on ${table} (${columns});", or say in its written rules, under unindexed, why it needs none`,
  ),

  rule<'thing'>(
    'nothing of ours is in public',
    `select pg_describe_object(classid, oid, 0) as thing from (
       select 'pg_class'::regclass as classid, oid from pg_class where relnamespace = to_regnamespace('public') and relkind not in ('i', 'I')
       union all
       select 'pg_proc'::regclass, oid from pg_proc where pronamespace = to_regnamespace('public')
       union all
       select 'pg_type'::regclass, oid from pg_type where typnamespace = to_regnamespace('public') and typtype in ('e', 'd', 'r')
     ) things
     where not exists (select from pg_depend d where d.classid = things.classid and d.objid = things.oid and deptype in ('e', 'i', 'a'))`,
    ({ thing }) => `${thing} is in public, which a hosted project opens to everybody: make it in the schema of its folder`,
  ),
]
