-- One rehearsal of an interview, and what is asked in it. Nobody writes these but the functions that come with the operations; which
-- step leads where holds for them too.
create table interviews.interview_sessions (
  id                      uuid primary key default gen_random_uuid(),
  user_id                 uuid not null references auth.users (id) on delete cascade,
  session_name            text default 'Practice Interview',
  target_role             text,
  key_skills_focused      text[],
  interview_type          text,
  job_description_context text,
  requested_num_questions integer,
  actual_num_questions    integer,
  status                  text not null default 'pending',
  started_at              timestamptz,
  completed_at            timestamptz,                 -- or aborted
  vapi_call_id            text,
  created_at              timestamptz not null default now(),
  meeting_id              uuid references scheduling.meetings,   -- its claimed time. null: begun at once, which no calendar refuses
  transcript_agreed_at    timestamptz,                 -- words and sound are recordings, each off until the applicant agrees,
  audio_agreed_at         timestamptz,                 -- interview by interview
  constraint interview_is_one_persons unique (id, user_id),      -- for the keys that point here with both
  constraint a_meeting_is_one_interview unique (meeting_id),
  constraint call_already_reported unique (vapi_call_id),
  constraint status_is_known check (status in ('pending', 'in_progress', 'completed', 'aborted')),
  constraint started_as_the_status_says check (
    case status when 'pending' then started_at is null when 'aborted' then true else started_at is not null end),
  constraint completed_as_the_status_says check ((status in ('completed', 'aborted')) = (completed_at is not null)),
  constraint it_ends_after_it_starts check (completed_at >= started_at),
  constraint names_are_short check (
    length(session_name) <= 200 and length(target_role) <= 200 and length(interview_type) <= 100 and length(vapi_call_id) <= 200),
  constraint skills_are_a_list check (
    cardinality(key_skills_focused) <= 50 and length(array_to_string(key_skills_focused, '')) <= 5000
      and array_position(key_skills_focused, null) is null),
  constraint job_description_is_one_job check (length(job_description_context) <= 50000),
  constraint questions_are_countable check (requested_num_questions between 1 and 50 and actual_num_questions between 0 and 200)
);
create index interview_sessions_user_id_idx on interviews.interview_sessions (user_id, created_at, id);
create index interview_sessions_status_idx on interviews.interview_sessions (status);
alter table interviews.interview_sessions enable row level security;
revoke all on interviews.interview_sessions from anon, authenticated, service_role;

create policy "applicants see their own interviews" on interviews.interview_sessions for select to authenticated
  using (user_id = (select auth.uid()));
create policy "the server sees interviews" on interviews.interview_sessions for select to service_role using (true);
grant select on interviews.interview_sessions to authenticated, service_role;

-- As drawn in the README. A call, once it has a name at the provider, keeps it: whoever reports another call into this interview, or
-- this call into another interview, changes nothing.
create function private.interview_steps() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  drawn constant jsonb := '{"": ["pending"], "pending": ["in_progress", "aborted"], "in_progress": ["completed", "aborted"]}';
  before constant text := case when tg_op = 'UPDATE' then old.status else '' end;
begin
  if new.status <> before then
    if not coalesce(drawn -> before ? new.status, false) then perform private.refuse('interview_cannot_do_that'); end if;
    if new.status = 'in_progress' then new.started_at := coalesce(new.started_at, now()); end if;
    if new.status in ('completed', 'aborted') then new.completed_at := coalesce(new.completed_at, now()); end if;
  end if;
  if tg_op = 'UPDATE' then
    if new.vapi_call_id is distinct from old.vapi_call_id and old.vapi_call_id is not null then
      perform private.refuse('call_already_reported');
    end if;
    -- The choice is taken back by deleting what was kept, else it would only look taken back.
    if new.audio_agreed_at is null and old.audio_agreed_at is not null
      and exists (select from interviews.interview_answers a where a.session_id = new.id and a.audio_storage_path is not null)
    then perform private.refuse('audio_needs_your_choice'); end if;
  end if;
  return new;
end $$;
revoke all on function private.interview_steps() from public;
create trigger interview_steps before insert or update on interviews.interview_sessions for each row execute function private.interview_steps();

create table interviews.interview_questions (
  id                uuid primary key default gen_random_uuid(),
  session_id        uuid not null references interviews.interview_sessions (id) on delete cascade,
  question_text     text not null,
  question_order    integer not null,
  question_type_tag text,
  generated_at      timestamptz not null default now(),
  source            text not null,
  source_words      text,                              -- of the CV or the job, letter for letter
  constraint question_is_of_one_interview unique (id, session_id),   -- for the answers' key
  constraint order_already_taken unique (session_id, question_order),
  constraint order_counts_from_one check (question_order between 1 and 200),
  constraint question_is_one_question check (length(btrim(question_text)) between 1 and 2000 and length(question_type_tag) <= 60),
  constraint source_is_known check (source in ('cv', 'job', 'bank')),
  constraint question_needs_a_source check (
    case source when 'bank' then source_words is null else coalesce(length(btrim(source_words)) between 2 and 2000, false) end)
);
alter table interviews.interview_questions enable row level security;
revoke all on interviews.interview_questions from anon, authenticated, service_role;

create function private.my_interviews() returns setof uuid language sql stable security definer set search_path = '' as $$
  select s.id from interviews.interview_sessions s where s.user_id = (select auth.uid())
$$;
revoke all on function private.my_interviews() from public;
grant execute on function private.my_interviews() to authenticated;

create policy "applicants see what they were asked" on interviews.interview_questions for select to authenticated
  using (session_id = any (array(select private.my_interviews())));
create policy "the server sees questions" on interviews.interview_questions for select to service_role using (true);
grant select on interviews.interview_questions to authenticated, service_role;

-- The promise is that questions come from your CV and the job: so the words a question names as its source stand there. A question
-- out of the bank says so. After the row, because only then its words are known to be some.
create function private.question_has_its_source() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  its interviews.interview_sessions;
begin
  select s.* into its from interviews.interview_sessions s where s.id = new.session_id for no key update;
  if its.status not in ('pending', 'in_progress') then perform private.refuse('interview_cannot_do_that'); end if;
  if new.source <> 'bank' and coalesce(strpos(
    case new.source when 'job' then its.job_description_context
      else (select p.cv_text_content from interviews.profiles p where p.user_id = its.user_id) end, new.source_words), 0) = 0
  then perform private.refuse('question_needs_a_source'); end if;
  return null;
end $$;
revoke all on function private.question_has_its_source() from public;
create trigger question_has_its_source after insert or update on interviews.interview_questions for each row
  execute function private.question_has_its_source();
