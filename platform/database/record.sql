-- What has been applied here, step by step. Each row is written in the same transaction as the step itself, so a runner
-- that was killed at any point leaves neither a step without its row nor a row without its step.
-- It cannot be a migration, because the runner reads it to know which migrations to apply.
create schema migrations;
create table migrations.steps (
  file       text not null,   -- 2026-11-20-01-refusals.sql
  step       int not null,    -- counted from 1 within the file
  checksum   text not null,   -- of the text without its comments: a step that was applied never changes
  applied_at timestamptz not null default now(),
  primary key (file, step)
);
alter table migrations.steps enable row level security;

-- /readyz asks whether anything is pending; nobody else needs to know.
grant usage on schema migrations to service_role;
create policy "the server sees which steps were applied" on migrations.steps for select to service_role using (true);
grant select on migrations.steps to service_role;
