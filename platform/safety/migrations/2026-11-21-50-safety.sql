-- Safety among strangers: people keep others away by themselves (a block), and tell us about them (a report).
create schema safety;
grant usage on schema safety to authenticated, service_role;

-- One idea for all domains: whoever is blocked and whoever blocked them are hidden from each other. Nobody is told that they
-- are blocked, so the row is seen by the one who made it. No entry in the audit: it would outlive the row and keep, for
-- good, that two people had a quarrel.
create table safety.blocks (
  blocker_id uuid not null default auth.uid() references auth.users,
  blocked_id uuid not null,
  blocked_at timestamptz not null default now(),
  primary key (blocker_id, blocked_id),
  constraint no_such_person foreign key (blocked_id) references auth.users,
  constraint nobody_blocks_themselves check (blocker_id <> blocked_id)
);
alter table safety.blocks enable row level security;
revoke all on safety.blocks from anon, authenticated, service_role;
create index blocks_blocked_idx on safety.blocks (blocked_id, blocker_id);

create policy "people see whom they block" on safety.blocks for select to authenticated using (blocker_id = (select auth.uid()));
create policy "people block" on safety.blocks for insert to authenticated with check (blocker_id = (select auth.uid()));
create policy "people unblock" on safety.blocks for delete to authenticated using (blocker_id = (select auth.uid()));
create policy "the server sees blocks" on safety.blocks for select to service_role using (true);
create policy "the server forgets blocks" on safety.blocks for delete to service_role using (true);
grant select, delete, insert (blocked_id) on safety.blocks to authenticated;
grant select, delete on safety.blocks to service_role;

-- Everybody whom I am not to meet: those I block and those who block me. For the policies of domains:
--   person_id <> all (array(select private.my_blocked()))
-- A definer function, because nobody may read who blocks them; no argument, so that it runs once a query.
create function private.my_blocked() returns setof uuid language sql stable security definer set search_path = '' as $$
  select b.blocked_id from safety.blocks b where b.blocker_id = (select auth.uid())
  union all
  select b.blocker_id from safety.blocks b where b.blocked_id = (select auth.uid())
$$;
revoke all on function private.my_blocked() from public;
grant execute on function private.my_blocked() to authenticated, service_role;

-- Names beside the ids, for the list of those I block: their other traces are hidden from me.
create function private.my_blocks() returns table (person_id uuid, name text, blocked_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select b.blocked_id, private.name_in(u.raw_user_meta_data), b.blocked_at
  from safety.blocks b join auth.users u on u.id = b.blocked_id
  where b.blocker_id = (select auth.uid())
  order by b.blocked_at desc, b.blocked_id
$$;
revoke all on function private.my_blocks() from public;
grant execute on function private.my_blocks() to authenticated;

-- A person tells us about another, or about something that was said or shown. Administrators work through these one by one.
create table safety.reports (
  id           uuid primary key default gen_random_uuid(),
  reporter_id  uuid not null references auth.users,
  reported_id  uuid,                                 -- null: it is about a thing
  subject_kind text not null,                        -- 'person', 'care.message' …
  subject_id   text not null,
  kind         text not null,
  words        text not null default '',             -- the reporter's own
  context      jsonb not null default '{}',          -- ids of what was before and after it, never the content itself
  state        text not null default 'open',
  taken_by     uuid references auth.users,           -- who works on it; from then on also who decided
  decision     text,
  reason       text,                                 -- the administrator's own words
  reported_at  timestamptz not null default now(),
  closed_at    timestamptz,
  told_at      timestamptz,                          -- that the reporter was told
  constraint no_such_person foreign key (reported_id) references auth.users,
  constraint nobody_reports_themselves check (reporter_id <> reported_id),
  constraint subject_is_named check (subject_kind ~ '^[a-z]+(\.[a-z-]+)?$' and length(subject_kind) <= 60 and length(subject_id) between 1 and 200),
  constraint kind_is_known check (kind in ('harassment', 'threat', 'sexual', 'hate', 'spam', 'impersonation', 'unsafe_advice', 'privacy', 'other')),
  constraint words_are_short check (length(words) <= 2000),
  constraint context_holds_ids check (jsonb_typeof(context) = 'object' and length(context::text) <= 2000),
  constraint state_is_known check (state in ('open', 'in_work', 'closed')),
  constraint work_has_somebody check (state = 'open' or taken_by is not null),
  constraint decision_is_known check (decision in ('nothing_found', 'warned', 'removed', 'suspended', 'passed_on')),
  constraint closed_means_decided check ((state = 'closed') = (closed_at is not null) and (state = 'closed') = (decision is not null)),
  constraint reason_is_short check (length(reason) <= 500)
);
alter table safety.reports enable row level security;
revoke all on safety.reports from anon, authenticated, service_role;
create index reports_reporter_idx on safety.reports (reporter_id, reported_at, id);
create index reports_reported_idx on safety.reports (reported_id);
create index reports_taken_by_idx on safety.reports (taken_by);
create index reports_queue_idx on safety.reports (state, reported_at, id);

-- The reporter sees what they told and that it was closed: never by whom, nor how. The reported person sees nothing.
create policy "people see what they reported" on safety.reports for select to authenticated using (reporter_id = (select auth.uid()));
create policy "the server sees reports" on safety.reports for select to service_role using (true);
create policy "the server forgets what reports say" on safety.reports for update to service_role using (true) with check (true);
grant select (id, reporter_id, subject_kind, subject_id, kind, words, state, reported_at, closed_at) on safety.reports to authenticated;
grant select, update (words, context, reason, told_at) on safety.reports to service_role;

-- A function, because how many somebody has sent today is not theirs to decide: beyond twenty a day it is a weapon.
create function private.report(subject_kind text, subject_id text, kind text, words text, context jsonb, person uuid default null) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  made uuid;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform pg_advisory_xact_lock(hashtextextended('safety.reports ' || me, 0));   -- else all of a burst count the same nineteen
  if (select count(*) from safety.reports r where r.reporter_id = me and r.reported_at > now() - interval '1 day') >= 20 then
    perform private.refuse('too_many_reports');
  end if;
  insert into safety.reports (reporter_id, reported_id, subject_kind, subject_id, kind, words, context)
  values (me, report.person, report.subject_kind, report.subject_id, report.kind, report.words, report.context)
  returning id into made;
  return made;
end $$;
revoke all on function private.report(text, text, text, text, jsonb, uuid) from public;
grant execute on function private.report(text, text, text, text, jsonb, uuid) to authenticated;

-- The queue. Looking at what people told us is an act of its own; `details` say of how many.
create function private.reports_to_work(those text)
returns table (id uuid, reporter_id uuid, reported_id uuid, subject_kind text, subject_id text, kind text, words text, context jsonb,
  state text, taken_by uuid, decision text, reason text, reported_at timestamptz, closed_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  perform private.audit('safety.reports-seen', 'reports', reports_to_work.those);
  return query
    select r.id, r.reporter_id, r.reported_id, r.subject_kind, r.subject_id, r.kind, r.words, r.context, r.state, r.taken_by, r.decision,
      r.reason, r.reported_at, r.closed_at
    from safety.reports r where r.state = reports_to_work.those;
end $$;
revoke all on function private.reports_to_work(text) from public;
grant execute on function private.reports_to_work(text) to authenticated;

-- Two administrators do not work on one report: the second finds it taken. Nobody works on one about themselves.
create function private.take_report(report uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  about uuid;
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  update safety.reports r set state = 'in_work', taken_by = auth.uid() where r.id = take_report.report and r.state = 'open'
  returning r.reported_id into about;
  if not found then
    perform private.refuse(case when exists (select from safety.reports r where r.id = take_report.report) then 'report_taken' else 'no_such_report' end);
  end if;
  if about = auth.uid() then perform private.refuse('report_about_you'); end if;
  perform private.audit('safety.report-taken', 'report', take_report.report::text);
end $$;
revoke all on function private.take_report(uuid) from public;
grant execute on function private.take_report(uuid) to authenticated;

-- By whoever took it. The reason is about what was decided; who is concerned stands in the row, so it need not be said, and
-- where it is said it is refused: the entry in the audit stays when they are gone.
create function private.close_report(report uuid, decision text, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  about uuid;
begin
  update safety.reports r set state = 'closed', closed_at = now(), decision = close_report.decision, reason = close_report.reason
  where r.id = close_report.report and r.state = 'in_work' and r.taken_by = (select auth.uid())
  returning r.reported_id into about;
  if not found then perform private.refuse('not_in_your_hands'); end if;
  perform private.administer('safety.report-closed', about, close_report.reason,
    jsonb_build_object('report', close_report.report, 'decision', close_report.decision));
end $$;
revoke all on function private.close_report(uuid, text, text) from public;
grant execute on function private.close_report(uuid, text, text) to authenticated;

-- Nothing of a person stays: whom they blocked and who blocked them, what they told us and what others told about them. That
-- there was a report, of which kind and with which decision, stays without its words.
create function private.erase_safety(person uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from safety.blocks b where erase_safety.person in (b.blocker_id, b.blocked_id);
  update safety.reports r set words = '', context = '{}', reason = null where erase_safety.person in (r.reporter_id, r.reported_id);
$$;
revoke all on function private.erase_safety(uuid) from public;
grant execute on function private.erase_safety(uuid) to service_role;
