-- Work for later. A job is queued in the transaction that causes it, so there is no job without its cause, and none that
-- starts before its cause can be seen. It waits in jobs.queued for less than a second: the relay (relay.ts) moves it on
-- to pg-boss, which hands it to one node, tries it again after a failure, and notices a node that died. What failed for
-- good comes back to us as a dead letter.
create schema jobs;
grant usage on schema jobs to service_role;

create table jobs.queued (
  id          bigint generated always as identity primary key,
  name        text not null,           -- 'mentoring.tell-both': a job that the code knows
  data        jsonb not null,          -- ids, never content: the job reads anew what it is about, and as things are by then
  start_after timestamptz,             -- null: at once
  once        text,                    -- while a job of this name and word waits to start, another one adds nothing
  queued_at   timestamptz not null default now(),
  constraint name_is_part_and_what check (name ~ '^[a-z]+\.[a-z0-9-]+$'),
  constraint data_holds_ids check (jsonb_typeof(data) = 'object' and length(data::text) <= 4000),
  constraint once_is_short check (length(once) between 1 and 200)
);
alter table jobs.queued enable row level security;
revoke all on jobs.queued from anon, authenticated, service_role;

-- What waits tells an operator how busy the place is. Nobody writes but through the two functions below.
create policy "the server sees what waits" on jobs.queued for select to service_role using (true);
grant select on jobs.queued to service_role;

-- The one way in. It may be granted to people because they cannot reach it: no API serves the schema private, and our
-- handlers take the name and the shape of the data from a job's value in the code, never from what somebody sent.
-- Were somebody to reach it all the same, they could make the server do only what some job does anyway, with ids of their
-- choosing; so a job asks the database again whether what it is about to do is right, and trusts no id for a right.
-- Strangers (anon) have no use for it: what they may set going (a sign-up and its mail) the server does in its own name.
create function private.enqueue(name text, data jsonb, start_after timestamptz default null, once text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into jobs.queued (name, data, start_after, once) values (enqueue.name, enqueue.data, enqueue.start_after, enqueue.once);
end $$;
revoke all on function private.enqueue(text, jsonb, timestamptz, text) from public;
grant execute on function private.enqueue(text, jsonb, timestamptz, text) to authenticated, service_role;

-- The relay's half of the move; the other half is pg-boss's insert in the same transaction. Several nodes share the rows:
-- each skips what another one has in its hands. A function, because FOR UPDATE asks for the right to UPDATE, and that
-- nobody needs.
create function private.take_queued(most integer)
returns table (id bigint, name text, data jsonb, start_after timestamptz, once text)
language sql volatile security definer set search_path = '' as $$
  with taken as materialized (
    select q.id from jobs.queued q order by q.id limit take_queued.most for update skip locked
  )
  delete from jobs.queued q using taken where q.id = taken.id
  returning q.id, q.name, q.data, q.start_after, q.once
$$;
revoke all on function private.take_queued(integer) from public;
grant execute on function private.take_queued(integer) to service_role;

-- A job that failed more often than it may. pg-boss's own tables belong to the worker login and change with its versions;
-- this one is ours, stays as it is, and can be read under a policy like everything else. Whoever reads it sees that
-- something is wrong, so only the operator does; a retry takes the row away and queues the job anew.
create table jobs.dead_letters (
  id        uuid primary key,          -- the job's own id: burying it twice changes nothing
  name      text not null,
  data      jsonb not null,
  code      text not null,             -- why the last attempt failed: a name, never a message, which could hold people's data
  attempts  integer not null,
  queued_at timestamptz not null,
  failed_at timestamptz not null default now()
);
create index dead_letters_failed_at_idx on jobs.dead_letters (failed_at, id);   -- the order in which they are listed
alter table jobs.dead_letters enable row level security;
revoke all on jobs.dead_letters from anon, authenticated, service_role;
create policy "the server sees dead letters" on jobs.dead_letters for select to service_role using (true);
create policy "the server buries what failed for good" on jobs.dead_letters for insert to service_role with check (true);
create policy "the server takes up again what was buried" on jobs.dead_letters for delete to service_role using (true);
grant select, delete, insert (id, name, data, code, attempts, queued_at) on jobs.dead_letters to service_role;

-- pg-boss makes, owns and upgrades what is in here, as the worker login itself (without becoming service_role). It is the
-- one schema whose tables we do not write down.
create schema pgboss;
grant usage, create on schema pgboss to vivavoce_worker;
