import type { ClientBase } from 'pg'

// What the database says of itself, with an empty search_path, so that names come with their schemas.

export type Catalogue = {
  relations: Map<string, Relation>
  enums: Map<string, string[]>
  functions: Map<string, { arguments: string[]; definer: boolean }[]>
}
export type Relation = {
  name: string
  view: boolean
  secured: boolean
  columns: Map<string, Column>
  keys: Key[]
  indexes: Index[]
  triggers: { name: string; definition: string }[]
  policies: { verb: string; roles: string[] }[]
}
export type Column = { type: string; enum: boolean; nullable: boolean; default: string | null; generated: boolean; identity: string }
export type Key = {
  name: string
  kind: 'p' | 'u' | 'f' | 'c' | 'x'
  columns: string[]
  definition: string
  of: string | null
  ofColumns: string[]
  onDelete: string
}
export type Index = { name: string; unique: boolean; whole: boolean; on: string }

export async function readCatalogue(db: ClientBase): Promise<Catalogue> {
  await db.query(`set search_path = ''`)
  const { rows } = await db.query<{
    relations: (Omit<Relation, 'columns'> & { columns: (Column & { name: string })[] })[]
    enums: [string, string[]][]
    functions: [string, string[], boolean][]
  }>(looks)
  await db.query('reset search_path')
  const [found] = rows
  const functions: Catalogue['functions'] = new Map()
  for (const [name, args, definer] of found!.functions) functions.set(name, [...(functions.get(name) ?? []), { arguments: args, definer }])
  return {
    relations: new Map(
      found!.relations.map((relation) => [
        relation.name,
        { ...relation, columns: new Map(relation.columns.map((column) => [column.name, column])) },
      ]),
    ),
    enums: new Map(found!.enums),
    functions,
  }
}

const looks = `
with relations as (
  select c.oid, c.oid::regclass::text as name, relkind = 'v' as view, relrowsecurity as secured from pg_class c
  where relkind in ('r', 'p', 'v') and relnamespace::regnamespace::text in ('practice', 'care', 'speaking', 'mentoring', 'interviews', 'auth')
)
select
  (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'view', view, 'secured', secured,
    'columns', (select coalesce(jsonb_agg(jsonb_build_object('name', attname, 'type', format_type(atttypid, atttypmod), 'enum', typtype = 'e',
        'nullable', not attnotnull, 'default', case when attgenerated = '' then pg_get_expr(adbin, adrelid) end, 'generated', attgenerated = 's', 'identity', attidentity) order by attnum), '[]')
      from pg_attribute join pg_type t on t.oid = atttypid left join pg_attrdef on adrelid = attrelid and adnum = attnum where attrelid = r.oid and attnum > 0 and not attisdropped),
    'keys', (select coalesce(jsonb_agg(jsonb_build_object('name', conname, 'kind', contype, 'definition', pg_get_constraintdef(k.oid),
        'columns', array(select attname from unnest(conkey) with ordinality u (n, o) join pg_attribute on attrelid = conrelid and attnum = n order by o),
        'of', case when confrelid <> 0 then confrelid::regclass::text end,
        'ofColumns', array(select attname from unnest(confkey) with ordinality u (n, o) join pg_attribute on attrelid = confrelid and attnum = n order by o),
        'onDelete', case confdeltype when 'a' then 'no action' when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default' else '' end)), '[]')
      from pg_constraint k where conrelid = r.oid and contype in ('p', 'u', 'f', 'c', 'x')),
    'indexes', (select coalesce(jsonb_agg(jsonb_build_object('name', c.relname, 'unique', indisunique, 'whole', indpred is null,
        'on', (select case when amname = 'btree' then '' else amname || ' ' end from pg_am where oid = c.relam) || '(' || (
          select string_agg(trim(both '"' from pg_get_indexdef(indexrelid, n, true)) || case when indoption[n - 1] & 1 = 1 then ' desc' else '' end, ', ' order by n)
          from generate_series(1, indnkeyatts) n) || ')')), '[]')
      from pg_index join pg_class c on c.oid = indexrelid where indrelid = r.oid),
    'triggers', (select coalesce(jsonb_agg(jsonb_build_object('name', tgname, 'definition', pg_get_triggerdef(t.oid))), '[]') from pg_trigger t where tgrelid = r.oid and not tgisinternal),
    'policies', (select coalesce(jsonb_agg(jsonb_build_object('verb', case polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end,
        'roles', array(select case x when 0 then 'public' else pg_get_userbyid(x) end from unnest(polroles) x))), '[]') from pg_policy where polrelid = r.oid)
  )), '[]') from relations r) as relations,
  (select coalesce(jsonb_agg(jsonb_build_array(t.oid::regtype::text, (select jsonb_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = t.oid))), '[]')
   from pg_type t where typtype = 'e' and typnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')) as enums,
  (select coalesce(jsonb_agg(jsonb_build_array(pronamespace::regnamespace::text || '.' || proname, coalesce(proargnames, '{}'), prosecdef)), '[]')
   from pg_proc where pronamespace::regnamespace::text in ('practice', 'care', 'speaking', 'mentoring', 'interviews')) as functions`
