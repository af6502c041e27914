-- What the applicant said, and what is said about it.
create table interviews.interview_answers (
  id                     uuid primary key default gen_random_uuid(),
  question_id            uuid not null,
  session_id             uuid not null,
  user_id                uuid not null references auth.users (id) on delete cascade,
  answer_transcript_text text,
  answered_at            timestamptz not null default now(),
  audio_storage_path     text,                         -- the object of platform/files, if the applicant chose to keep the sound
  attempt                integer not null default 1,
  audio_file_id          uuid references files.objects on delete set null,   -- no row of ours keeps a file from being swept
  -- The seed has three keys that know nothing of each other, so that an answer could point across interviews and people. Together they cannot.
  constraint question_of_another_interview foreign key (question_id, session_id)
    references interviews.interview_questions (id, session_id) on delete cascade,
  constraint interview_of_another_person foreign key (session_id, user_id)
    references interviews.interview_sessions (id, user_id) on delete cascade,
  constraint already_answered unique (question_id, attempt),
  constraint attempts_count_from_one check (attempt between 1 and 50),
  constraint answer_is_one_answer check (length(answer_transcript_text) <= 50000),
  constraint a_sound_is_of_one_answer unique (audio_file_id),
  constraint sound_names_its_file check (num_nonnulls(audio_storage_path, audio_file_id) in (0, 2))
);
create index interview_answers_question_idx on interviews.interview_answers (question_id, session_id);
create index interview_answers_session_idx on interviews.interview_answers (session_id, user_id);
create index interview_answers_user_id_idx on interviews.interview_answers (user_id);
alter table interviews.interview_answers enable row level security;
revoke all on interviews.interview_answers from anon, authenticated, service_role;

create policy "applicants see their own answers" on interviews.interview_answers for select to authenticated using (user_id = (select auth.uid()));
create policy "the server sees answers" on interviews.interview_answers for select to service_role using (true);
grant select on interviews.interview_answers to authenticated, service_role;

-- Answers are given while the interview goes on, and stand: another attempt is another row. Words and sound are kept as the applicant
-- chose, and a sound can go at any time. The interview's row comes first, so that whoever takes a step waits for whoever answers.
create function private.answer_is_kept_by_choice() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  its interviews.interview_sessions;
begin
  if tg_op = 'UPDATE' and new.audio_file_id is null then new.audio_storage_path := null; end if;
  if tg_op = 'UPDATE' and (new.question_id, new.session_id, new.user_id, new.attempt, new.answer_transcript_text)
    is distinct from (old.question_id, old.session_id, old.user_id, old.attempt, old.answer_transcript_text)
  then perform private.refuse('already_answered'); end if;
  select s.* into its from interviews.interview_sessions s where s.id = new.session_id for no key update;
  if not found then return new; end if;   -- the key says so by its name
  if tg_op = 'INSERT' and its.status <> 'in_progress' then perform private.refuse('interview_cannot_do_that'); end if;
  if tg_op = 'INSERT' and new.answer_transcript_text is not null and its.transcript_agreed_at is null then
    perform private.refuse('transcript_needs_your_choice');
  end if;
  if new.audio_storage_path is not null and its.audio_agreed_at is null then perform private.refuse('audio_needs_your_choice'); end if;
  return new;
end $$;
revoke all on function private.answer_is_kept_by_choice() from public;
create trigger answer_is_kept_by_choice before insert or update on interviews.interview_answers for each row
  execute function private.answer_is_kept_by_choice();
create trigger answer_sound_goes after delete or update of audio_file_id on interviews.interview_answers for each row
  when (old.audio_file_id is not null) execute function private.interview_file_goes('audio_file_id');

-- Every judgement with the answer and the words it rests on: [{"answer_id": …, "judgement": …, "quote": …}].
create function private.is_interview_evidence(evidence jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(is_interview_evidence.evidence) = 'array' then
    jsonb_array_length(is_interview_evidence.evidence) between 1 and 100 and length(is_interview_evidence.evidence::text) <= 300000
      and not exists (
        select from jsonb_array_elements(is_interview_evidence.evidence) item
        where not coalesce(
          jsonb_typeof(item) = 'object'
            and item ->> 'answer_id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            and jsonb_typeof(item -> 'judgement') = 'string' and length(btrim(item ->> 'judgement')) between 1 and 1000
            and jsonb_typeof(item -> 'quote') = 'string' and length(btrim(item ->> 'quote')) >= 2   -- a blank stands in every text
            and length(item ->> 'quote') <= 1000,
          false))
    else false end
$$;
revoke all on function private.is_interview_evidence(jsonb) from public;

create table interviews.ai_feedback (
  id                             uuid primary key default gen_random_uuid(),
  session_id                     uuid not null references interviews.interview_sessions (id) on delete cascade,
  user_id                        uuid not null references auth.users (id) on delete cascade,
  overall_summary                text,
  strengths_feedback             text,
  areas_for_improvement_feedback text,
  actionable_suggestions         text,
  overall_score_qualitative      text,                 -- three words, so that nobody can be ranked by them
  feedback_generated_at          timestamptz not null default now(),
  evidence                       jsonb not null,
  constraint one_feedback_per_interview unique (session_id),
  constraint interview_of_another_person foreign key (session_id, user_id) references interviews.interview_sessions (id, user_id) on delete cascade,
  constraint feedback_is_short check (
    length(overall_summary) <= 20000 and length(strengths_feedback) <= 20000 and length(areas_for_improvement_feedback) <= 20000
      and length(actionable_suggestions) <= 20000),
  constraint score_is_words check (overall_score_qualitative in ('Needs Improvement', 'Good', 'Excellent')),
  constraint evidence_has_its_shape check (private.is_interview_evidence(evidence))
);
create index ai_feedback_session_idx on interviews.ai_feedback (session_id, user_id);
create index ai_feedback_user_id_idx on interviews.ai_feedback (user_id);
alter table interviews.ai_feedback enable row level security;
revoke all on interviews.ai_feedback from anon, authenticated, service_role;

create policy "applicants read the feedback on their interviews" on interviews.ai_feedback for select to authenticated
  using (user_id = (select auth.uid()));
create policy "the server reads feedback on interviews" on interviews.ai_feedback for select to service_role using (true);
grant select on interviews.ai_feedback to authenticated, service_role;

-- An aborted interview has none; and no interview leaves 'completed', so this look needs no lock.
create function private.feedback_comes() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from interviews.interview_sessions s where s.id = new.session_id and s.status <> 'completed') then
    perform private.refuse('interview_not_completed');
  end if;
  return new;
end $$;
revoke all on function private.feedback_comes() from public;
create trigger feedback_comes before insert or update on interviews.ai_feedback for each row execute function private.feedback_comes();

-- Letter for letter, in an answer of this very interview. After the row, because only then has the evidence its shape.
create function private.feedback_quotes() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select from jsonb_array_elements(new.evidence) item
    where not exists (
      select from interviews.interview_answers a
      where a.id = (item ->> 'answer_id')::uuid and a.session_id = new.session_id and strpos(a.answer_transcript_text, item ->> 'quote') > 0)
  ) then perform private.refuse('quote_not_in_answers'); end if;
  return null;
end $$;
revoke all on function private.feedback_quotes() from public;
create trigger feedback_quotes after insert or update on interviews.ai_feedback for each row execute function private.feedback_quotes();
