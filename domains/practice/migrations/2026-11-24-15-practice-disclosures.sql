-- The promise of this domain: nobody reads a brief or a markscheme before their role and the phase allow it. So there is one way
-- to the texts in a session, it decides by the round's own row and the server's clock, and what it opened for whom is on record.
create table practice.disclosures (
  session_id uuid not null,
  round      integer not null,
  person_id  uuid not null references practice.profiles,
  text       text not null,
  opened_at  timestamptz not null default clock_timestamp(),   -- for the first time
  primary key (session_id, round, person_id, text),
  constraint opened_in_a_round foreign key (session_id, round) references practice.rounds,
  constraint text_is_known check (text in ('candidate_brief', 'actor_brief', 'condition', 'markscheme'))
);
alter table practice.disclosures enable row level security;
revoke all on practice.disclosures from anon, authenticated, service_role;
create index disclosures_person_idx on practice.disclosures (person_id);
-- What the other one has opened, and when, is not theirs to watch.
create policy "people see what was opened for them" on practice.disclosures for select to authenticated using (person_id = (select auth.uid()));
create policy "the server sees what was opened" on practice.disclosures for select to service_role using (true);
grant select on practice.disclosures to authenticated, service_role;

-- The table of the README: from which phase a role may open a text. Who plays alone marks themselves, and so reads the rest where
-- there is marking, or else in the feedback.
create function private.opens_in(role text, text text, marked boolean) returns text language sql immutable set search_path = '' as $$
  select case
    when opens_in.text = 'candidate_brief' then 'reading'
    when opens_in.role = 'alone' then case when opens_in.marked then 'marking' else 'feedback' end
    when opens_in.role = 'candidate' then 'feedback'
    when opens_in.role = 'actor' then case opens_in.text when 'markscheme' then 'running' else 'reading' end
  end
$$;
revoke all on function private.opens_in(text, text, boolean) from public;

create function private.has_reached(reached text, phase text) returns boolean language sql immutable set search_path = '' as $$
  select array_position(array['reading', 'running', 'marking', 'feedback'], has_reached.reached)
    >= array_position(array['reading', 'running', 'marking', 'feedback'], has_reached.phase)
$$;
revoke all on function private.has_reached(text, text) from public;

-- As whom the asking person plays or played in a round (the latest of theirs, unless they name one), and how far it has come, or
-- had when it stopped. Nobody else finds anything.
create function private.my_part(session uuid, round integer,
  out number integer, out role text, out reached text, out case_id uuid, out marked boolean)
language plpgsql volatile security definer set search_path = '' as $$
begin
  select r.number, case when r.actor_id is null then 'alone' when r.candidate_id = auth.uid() then 'candidate' else 'actor' end,
    private.phase_reached(r.running_at, r.marking_at, r.feedback_at, least(r.ended_at, clock_timestamp())), r.case_id, r.plan ? 'marking'
  into number, role, reached, case_id, marked
  from practice.rounds r
  where r.session_id = my_part.session and (my_part.round is null or r.number = my_part.round)
    and (r.candidate_id = auth.uid() or r.actor_id = auth.uid())
  order by r.number desc limit 1;
  if not found then perform private.refuse('session_not_found'); end if;
end $$;
revoke all on function private.my_part(uuid, integer) from public;

-- Whether the asking person is at this moment the candidate in a case, in another round than this one. Else the candidate of a
-- station would play the same case alone in a second tab, be through with it in a minute, and read the markscheme there.
create function private.is_candidate_elsewhere(case_id uuid, session uuid default null, round integer default null) returns boolean
language sql volatile security definer set search_path = '' as $$
  select exists (
    select from practice.rounds r
    where r.case_id = is_candidate_elsewhere.case_id and r.candidate_id = auth.uid() and r.ended_at is null
      and private.has_reached(private.phase_reached(r.running_at, r.marking_at, r.feedback_at, clock_timestamp()),
        private.opens_in(case when r.actor_id is null then 'alone' else 'candidate' end, 'markscheme', r.plan ? 'marking')) is not true
      and (r.session_id, r.number) is distinct from (is_candidate_elsewhere.session, is_candidate_elsewhere.round))
$$;
revoke all on function private.is_candidate_elsewhere(uuid, uuid, integer) from public;

-- One text, or a no by name: not_your_role where the other one may read it by now, not_yet where nobody may. Without a name,
-- every text that is open to them. Nothing else leaves this function, and what leaves it is on record first.
create function private.disclose(session uuid, text text default null, round integer default null) returns table (name text, words text)
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  asked text;
  only_the_brief boolean;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  part := private.my_part(disclose.session, disclose.round);
  if disclose.text not in ('candidate_brief', 'actor_brief', 'condition', 'markscheme') then perform private.refuse('no_such_text'); end if;
  only_the_brief := private.is_candidate_elsewhere(part.case_id, disclose.session, part.number);
  if disclose.text is not null and private.has_reached(part.reached, private.opens_in(part.role, disclose.text, part.marked)) is not true then
    perform private.refuse(case
      when part.role = 'candidate' and private.has_reached(part.reached, private.opens_in('actor', disclose.text, part.marked)) then 'not_your_role'
      else 'not_yet' end);
  end if;
  if only_the_brief and disclose.text <> 'candidate_brief' then perform private.refuse('not_yet'); end if;
  foreach asked in array array['candidate_brief', 'actor_brief', 'condition', 'markscheme'] loop
    continue when asked <> disclose.text or (only_the_brief and asked <> 'candidate_brief')
      or private.has_reached(part.reached, private.opens_in(part.role, asked, part.marked)) is not true;
    insert into practice.disclosures (session_id, round, person_id, text) values (disclose.session, part.number, auth.uid(), asked)
    on conflict do nothing;
    return query
      select asked, case asked when 'candidate_brief' then c.candidate_brief when 'actor_brief' then c.actor_brief
        when 'condition' then c.condition when 'markscheme' then c.markscheme end
      from practice.cases c where c.id = part.case_id;
  end loop;
end $$;
revoke all on function private.disclose(uuid, text, integer) from public;
grant execute on function private.disclose(uuid, text, integer) to authenticated;

-- Authors and reviewers read by a way of their own, apart from any session: with everything, to check it against each other. Not
-- while they are the candidate with this very case (somebody may be asked to check it in that quarter of an hour).
create function private.read_case(case_id uuid) returns table (id uuid, edition integer, category text, condition text, case_name text, domain text,
  candidate_brief text, actor_brief text, markscheme text, checklist jsonb, published_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from practice.case_authors a where a.case_id = read_case.case_id and a.person_id = auth.uid())
    and not exists (select from practice.case_reviewers a where a.case_id = read_case.case_id and a.person_id = auth.uid()) then
    perform private.refuse('not_your_case');
  end if;
  if private.is_candidate_elsewhere(read_case.case_id) then perform private.refuse('not_yet'); end if;
  return query
    select c.id, c.edition, c.category, c.condition, c.case_name, c.domain, c.candidate_brief, c.actor_brief, c.markscheme,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'position', i.position, 'domain', i.domain, 'words', i.words, 'weight', i.weight,
        'safety_critical', i.safety_critical) order by i.position) from practice.checklist_items i where i.case_id = c.id), '[]'), c.published_at
    from practice.cases c where c.id = read_case.case_id;
end $$;
revoke all on function private.read_case(uuid) from public;
grant execute on function private.read_case(uuid) to authenticated;
