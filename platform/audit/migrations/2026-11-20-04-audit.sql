-- Who did what, where they cannot change it. An entry is appended in the transaction of the deed itself, so there is no
-- deed without its entry and no entry without its deed. Within about a second one worker seals the entries into a chain of
-- hashes (seal.ts): each seal covers its entry and the seal before it, so that nothing in the middle can be changed, left
-- out or exchanged without every later seal showing it. Chaining in the transaction itself would make everybody wait for
-- everybody: it measured a ninth of the write rate.
-- An entry outlives what it tells of and the people in it, so it holds ids and names of things, never what they contain.
create schema audit;
grant usage on schema audit to service_role;

-- No foreign key to auth.users: it would lock the person's row for each entry, and an entry must stand by itself anyway.
create table audit.entries (
  id           bigint generated always as identity primary key,
  at           timestamptz not null default now(),
  actor        uuid,                           -- null: the server by itself
  role         text not null,                  -- as whom the database took them
  action       text not null,                  -- 'care.record-viewed'
  subject_kind text not null,                  -- 'patient'
  subject_id   text not null,
  reason       text,                           -- in the actor's own words, where they must give one (support access)
  details      jsonb not null default '{}',    -- ids and names of states only: no content, nothing anybody wrote
  constraint action_is_part_and_what check (action ~ '^[a-z]+\.[a-z0-9-]+$'),
  constraint subject_is_named check (length(subject_kind) between 1 and 60 and length(subject_id) between 1 and 200),
  constraint reason_is_short check (length(reason) <= 500),
  constraint details_hold_ids check (jsonb_typeof(details) = 'object' and length(details::text) <= 4000)
);
alter table audit.entries enable row level security;
revoke all on audit.entries from anon, authenticated, service_role;
create policy "the server reads the audit" on audit.entries for select to service_role using (true);
grant select on audit.entries to service_role;   -- and nobody writes, but through the functions below

-- What waits for its seal. Entries are committed in another order than their ids were given out, so "every entry after the
-- last one sealed" would pass over those that come late. No foreign key: the two rows are written together, below.
create table audit.unsealed (entry_id bigint primary key);
alter table audit.unsealed enable row level security;
revoke all on audit.unsealed from anon, authenticated, service_role;
create policy "the sealer sees what waits" on audit.unsealed for select to service_role using (true);
create policy "the sealer takes what it sealed" on audit.unsealed for delete to service_role using (true);
grant select, delete on audit.unsealed to service_role;

-- hash = sha256(hash of the seal before || the entry's bytes); what exactly these bytes are stands in chain.ts, outside
-- the database, where somebody with every right in here cannot bend it.
create table audit.seals (
  position bigint primary key,                 -- 1, 2, 3 … without a gap
  entry_id bigint not null references audit.entries,
  hash     bytea not null,
  constraint position_counts_from_one check (position >= 1),
  constraint an_entry_is_sealed_once unique (entry_id),
  constraint hash_is_sha256 check (length(hash) = 32)
);
alter table audit.seals enable row level security;
revoke all on audit.seals from anon, authenticated, service_role;
create policy "the server reads the seals" on audit.seals for select to service_role using (true);
create policy "the sealer adds seals" on audit.seals for insert to service_role with check (true);
grant select, insert on audit.seals to service_role;

-- Even the owner, whom no policy holds, does not change the audit by a slip of the hand. (Whoever switches the trigger off
-- to do it is not stopped, but found: npm run audit:verify.)
create function private.audit_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.refuse('audit_is_append_only');
  return null;
end $$;
revoke all on function private.audit_stays() from public;
create trigger entries_stay before update or delete or truncate on audit.entries for each statement execute function private.audit_stays();
create trigger seals_stay before update or delete or truncate on audit.seals for each statement execute function private.audit_stays();

-- What the asking person did. The actor is whoever the database knows to be asking, never somebody the caller names. Inside
-- a definer function current_user is the owner, but the setting still names the role that was taken on.
create function private.audit(action text, subject_kind text, subject_id text, reason text default null, details jsonb default '{}') returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  with entry as (
    insert into audit.entries (actor, role, action, subject_kind, subject_id, reason, details)
    values ((select auth.uid()), coalesce(nullif(current_setting('role'), 'none'), session_user),
      audit.action, audit.subject_kind, audit.subject_id, audit.reason, audit.details)
    returning id)
  insert into audit.unsealed (entry_id) select id from entry;
end $$;
revoke all on function private.audit(text, text, text, text, jsonb) from public;
grant execute on function private.audit(text, text, text, text, jsonb) to authenticated, service_role;

-- What somebody did where the server acts in its own name (a sign-in, a job): only the server may say who it was.
create function private.audit_for(actor uuid, action text, subject_kind text, subject_id text, reason text default null, details jsonb default '{}')
returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  with entry as (
    insert into audit.entries (actor, role, action, subject_kind, subject_id, reason, details)
    values (audit_for.actor, coalesce(nullif(current_setting('role'), 'none'), session_user),
      audit_for.action, audit_for.subject_kind, audit_for.subject_id, audit_for.reason, audit_for.details)
    returning id)
  insert into audit.unsealed (entry_id) select id from entry;
end $$;
revoke all on function private.audit_for(uuid, text, text, text, text, jsonb) from public;
grant execute on function private.audit_for(uuid, text, text, text, text, jsonb) to service_role;
