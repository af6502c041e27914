import type { Rules } from './written.ts'

// Every rule, broken once: what somebody might write one evening, and the sentence that meets them.
type Fault = { fault: string; sql: string; rules?: Rules; says: string | string[] }

const drafts = `
  create table sample.drafts (id uuid primary key, owner_id uuid not null, word text);
  create index on sample.drafts (owner_id);
  alter table sample.drafts enable row level security;`
const maySelect: Rules = { 'sample.drafts': { authenticated: { select: 'every column' } } }
const grantSelect = 'grant select on sample.drafts to authenticated;'
const readable = (using: string) => `${drafts} ${grantSelect}
  create policy "people see drafts" on sample.drafts for select to authenticated using (${using});`

export const faults: Fault[] = [
  {
    fault: 'a table without row-level security',
    sql: 'create table sample.drafts (id uuid primary key)',
    rules: { 'sample.drafts': {} },
    says: 'sample.drafts has no row-level security: add "alter table sample.drafts enable row level security;" before any grant',
  },
  {
    fault: 'a table that holds its owner to its policies',
    sql: 'alter table sample.notes force row level security',
    says: 'sample.notes forces row-level security on its owner, whose definer functions then see nothing: add "alter table sample.notes no force row level security;"',
  },
  {
    fault: 'a materialized view',
    sql: 'create materialized view sample.titles as select title from sample.notes',
    says: 'sample.titles is a materialized view, which row-level security does not reach: make it a table or a view',
  },
  {
    fault: 'a view that shows what its owner may see',
    sql: 'create view sample.titles as select title from sample.notes',
    rules: { 'sample.titles': {} },
    says: 'sample.titles shows what its owner may see: create it "with (security_invoker = true)"',
  },
  {
    fault: 'a foreign key without an index',
    sql: `${drafts} alter table sample.drafts add foreign key (id, word) references sample.notes (owner_id, title)`,
    rules: { 'sample.drafts': {} },
    says: 'sample.drafts has no index that begins with (id, word), its foreign key drafts_id_word_fkey: add "create index on sample.drafts (id, word);", or say in its written rules, under unindexed, why it needs none',
  },
  {
    fault: 'a table in public',
    sql: 'create table public.drafts (id bigint generated always as identity)',
    says: 'table public.drafts is in public, which a hosted project opens to everybody: make it in the schema of its folder',
  },
  {
    fault: 'a function and a type in public',
    sql: `create function public.one() returns integer language sql return 1; create type public.mood as enum ('calm')`,
    says: ['function public.one()', 'type public.mood'].map(
      (thing) => `${thing} is in public, which a hosted project opens to everybody: make it in the schema of its folder`,
    ),
  },

  {
    fault: 'row-level security without a policy',
    sql: `${drafts} ${grantSelect}`,
    rules: maySelect,
    says: 'sample.drafts lets authenticated select, but no policy says which rows: write one for that role and verb before the grant',
  },
  {
    fault: 'a policy for what nobody is granted',
    sql: `create policy "owners tear notes up" on sample.notes for delete to authenticated using (owner_id = (select auth.uid()))`,
    says: 'the policy "owners tear notes up" lets authenticated delete sample.notes, which nothing grants: grant it, or drop the policy',
  },
  {
    fault: 'two policies for one role and verb',
    sql: `${readable('owner_id = (select auth.uid())')}
      create policy "all see drafts" on sample.drafts for select to authenticated using (true)`,
    rules: maySelect,
    says: 'sample.drafts has "all see drafts" and "people see drafts" for authenticated to select, and either is enough to pass: make them one policy',
  },
  {
    fault: 'a policy with a name for machines',
    sql: 'alter policy "owners change their notes" on sample.notes rename to notes_update_own',
    says: 'the policy notes_update_own on sample.notes is not named as a sentence: say in less than 63 letters who may do what, as in "owners see their notes"',
  },
  {
    fault: 'a policy whose name was cut off',
    sql: `alter policy "owners change their notes" on sample.notes rename to "owners change their notes, and ${'so '.repeat(20)}on"`,
    says: `the policy "${`owners change their notes, and ${'so '.repeat(20)}`.slice(0, 63)}" on sample.notes is not named as a sentence: say in less than 63 letters who may do what, as in "owners see their notes"`,
  },
  {
    fault: 'a policy for everybody',
    sql: `${drafts} create policy "all see drafts" on sample.drafts for select using (true)`,
    rules: { 'sample.drafts': {} },
    says: 'the policy "all see drafts" on sample.drafts is for public: write "to" anon, authenticated or service_role',
  },
  {
    fault: 'a policy for strangers',
    sql: `${drafts} grant select on sample.drafts to anon; create policy "all see drafts" on sample.drafts for select to anon using (true)`,
    rules: { 'sample.drafts': { anon: { select: 'every column' } } },
    says: 'the policy "all see drafts" opens sample.drafts to strangers: add sample.drafts to openToStrangers (tests/rules/policies.ts) if that is meant, or write "to authenticated"',
  },
  {
    fault: 'a policy that does not check what is written',
    sql: `${drafts} grant update on sample.drafts to authenticated;
      create policy "owners change drafts" on sample.drafts for update to authenticated using (owner_id = (select auth.uid()))`,
    rules: { 'sample.drafts': { authenticated: { update: 'every column' } } },
    says: 'the policy "owners change drafts" on sample.drafts does not check what is written: add "with check (…)"',
  },
  {
    fault: 'a policy that calls auth.uid() bare',
    sql: readable('owner_id = auth.uid()'),
    rules: maySelect,
    says: 'the policy "people see drafts" on sample.drafts calls auth.uid() for every row: wrap it in a select, which runs once',
  },
  {
    fault: 'a policy with a function that is given a column',
    sql: `create function private.may_see(owner_id uuid) returns boolean language sql stable set search_path = '' as $$ select true $$;
      revoke all on function private.may_see(uuid) from public;
      ${readable('private.may_see(owner_id)')}`,
    rules: { ...maySelect, 'private.may_see(uuid)': [] },
    says: 'the policy "people see drafts" on sample.drafts hands a column to private.may_see(), which then runs for every row: compare the column instead, with "= any (array(select private.my_…()))"',
  },
  {
    fault: 'the same function, wrapped in a select',
    sql: readable(`(select length(coalesce(owner_id::text, ')'))) > 3`),
    rules: maySelect,
    says: 'the policy "people see drafts" on sample.drafts hands a column to length(), which then runs for every row: compare the column instead, with "= any (array(select private.my_…()))"',
  },
  {
    fault: 'a policy that compares a column without an index',
    sql: readable(`owner_id = (select auth.uid()) and word = 'public'`),
    rules: maySelect,
    says: 'the policy "people see drafts" compares sample.drafts.word, which leads no index: add "create index on sample.drafts (word);", or say in its written rules, under unindexed, why it needs none',
  },

  {
    fault: 'the same column, but nothing where its rules give a reason',
    sql: readable(`owner_id = (select auth.uid()) and word = 'public'`),
    rules: {
      'sample.drafts': { authenticated: { select: 'every column' }, unindexed: { word: 'owner_id narrows to a handful of rows first' } },
    },
    says: [],
  },
  {
    fault: 'nothing in a policy as it should be',
    sql: readable(`owner_id = (select auth.uid()) or owner_id = any (array(select id from sample.notes where length(title) < 9))`),
    rules: maySelect,
    says: [],
  },

  {
    fault: 'a table granted to everybody',
    sql: 'grant select on sample.notes to public',
    says: 'everybody (PUBLIC) may select sample.notes: add "revoke all on sample.notes from public;" right after it is made',
  },
  {
    fault: 'a column granted to everybody',
    sql: 'grant select (secret) on sample.notes to public',
    says: 'everybody (PUBLIC) may select sample.notes.secret: add "revoke all on sample.notes from public;" right after it is made',
  },
  {
    fault: 'a definer function open to everybody',
    sql: `create function private.peek() returns bigint language sql security definer set search_path = '' as $$ select count(*) from sample.notes $$`,
    rules: { 'private.peek()': [] },
    says: 'everybody (PUBLIC) may execute function private.peek(): add "revoke all on function private.peek() from public;" right after it is made',
  },
  {
    fault: 'a schema and a type open to everybody',
    sql: `grant usage on schema sample to public; create type sample.mood as enum ('calm', 'tense')`,
    says: ['schema sample', 'type sample.mood'].map(
      (thing) => `everybody (PUBLIC) may use ${thing}: add "revoke all on ${thing} from public;" right after it is made`,
    ),
  },
  {
    fault: 'a grant to somebody else',
    sql: 'grant select on sample.notes to pg_monitor',
    says: 'pg_monitor may select sample.notes: grant to anon, authenticated or service_role',
  },
  {
    fault: 'a grant that may be passed on',
    sql: 'grant execute on function sample.count_notes() to authenticated with grant option',
    says: 'authenticated may let others execute function sample.count_notes(): grant it without "with grant option"',
  },
  {
    fault: 'TRUNCATE, which no policy limits',
    sql: 'grant truncate on sample.notes to service_role',
    says: 'service_role holds truncate on sample.notes, which no policy limits: grant no more than select, insert, update and delete',
  },
  {
    fault: 'people who may make tables',
    sql: 'grant create on schema sample to authenticated',
    says: 'authenticated may make things in the schema sample: grant usage alone',
  },
  {
    fault: 'people who may make temporary tables',
    sql: `do $$ begin execute format('grant temporary on database %I to authenticated', current_database()); end $$`,
    says: 'authenticated may make temporary tables: revoke temporary on the database from public and from authenticated',
  },
  {
    fault: 'tables that will be granted as soon as they are made',
    sql: 'alter default privileges in schema sample grant select on tables to authenticated',
    says: 'whoever makes tables in sample lets authenticated select them by default: "alter default privileges … revoke select on tables from authenticated;"',
  },
  {
    fault: 'functions that will be, in every schema',
    sql: 'alter default privileges grant execute on functions to anon',
    says: 'whoever makes functions in every schema lets anon execute them by default: "alter default privileges … revoke execute on functions from anon;"',
  },
  {
    fault: "people in pg-boss's schema",
    sql: 'grant usage on schema pgboss to authenticated',
    says: 'authenticated may reach the schema pgboss: grant it to vivavoce_worker alone',
  },

  {
    fault: 'a definer function without a pinned path',
    sql: `create function private.peek() returns integer language sql security definer as $$ select 1 $$; revoke all on function private.peek() from public`,
    rules: { 'private.peek()': [] },
    says: `private.peek() looks names up in its caller's search_path: add "set search_path = ''"`,
  },
  {
    fault: 'a definer function in a schema that an API may serve',
    sql: `create function sample.peek() returns integer language sql security definer set search_path = '' as $$ select 1 $$; revoke all on function sample.peek() from public`,
    rules: { 'sample.peek()': [] },
    says: 'sample.peek() runs as its owner and is in sample, which an API may serve: put it into private, behind an invoker function',
  },
  {
    fault: 'a definer function of another owner',
    sql: 'alter function private.answer_given(text) owner to pg_monitor',
    says: 'private.answer_given(text) runs as pg_monitor: let the migration make it, which runs as the owner of everything',
  },
  {
    fault: 'a table that belongs to a login',
    sql: 'alter table sample.notes owner to vivavoce_worker',
    says: 'sample.notes belongs to vivavoce_worker, whom its policies would not hold: let the owner of everything own it',
  },
  {
    fault: 'a login that inherits',
    sql: 'alter role vivavoce_app inherit',
    says: 'vivavoce_app has inherit: "alter role vivavoce_app noinherit;"',
  },
  {
    fault: 'a login that inherits from its role, and may pass it on',
    sql: 'grant authenticated to vivavoce_app with inherit true, set true, admin true',
    says: 'vivavoce_app has more of authenticated than the right to become it: "grant authenticated to vivavoce_app with inherit false, admin false;"',
  },
  {
    fault: 'a login that is a member of the owner',
    sql: 'grant vivavoce to vivavoce_worker',
    says: 'vivavoce_worker may become vivavoce: "revoke vivavoce from vivavoce_worker;"',
  },

  {
    fault: 'a column granted beyond its written rule',
    sql: 'grant select (secret) on sample.notes to authenticated',
    says: 'authenticated may select sample.notes.secret, which tests/sample/rules.ts does not say: revoke it, or write it there',
  },
  {
    fault: 'a whole table granted, where the rules name columns',
    sql: 'revoke update on sample.notes from authenticated; grant update on sample.notes to authenticated',
    says: [
      'authenticated may update every column of sample.notes, which tests/sample/rules.ts does not say: revoke it, or write it there',
      ...['title', 'body', 'kind'].map(
        (column) =>
          `tests/sample/rules.ts says that authenticated may update sample.notes.${column}, which nothing grants: grant it, or strike it out`,
      ),
    ],
  },
  {
    fault: 'a function granted beyond its written rule',
    sql: 'grant execute on function private.asker() to authenticated',
    says: 'authenticated may execute private.asker(), which platform/operations/tests/rules.ts does not say: revoke it, or write it there',
  },
  {
    fault: 'a view and a sequence granted beyond their written rules',
    sql: `create view sample.titles with (security_invoker = true) as select title from sample.notes; grant select on sample.titles to authenticated;
      create sequence sample.numbers; grant usage on sequence sample.numbers to authenticated`,
    rules: { 'sample.titles': {}, 'sample.numbers': {} },
    says: [
      'authenticated may use sample.numbers, which its/rules.ts does not say: revoke it, or write it there',
      'authenticated may select every column of sample.titles, which its/rules.ts does not say: revoke it, or write it there',
    ],
  },
  {
    fault: 'a written rule for what nobody is granted',
    sql: 'revoke execute on function sample.finish(uuid) from authenticated',
    says: 'tests/sample/rules.ts says that authenticated may execute sample.finish(uuid), which nothing grants: grant it, or strike it out',
  },
  {
    fault: 'a table without written rules',
    sql: drafts,
    says: 'sample.drafts has no written rules: say in the tests/rules.ts of its folder who may do what with it',
  },
  {
    fault: 'written rules for what is not there',
    sql: 'select',
    rules: { 'sample.drafts': {} },
    says: 'its/rules.ts has rules for sample.drafts, which does not exist: strike them out',
  },
]

export const misspoken: [sql: string, says: string][] = [
  ['grant all on sample.notes to service_role', '"grant all" grants what no policy limits too: name select, insert, update or delete'],
  ['create policy "all" on sample.notes to public', '"to public" means everybody, now and later: name the roles'],
  ...(
    [
      ['create table t (id uuid default uuidv7())', 'uuidv7(', 18],
      ['create table t (a int, b int generated always as (a + 1) virtual)', ') virtual', 18],
      ['create table t (primary key (id, during without overlaps))', 'without overlaps', 18],
      ['update t set a = 1 returning old.a', 'returning old.', 18],
      [
        'merge into t using s on true when matched then delete returning id',
        'merge into t using s on true when matched then delete returning',
        17,
      ],
      [`select * from json_table('[]', '$')`, 'json_table(', 17],
      [`set transaction_timeout = '1s'`, 'transaction_timeout', 17],
      ['select any_value(a) from t', 'any_value(', 16],
    ] as const
  ).map(([sql, form, version]): [string, string] => [
    sql,
    `"${form}" is new in PostgreSQL ${version}, and we run on 15 too: write it as 15 knows it`,
  ]),
]
