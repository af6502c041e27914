-- Situations to speak in, and the attempts at them. Which step leads where is drawn in the README; the same drawing stands at
-- each trigger below, and nobody gets around it: not the server, not the owner's own functions. What can be called to take
-- a step comes with the operations, so until then nobody is granted to write these tables.

-- For every table here with a status: whatever is not drawn is refused by the given name. '' is before the first status.
create function private.speaking_steps() returns trigger language plpgsql set search_path = '' as $$
declare
  drawn jsonb := tg_argv[1]::jsonb;
  before text := case when tg_op = 'UPDATE' then old.status else '' end;
begin
  if new.status is distinct from before and not coalesce(drawn -> before ? new.status, false) then
    perform private.refuse(tg_argv[0]);
  end if;
  return new;
end $$;
revoke all on function private.speaking_steps() from public;

-- The seed sets created_at by trigger. Told a time it keeps that one (what is brought along keeps its past), and never changes it.
create function private.speaking_is_stamped() returns trigger language plpgsql set search_path = '' as $$
begin
  new.created_at := case when tg_op = 'UPDATE' then old.created_at else coalesce(new.created_at, now()) end;
  return new;
end $$;
revoke all on function private.speaking_is_stamped() from public;

-- The seed: no physical deletes. A status takes a row out of sight, and erasing a person scrubs what it says.
create function private.speaking_keeps_its_rows() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.refuse('nothing_is_deleted');
  return null;
end $$;
revoke all on function private.speaking_keeps_its_rows() from public;
create trigger members_stay before delete or truncate on speaking.members for each statement execute function private.speaking_keeps_its_rows();

-- A list of words as JSON: texts that are not blank, at most so many.
create function private.are_words(list jsonb, most integer) returns boolean language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(are_words.list) = 'array' then
    jsonb_array_length(are_words.list) <= are_words.most
      and not exists (
        select from jsonb_array_elements(are_words.list) word
        where jsonb_typeof(word) <> 'string' or length(word #>> '{}') > 500 or btrim(word #>> '{}') = '')
    else false end
$$;
revoke all on function private.are_words(jsonb, integer) from public;

-- Who the patient is: how they begin to speak, what worries them, and what they hold back until they are asked.
create function private.is_persona(persona jsonb) returns boolean language sql immutable set search_path = '' as $$
  select case when jsonb_typeof(is_persona.persona) = 'object' then
    coalesce(
      jsonb_typeof(is_persona.persona -> 'name') = 'string' and length(btrim(is_persona.persona ->> 'name')) between 1 and 100
        and jsonb_typeof(is_persona.persona -> 'opens_with') = 'string' and length(btrim(is_persona.persona ->> 'opens_with')) between 1 and 500
        and jsonb_typeof(is_persona.persona -> 'manner') = 'string'
        and case when jsonb_typeof(is_persona.persona -> 'age') = 'number' then (is_persona.persona ->> 'age')::numeric between 0 and 120 end
        and private.are_words(is_persona.persona -> 'worries', 20)
        and private.are_words(is_persona.persona -> 'holds_back', 20)
        and length(is_persona.persona::text) <= 10000,
      false)
    else false end
$$;
revoke all on function private.is_persona(jsonb) from public;

create table speaking.scenarios (
  id                     uuid primary key default gen_random_uuid(),
  title                  varchar(255) not null,
  description            text not null,                -- the role card
  patient_persona        jsonb not null,
  clinical_area          varchar(50) not null,
  target_profession      varchar(50) not null,
  difficulty_level       varchar(20) not null,
  is_ai_generated        boolean not null default false,
  created_by_admin_id    uuid not null references speaking.members on delete restrict,
  created_at             timestamptz not null default now(),
  status                 varchar(20) not null,
  clinically_reviewed_by text,                         -- until a named clinician signs it, it is "not clinically reviewed"
  clinically_reviewed_on date,
  review_by              date,
  constraint unknown_profession foreign key (target_profession) references speaking.professions on delete restrict,
  constraint title_is_there check (btrim(title) <> ''),
  constraint description_is_a_card check (length(btrim(description)) between 1 and 5000),
  constraint patient_persona_has_its_shape check (private.is_persona(patient_persona)),
  constraint clinical_area_is_there check (btrim(clinical_area) <> ''),
  constraint difficulty_is_known check (difficulty_level in ('foundation', 'standard', 'demanding')),
  constraint status_is_known check (status in ('draft', 'published', 'retired')),
  constraint review_is_signed_and_dated check (
    num_nonnulls(clinically_reviewed_by, clinically_reviewed_on, review_by) in (0, 3) and review_by > clinically_reviewed_on
      and length(btrim(clinically_reviewed_by)) between 1 and 200)
);
create index scenarios_target_profession_difficulty_level_idx on speaking.scenarios (target_profession, difficulty_level);
create index scenarios_target_profession_clinical_area_idx on speaking.scenarios (target_profession, clinical_area);
create index scenarios_status_idx on speaking.scenarios (status);
create index scenarios_patient_persona_idx on speaking.scenarios using gin (patient_persona);
create index scenarios_created_by_admin_id_idx on speaking.scenarios (created_by_admin_id);
alter table speaking.scenarios enable row level security;
revoke all on speaking.scenarios from anon, authenticated, service_role;

create trigger scenario_is_stamped before insert or update on speaking.scenarios for each row execute function private.speaking_is_stamped();
create trigger scenario_steps before insert or update on speaking.scenarios for each row execute function
  private.speaking_steps('scenario_cannot_do_that', '{"": ["draft"], "draft": ["published"], "published": ["retired"], "retired": ["draft"]}');
create trigger scenarios_stay before delete or truncate on speaking.scenarios for each statement execute function private.speaking_keeps_its_rows();

-- Whoever publishes is named in it, and must be an administrator then. What was published stands as it is, for reports were
-- written about it: it changes as a draft, after it was retired. (A clinician may sign it at any time.)
create function private.scenario_is_published() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'published' and old.status <> 'published'
    and not exists (select from identity.admins a where a.user_id = new.created_by_admin_id) then
    perform private.refuse('only_administrators_publish');
  end if;
  if old.status <> 'draft' and new.status <> 'draft'
    and (old.title, old.description, old.patient_persona, old.clinical_area, old.target_profession, old.difficulty_level, old.is_ai_generated,
        old.created_by_admin_id)
      is distinct from (new.title, new.description, new.patient_persona, new.clinical_area, new.target_profession, new.difficulty_level,
        new.is_ai_generated, new.created_by_admin_id) then
    perform private.refuse('scenario_cannot_do_that');
  end if;
  return new;
end $$;
revoke all on function private.scenario_is_published() from public;
create trigger scenario_will_stand before update on speaking.scenarios for each row execute function private.scenario_is_published();

-- No column of these tables could hold a sound: there is no audio here, neither stored nor named (no_audio_is_kept).
create table speaking.sessions (
  id                   uuid primary key default gen_random_uuid(),
  user_id              uuid not null references speaking.members on delete restrict,
  scenario_id          uuid not null references speaking.scenarios on delete restrict,
  status               varchar(20) not null,
  duration_seconds     integer,
  created_at           timestamptz not null default now(),
  transcript_agreed_at timestamptz,                    -- a transcript is a recording: off until the candidate agrees, session by session
  constraint status_is_known check (status in ('preparing', 'speaking', 'assessing', 'completed', 'abandoned', 'removed')),
  constraint duration_is_of_one_talk check (duration_seconds between 0 and 7200),
  constraint transcript_needs_your_choice check (status not in ('assessing', 'completed') or transcript_agreed_at is not null)
);
create index sessions_user_id_idx on speaking.sessions (user_id, created_at, id);
create index sessions_scenario_id_idx on speaking.sessions (scenario_id);
create index sessions_created_at_idx on speaking.sessions (created_at);
create index sessions_status_idx on speaking.sessions (status);
alter table speaking.sessions enable row level security;
revoke all on speaking.sessions from anon, authenticated, service_role;

-- A session that its candidate removed is out of sight, theirs too.
create policy "candidates see their own sessions" on speaking.sessions for select to authenticated
  using (user_id = (select auth.uid()) and status <> 'removed');
create policy "the server sees sessions" on speaking.sessions for select to service_role using (true);
grant select on speaking.sessions to authenticated, service_role;

create trigger session_is_stamped before insert or update on speaking.sessions for each row execute function private.speaking_is_stamped();
create trigger session_steps before insert or update on speaking.sessions for each row execute function private.speaking_steps(
  'session_cannot_do_that',
  '{"": ["preparing"], "preparing": ["speaking", "abandoned"], "speaking": ["assessing", "abandoned"],
    "assessing": ["completed", "abandoned"], "completed": ["removed"], "abandoned": ["removed"]}');
create trigger sessions_stay before delete or truncate on speaking.sessions for each statement execute function private.speaking_keeps_its_rows();

-- The share lock lets nobody retire the scenario between this look and the commit.
create function private.session_begins() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from speaking.scenarios s where s.id = new.scenario_id and s.status = 'published' for share;
  if not found then perform private.refuse('scenario_not_published'); end if;
  return new;
end $$;
revoke all on function private.session_begins() from public;
create trigger session_begins before insert or update of scenario_id on speaking.sessions for each row execute function private.session_begins();

-- What I have played I may read again, also when it was taken out of the list.
create function private.my_spoken_scenarios() returns setof uuid language sql stable security definer set search_path = '' as $$
  select s.scenario_id from speaking.sessions s where s.user_id = (select auth.uid()) and s.status <> 'removed'
$$;
revoke all on function private.my_spoken_scenarios() from public;
grant execute on function private.my_spoken_scenarios() to authenticated;

-- The role card and what finds it; who the patient is and what they hold back would spoil the talk, and is granted to nobody who talks.
create policy "people see published scenarios and what they played" on speaking.scenarios for select to authenticated
  using (status = 'published' or id = any (array(select private.my_spoken_scenarios())));
create policy "the server sees scenarios" on speaking.scenarios for select to service_role using (true);
grant select (id, title, description, clinical_area, target_profession, difficulty_level, is_ai_generated, created_by_admin_id, created_at, status,
  clinically_reviewed_by, clinically_reviewed_on, review_by) on speaking.scenarios to authenticated;
grant select on speaking.scenarios to service_role;
