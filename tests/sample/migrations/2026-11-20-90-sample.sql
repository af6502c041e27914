-- What tests of the ground stand on; never shipped. A note is its owner's; a shared one can be read by anyone signed in.
create schema sample;
grant usage on schema sample to anon, authenticated, service_role;

create table sample.notes (
  id         uuid primary key default gen_random_uuid(),
  owner_id   uuid not null default auth.uid() references auth.users,
  title      text not null,
  body       text not null default '',
  kind       text not null default 'private',
  secret     text,                       -- granted to nobody
  created_at timestamptz not null default now(),
  constraint kind_is_known check (kind in ('private', 'shared')),
  constraint title_taken unique (owner_id, title),
  constraint title_is_short check (length(title) between 1 and 200)
);
alter table sample.notes enable row level security;
create index notes_owner_created_idx on sample.notes (owner_id, created_at, id);
create index notes_shared_idx on sample.notes (kind, created_at, id);

create policy "owners see their notes, everybody signed in sees shared ones" on sample.notes for select to authenticated
  using (owner_id = (select auth.uid()) or kind = 'shared');
create policy "people write notes of their own" on sample.notes for insert to authenticated
  with check (owner_id = (select auth.uid()));
create policy "owners change their notes" on sample.notes for update to authenticated
  using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
grant select (id, owner_id, title, body, kind, created_at), insert (title, body, kind), update (title, body, kind) on sample.notes to authenticated;
create policy "the server counts notes" on sample.notes for select to service_role using (true);
grant select (id) on sample.notes to service_role;

create function sample.role() returns text language sql stable set search_path = '' as $$
  select current_user::text
$$;
revoke all on function sample.role() from public;
grant execute on function sample.role() to anon, authenticated, service_role;

-- A refusal of the database's own, for the way from its name to the screen.
create function sample.count_notes() returns integer language sql stable set search_path = '' as $$
  select count(*)::integer from sample.notes where owner_id = (select auth.uid())
$$;
revoke all on function sample.count_notes() from public;
grant execute on function sample.count_notes() to authenticated;

create function sample.finish(note uuid) returns void language plpgsql set search_path = '' as $$
begin
  perform private.refuse('nothing_to_finish');
end $$;
revoke all on function sample.finish(uuid) from public;
grant execute on function sample.finish(uuid) to authenticated;
