-- What is said of a session, and how a candidate stands from day to day.

-- Every judgement with the words it rests on: [{"criterion": …, "judgement": …, "quote": …}].
create function private.is_evidence(evidence jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(is_evidence.evidence) = 'array' then
    jsonb_array_length(is_evidence.evidence) <= 100 and length(is_evidence.evidence::text) <= 300000
      and not exists (
        select from jsonb_array_elements(is_evidence.evidence) item
        where not coalesce(
          jsonb_typeof(item) = 'object'
            and jsonb_typeof(item -> 'criterion') = 'string' and length(btrim(item ->> 'criterion')) between 1 and 100
            and jsonb_typeof(item -> 'judgement') = 'string' and length(btrim(item ->> 'judgement')) between 1 and 1000
            and jsonb_typeof(item -> 'quote') = 'string' and length(btrim(item ->> 'quote')) >= 2   -- a blank stands in every text
            and length(item ->> 'quote') <= 1000,
          false))
    else false end
$$;
revoke all on function private.is_evidence(jsonb) from public;

create table speaking.feedback_reports (
  id                    uuid primary key default gen_random_uuid(),
  session_id            uuid not null references speaking.sessions on delete restrict,
  transcript            text not null,                 -- the only copy of the words there is
  ai_summary            text not null,
  score_raw             integer not null,              -- our estimate, and no result of any test
  strengths             text not null,
  areas_for_improvement text not null,
  created_at            timestamptz not null default now(),
  evidence              jsonb not null,
  scrubbed_at           timestamptz,                   -- its session was removed: it says nothing any more
  constraint one_report_per_session unique (session_id),
  constraint score_out_of_range check (score_raw between 0 and 39),
  constraint evidence_has_its_shape check (
    case when private.is_evidence(evidence) then (jsonb_array_length(evidence) > 0) = (scrubbed_at is null) else false end),
  constraint report_is_of_one_talk check (
    length(transcript) <= 200000 and greatest(length(ai_summary), length(strengths), length(areas_for_improvement)) <= 20000),
  -- A sound could still be written down as letters: it would come as one very long word, or say what it is.
  constraint no_audio_is_kept check (
    transcript || ' ' || ai_summary || ' ' || strengths || ' ' || areas_for_improvement || ' ' || evidence::text !~ '[^[:space:]]{255}'
      and transcript || ai_summary || strengths || areas_for_improvement || evidence::text !~* 'data:(audio|video|application)'),
  constraint scrubbed_as_a_whole check (
    scrubbed_at is null or (score_raw = 0 and transcript || ai_summary || strengths || areas_for_improvement = ''))
);
create index feedback_reports_score_raw_idx on speaking.feedback_reports (score_raw);
alter table speaking.feedback_reports enable row level security;
revoke all on speaking.feedback_reports from anon, authenticated, service_role;

create function private.my_speaking_sessions() returns setof uuid language sql stable security definer set search_path = '' as $$
  select s.id from speaking.sessions s where s.user_id = (select auth.uid()) and s.status <> 'removed'
$$;
revoke all on function private.my_speaking_sessions() from public;
grant execute on function private.my_speaking_sessions() to authenticated;

create policy "candidates read the reports on their sessions" on speaking.feedback_reports for select to authenticated
  using (session_id = any (array(select private.my_speaking_sessions())));
create policy "the server reads reports" on speaking.feedback_reports for select to service_role using (true);
grant select on speaking.feedback_reports to authenticated, service_role;

create trigger report_is_stamped before insert or update on speaking.feedback_reports for each row execute function private.speaking_is_stamped();
create trigger reports_stay before delete or truncate on speaking.feedback_reports for each statement execute function private.speaking_keeps_its_rows();

-- A report comes while its session is assessed, and stands. It takes the session's row before its own place in the unique key:
-- whoever completes the session does so too, and in the same order nobody waits in a circle.
create function private.report_comes() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  status text;
begin
  if tg_op = 'UPDATE' then
    if old.scrubbed_at is not null or new.scrubbed_at is null or new.session_id <> old.session_id then
      perform private.refuse('report_is_final');
    end if;
    return new;
  end if;
  select s.status into status from speaking.sessions s where s.id = new.session_id for no key update;
  if status = 'completed' then perform private.refuse('one_report_per_session'); end if;
  if status <> 'assessing' then perform private.refuse('session_cannot_do_that'); end if;
  return new;
end $$;
revoke all on function private.report_comes() from public;
create trigger report_comes before insert or update on speaking.feedback_reports for each row execute function private.report_comes();

-- Letter for letter, so that no model puts words into anybody's mouth. After the row, because only then has the evidence its shape.
create function private.report_quotes() returns trigger language plpgsql set search_path = '' as $$
begin
  if exists (select from jsonb_array_elements(new.evidence) item where strpos(new.transcript, item ->> 'quote') = 0) then
    perform private.refuse('quote_not_in_transcript');
  end if;
  return null;
end $$;
revoke all on function private.report_quotes() from public;
create trigger report_quotes after insert or update on speaking.feedback_reports for each row execute function private.report_quotes();

-- A session is completed with its report. Removed, it takes along what the report says: the transcript was a recording, and
-- its candidate may have it gone at any time.
create function private.session_ends() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'completed' and not exists (select from speaking.feedback_reports r where r.session_id = new.id) then
    perform private.refuse('session_cannot_do_that');
  end if;
  if new.status = 'removed' then
    update speaking.feedback_reports r
    set transcript = '', ai_summary = '', score_raw = 0, strengths = '', areas_for_improvement = '', evidence = '[]', scrubbed_at = now()
    where r.session_id = new.id and r.scrubbed_at is null;
  end if;
  return null;
end $$;
revoke all on function private.session_ends() from public;
create trigger session_ends after update of status on speaking.sessions for each row
  when (new.status <> old.status) execute function private.session_ends();

create table speaking.user_progress_snapshots (
  id                       uuid primary key default gen_random_uuid(),
  user_id                  uuid not null references speaking.members on delete restrict,
  snapshot_date            date not null,              -- a day of the candidate's own
  average_score            double precision not null,
  sessions_completed_count integer not null,
  strengths_topics         jsonb not null,             -- ["opening", "giving information"]
  created_at               timestamptz not null default now(),
  scrubbed_at              timestamptz,                -- its person is erased
  constraint one_snapshot_a_day unique (user_id, snapshot_date),
  constraint score_out_of_range check (average_score between 0 and 39),
  constraint snapshot_needs_a_session check (sessions_completed_count >= 1 or (scrubbed_at is not null and sessions_completed_count = 0)),
  constraint strengths_topics_have_their_shape check (private.are_words(strengths_topics, 50))
);
create index user_progress_snapshots_snapshot_date_idx on speaking.user_progress_snapshots (snapshot_date);
create index user_progress_snapshots_strengths_topics_idx on speaking.user_progress_snapshots using gin (strengths_topics);
alter table speaking.user_progress_snapshots enable row level security;
revoke all on speaking.user_progress_snapshots from anon, authenticated, service_role;

create policy "candidates see how they got on" on speaking.user_progress_snapshots for select to authenticated
  using (user_id = (select auth.uid()));
create policy "the server sees how candidates got on" on speaking.user_progress_snapshots for select to service_role using (true);
grant select on speaking.user_progress_snapshots to authenticated, service_role;

create trigger snapshot_is_stamped before insert or update on speaking.user_progress_snapshots for each row
  execute function private.speaking_is_stamped();
create trigger snapshots_stay before delete or truncate on speaking.user_progress_snapshots for each statement
  execute function private.speaking_keeps_its_rows();

-- An average of nothing is no number. A day of theirs may be over up to fourteen hours before it is in UTC, hence the second day.
create function private.snapshot_has_a_session() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not exists (
    select from speaking.sessions s
    where s.user_id = new.user_id and s.status = 'completed' and s.created_at < (new.snapshot_date + 2)::timestamp at time zone 'UTC'
  ) then perform private.refuse('snapshot_needs_a_session'); end if;
  return new;
end $$;
revoke all on function private.snapshot_has_a_session() from public;
create trigger snapshot_has_a_session before insert on speaking.user_progress_snapshots for each row
  execute function private.snapshot_has_a_session();
