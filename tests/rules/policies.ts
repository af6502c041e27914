import { callsIn } from './expression.ts'
import { rule } from './rule.ts'
import { needsNone } from './written.ts'

/** What strangers may read: lists that are meant for the public. */
const openToStrangers: readonly string[] = [
  'mentoring.achievements',
  'mentoring.awards',
  'mentoring.mentor_profiles',
  'mentoring.profiles',
  'mentoring.reviews',
  'mentoring.user_achievements',
  'mentoring.user_stats',
  'practice.cases',
  'practice.domains',
  'practice.format_phases',
  'practice.format_scales',
  'practice.formats',
]

export const policyRules = [
  rule<'table' | 'role' | 'verb'>(
    'whatever a table grants, a policy says for which rows',
    `select distinct g.name as "table", grantee as role, verb from grants g
     where kind = 'table' and verb in ('select', 'insert', 'update', 'delete') and grantee in ('anon', 'authenticated', 'service_role')
       and not exists (select from policies p where p."table" = g.name and grantee = any (roles) and verb = any (verbs))`,
    ({ table, role, verb }) =>
      `${table} lets ${role} ${verb}, but no policy says which rows: write one for that role and verb before the grant`,
  ),

  rule<'table' | 'policy' | 'role' | 'verb'>(
    'whatever a policy allows is granted',
    `select "table", policy, role, act.verb from policies, unnest(roles) role, unnest(verbs) as act (verb)
     where role in ('anon', 'authenticated', 'service_role')
       and not exists (select from grants g where g.name = "table" and grantee = role and g.verb = act.verb)`,
    ({ table, policy, role, verb }) =>
      `the policy ${policy} lets ${role} ${verb} ${table}, which nothing grants: grant it, or drop the policy`,
  ),

  rule<'table' | 'role' | 'verb' | 'names'>(
    'one policy for each table, role and verb',
    `select "table", role, verb, string_agg(policy, ' and ' order by policy) as names from policies, unnest(roles) role, unnest(verbs) verb
     where permissive group by 1, 2, 3 having count(*) > 1`,
    ({ table, role, verb, names }) => `${table} has ${names} for ${role} to ${verb}, and either is enough to pass: make them one policy`,
  ),

  rule<'table' | 'policy'>(
    'policies are named as sentences',
    // PostgreSQL cuts a longer name off after 63 bytes, without a word.
    `select "table", policy from policies where words !~ '^[[:alpha:]].* ' or words ~ '_' or octet_length(words) = 63`,
    ({ table, policy }) =>
      `the policy ${policy} on ${table} is not named as a sentence: say in less than 63 letters who may do what, as in "owners see their notes"`,
  ),

  rule<'table' | 'policy' | 'role'>(
    'policies are for our three roles',
    `select "table", policy, role from policies, unnest(roles) role where role not in ('anon', 'authenticated', 'service_role')`,
    ({ table, policy, role }) => `the policy ${policy} on ${table} is for ${role}: write "to" anon, authenticated or service_role`,
  ),

  rule<'table' | 'policy'>(
    'strangers see only what is listed as open to them',
    `select "table", policy from policies where 'anon' = any (roles)`,
    ({ table, policy }) =>
      openToStrangers.includes(table)
        ? []
        : `the policy ${policy} opens ${table} to strangers: add ${table} to openToStrangers (tests/rules/policies.ts) if that is meant, or write "to authenticated"`,
  ),

  rule<'table' | 'policy'>(
    'policies for writing check what is written',
    `select "table", policy from policies where verbs && '{insert,update}' and checks is null`,
    ({ table, policy }) => `the policy ${policy} on ${table} does not check what is written: add "with check (…)"`,
  ),

  rule<'table' | 'policy' | 'expression' | 'columns'>(
    'calls in policies run once, inside a select',
    expressions(),
    ({ table, policy, expression, columns }) =>
      callsIn(expression, { table, columns: columns.split(' ') })
        .filter(({ wrapped, ofTheRow }) => !wrapped && !ofTheRow)
        .map(({ name }) => `the policy ${policy} on ${table} calls ${name}() for every row: wrap it in a select, which runs once`),
  ),

  rule<'table' | 'policy' | 'expression' | 'columns'>(
    'no function of a policy is given a column of the row',
    expressions(),
    ({ table, policy, expression, columns }) =>
      callsIn(expression, { table, columns: columns.split(' ') })
        .filter(({ ofTheRow }) => ofTheRow)
        .map(
          ({ name }) =>
            `the policy ${policy} on ${table} hands a column to ${name}(), which then runs for every row: compare the column instead, with "= any (array(select private.my_…()))"`,
        ),
  ),

  rule<'table' | 'policy' | 'column'>(
    'every column a policy compares leads an index',
    `select distinct "table", policy, quote_ident(attname) as "column" from policies p
     join pg_depend d on d.classid = 'pg_policy'::regclass and d.objid = p.oid and d.refclassid = 'pg_class'::regclass and d.refobjid = p.table_oid
     join pg_attribute a on a.attrelid = p.table_oid and a.attnum = d.refobjsubid
     where "using" ~ ('\\m' || attname || '\\M')   -- WITH CHECK looks at one row, which it has already
       and not exists (select from indexes i where i.table_oid = p.table_oid and i.columns[1] = a.attnum)`,
    ({ table, policy, column }, written) =>
      needsNone(written, table, column)
        ? []
        : `the policy ${policy} compares ${table}.${column}, which leads no index: add "create index on ${table} (${column});", or say in its written rules, under unindexed, why it needs none`,
  ),
]

function expressions(): string {
  return `select distinct "table", policy, expression,
    (select string_agg(attname, ' ') from pg_attribute where attrelid = table_oid and attnum > 0 and not attisdropped) as columns
    from policies, unnest(array["using", checks]) expression where expression is not null`
}
