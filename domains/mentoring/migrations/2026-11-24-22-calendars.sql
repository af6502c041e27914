-- Calendars that people keep elsewhere, so that nobody is offered an hour that is taken there.
create table mentoring.calendar_accounts (
  id           uuid primary key default gen_random_uuid(),
  user_id      uuid not null default auth.uid() references auth.users,
  provider     mentoring.calendar_provider not null,
  email        text not null,                      -- which of their calendars it is, in the provider's words
  sync_enabled boolean not null default true,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  constraint calendar_is_there_already unique (user_id, provider, email),
  constraint calendar_is_its_owners unique (id, user_id),
  constraint email_is_short check (length(email) between 3 and 254)
);
alter table mentoring.calendar_accounts enable row level security;
revoke all on mentoring.calendar_accounts from anon, authenticated, service_role;
create trigger touch_calendar_accounts before update on mentoring.calendar_accounts for each row execute function private.touch_updated_at();
create policy "people see their calendars" on mentoring.calendar_accounts for select to authenticated using (user_id = (select auth.uid()));
create policy "people name a calendar" on mentoring.calendar_accounts for insert to authenticated with check (user_id = (select auth.uid()));
create policy "people switch their calendars on and off" on mentoring.calendar_accounts for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "people take their calendars away" on mentoring.calendar_accounts for delete to authenticated using (user_id = (select auth.uid()));
create policy "the server sees calendars" on mentoring.calendar_accounts for select to service_role using (true);
create policy "the server connects calendars" on mentoring.calendar_accounts for insert to service_role with check (true);
create policy "the server switches calendars" on mentoring.calendar_accounts for update to service_role using (true) with check (true);
grant select, delete, insert (provider, email, sync_enabled), update (sync_enabled) on mentoring.calendar_accounts to authenticated;
grant select, insert (user_id, provider, email), update (sync_enabled) on mentoring.calendar_accounts to service_role;

-- The seed keeps tokens in the account's row, where its owner's browser could read them, and so could whoever sits in that
-- browser. Here they are sealed (AES-256-GCM, under the key of that id) in a table that only the server reaches.
create table mentoring.calendar_tokens (
  calendar_account_id uuid primary key references mentoring.calendar_accounts on delete cascade,
  key_id              text not null,
  sealed              bytea not null,
  expires_at          timestamptz,
  updated_at          timestamptz not null default now(),
  constraint key_is_named check (key_id ~ '^[A-Za-z0-9_-]{1,64}$'),
  -- Nonce and tag alone are 28 bytes: less than that is a token that nobody sealed, or none.
  constraint sealed_is_sealed check (length(sealed) between 29 and 16384)
);
alter table mentoring.calendar_tokens enable row level security;
revoke all on mentoring.calendar_tokens from anon, authenticated, service_role;
create trigger touch_calendar_tokens before update on mentoring.calendar_tokens for each row execute function private.touch_updated_at();
create policy "the server opens tokens" on mentoring.calendar_tokens for select to service_role using (true);
create policy "the server seals tokens" on mentoring.calendar_tokens for insert to service_role with check (true);
create policy "the server seals tokens anew" on mentoring.calendar_tokens for update to service_role using (true) with check (true);
create policy "the server forgets tokens" on mentoring.calendar_tokens for delete to service_role using (true);
grant select, delete, insert (calendar_account_id, key_id, sealed, expires_at), update (key_id, sealed, expires_at) on mentoring.calendar_tokens to service_role;

-- When somebody is busy there, as last heard: spans and nothing of what they are about. The index is as that of scheduling's
-- commitments, and for the same question.
create table mentoring.external_busy_events (
  id                  bigint generated always as identity primary key,
  calendar_account_id uuid not null,
  user_id             uuid not null,               -- the account's, beside the span, so that one index answers
  external_id         text not null,
  during              tstzrange not null,
  heard_at            timestamptz not null default now(),
  constraint busy_events_of_its_owners_calendar foreign key (calendar_account_id, user_id)
    references mentoring.calendar_accounts (id, user_id) on delete cascade,
  constraint event_is_heard_once unique (calendar_account_id, external_id),
  constraint external_id_is_short check (length(external_id) between 1 and 1024),
  constraint during_is_half_open check (
    not isempty(during) and lower_inc(during) and not upper_inc(during) and not lower_inf(during) and not upper_inf(during))
);
alter table mentoring.external_busy_events enable row level security;
revoke all on mentoring.external_busy_events from anon, authenticated, service_role;
create index external_busy_events_span_idx on mentoring.external_busy_events using gist (user_id, during);
create index external_busy_events_account_idx on mentoring.external_busy_events (calendar_account_id, user_id);
create index external_busy_events_user_idx on mentoring.external_busy_events (user_id);
create policy "people see when they are busy elsewhere" on mentoring.external_busy_events for select to authenticated
  using (user_id = (select auth.uid()));
create policy "the server sees busy times" on mentoring.external_busy_events for select to service_role using (true);
create policy "the server hears of busy times" on mentoring.external_busy_events for insert to service_role with check (true);
create policy "the server corrects busy times" on mentoring.external_busy_events for update to service_role using (true) with check (true);
create policy "the server drops busy times" on mentoring.external_busy_events for delete to service_role using (true);
grant select (during, heard_at, calendar_account_id, user_id) on mentoring.external_busy_events to authenticated;
grant select, delete, insert (calendar_account_id, user_id, external_id, during), update (during, heard_at) on mentoring.external_busy_events to service_role;
