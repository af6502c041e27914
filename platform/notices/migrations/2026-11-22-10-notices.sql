-- What people are told here: a line behind the bell, beside the mail where there is one. A notice says that something is so
-- and where to look; what is private stands there, behind that page's own policies, and never in the notice.
create schema notices;
grant usage on schema notices to authenticated, service_role;

create table notices.notices (
  id        uuid primary key default gen_random_uuid(),
  person_id uuid not null references auth.users,
  kind      text not null,               -- '<part>.<what>', as kinds of mail are named
  title     text not null,
  body      text not null default '',
  leads_to  text,                        -- a page of ours
  made_at   timestamptz not null default now(),
  read_at   timestamptz,
  constraint kind_is_named check (kind ~ '^[a-z]+\.[a-z0-9-]+$' and length(kind) <= 60),
  constraint title_is_one_line check (length(title) between 1 and 120 and title !~ '[\n\r]'),
  constraint body_is_short check (length(body) <= 400),
  -- Never elsewhere: '//host' and '/\host' are addresses of other places to a browser.
  constraint leads_to_a_page_of_ours check (leads_to ~ '^/([^/\\]|$)' and length(leads_to) <= 300)
);
alter table notices.notices enable row level security;
revoke all on notices.notices from anon, authenticated, service_role;
create index notices_person_idx on notices.notices (person_id, made_at desc, id desc);
create index notices_unread_idx on notices.notices (person_id) where read_at is null;
create index notices_made_idx on notices.notices (made_at);

create policy "people see what they are told" on notices.notices for select to authenticated using (person_id = (select auth.uid()));
create policy "people say what they have read" on notices.notices for update to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));
create policy "the server sees notices" on notices.notices for select to service_role using (true);
create policy "the server forgets notices" on notices.notices for delete to service_role using (true);
grant select, update (read_at) on notices.notices to authenticated;
grant select, delete on notices.notices to service_role;

-- The one way in: the server's jobs call it, and the functions of domains that know who may be told what. Whoever has left is
-- told nothing: a line would stay of them.
create function private.tell(person uuid, kind text, title text, body text default '', leads_to text default null) returns void
language sql volatile security definer set search_path = '' as $$
  insert into notices.notices (person_id, kind, title, body, leads_to)
  select u.id, tell.kind, tell.title, tell.body, tell.leads_to
  from auth.users u where u.id = tell.person and u.deleted_at is null;
$$;
revoke all on function private.tell(uuid, text, text, text, text) from public;
grant execute on function private.tell(uuid, text, text, text, text) to service_role;
