-- Surprise, as before, and among the cases that are meant for this format and this level while there are any: a case that takes
-- twenty minutes is no surprise in eight, and least of all one that both have had.
create or replace function private.surprising_case(session uuid, persons uuid[], candidate uuid) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_case uuid;
  wanted record;
begin
  select s.format, s.level into wanted from practice.practice_sessions s where s.id = surprising_case.session;
  select c.id into found_case
  from practice.cases c
    left join lateral (
      select bool_or(d.session_id = surprising_case.session) as here
      from practice.disclosures d join practice.rounds r on r.session_id = d.session_id and r.number = d.round
      where r.case_id = c.id and d.person_id = any (surprising_case.persons)
    ) opened on true
  where c.published_at is not null and opened.here is not true
    and c.id not in (select private.cases_known_to(surprising_case.candidate))
  order by (c.formats = '{}' or wanted.format = any (c.formats)) is not true, opened.here is not null,
    (wanted.level = 'any' or c.level in ('any', wanted.level)) is not true, random() limit 1;
  if not found then perform private.refuse('no_case_left'); end if;
  return found_case;
end $$;
