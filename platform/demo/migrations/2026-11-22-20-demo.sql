-- The demo world (README.md). What is in it lies in everybody's tables; here stands only that it was loaded, so that it is
-- loaded once, and that it was left, so that it never comes back.
create schema demo;
grant usage on schema demo to service_role;

create table demo.worlds (
  id        boolean primary key default true,
  loaded_at timestamptz not null,
  left_at   timestamptz,
  constraint there_is_one check (id),
  constraint left_after_it_was_loaded check (left_at >= loaded_at)
);
alter table demo.worlds enable row level security;
revoke all on demo.worlds from anon, authenticated, service_role;
create policy "the server sees whether there is a demo world" on demo.worlds for select to service_role using (true);
grant select on demo.worlds to service_role;   -- written by the owner alone: at the first start, and by npm run demo
