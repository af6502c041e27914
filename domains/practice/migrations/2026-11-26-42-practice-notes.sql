-- What those who write and check a case say to each other about it: a reviewer who finds something wrong says it where the author reads.
create table practice.case_notes (
  id         uuid primary key default gen_random_uuid(),
  case_id    uuid not null references practice.cases,
  edition    integer not null,
  person_id  uuid not null references auth.users,
  words      text not null,
  written_at timestamptz not null default now(),
  constraint words_are_written check (length(trim(words)) > 0 and length(words) <= 2000)
);
alter table practice.case_notes enable row level security;
revoke all on practice.case_notes from anon, authenticated, service_role;
create index case_notes_case_idx on practice.case_notes (case_id, written_at);
create index case_notes_person_idx on practice.case_notes (person_id);
-- A note may quote a brief, so it is as secret as the case, and comes by the functions below.
create policy "the server sees notes on cases" on practice.case_notes for select to service_role using (true);
grant select on practice.case_notes to service_role;

-- The others who write and check it are told, once until they look. Two hundred are more than a case is worth.
create function private.note_on_case(case_id uuid, words text) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  the_page text := '/practice/cases/' || note_on_case.case_id || '/whole';
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.must_know_the_case(note_on_case.case_id);
  perform from practice.cases c where c.id = note_on_case.case_id for update;   -- else all of a burst count the same notes
  if (select count(*) from practice.case_notes n where n.case_id = note_on_case.case_id) >= 200 then perform private.refuse('too_many_notes'); end if;
  insert into practice.case_notes (case_id, edition, person_id, words)
  select c.id, c.edition, auth.uid(), note_on_case.words from practice.cases c where c.id = note_on_case.case_id;
  perform private.notify(p.person_id, 'practice.case-noted', 'Somebody has written about a case of yours', leads_to => the_page)
  from (
    select x.person_id from (
      select a.person_id from practice.case_authors a where a.case_id = note_on_case.case_id
      union select r.person_id from practice.case_reviewers r where r.case_id = note_on_case.case_id
    ) x
    where x.person_id <> auth.uid() and x.person_id <> all (array(select private.my_blocked()))
      and not exists (select from notices.notices n where n.person_id = x.person_id and n.kind = 'practice.case-noted' and n.read_at is null
        and n.leads_to = the_page)
    order by x.person_id
  ) p;
end $$;
revoke all on function private.note_on_case(uuid, text) from public;
grant execute on function private.note_on_case(uuid, text) to authenticated;

create function private.notes_on_case(case_id uuid) returns table (id uuid, edition integer, name text, part text, mine boolean, words text, written_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_know_the_case(notes_on_case.case_id);
  return query
    select n.id, n.edition, private.name_in(u.raw_user_meta_data),
      case when exists (select from practice.case_authors a where a.case_id = n.case_id and a.person_id = n.person_id) then 'author' else 'reviewer' end,
      n.person_id = auth.uid(), n.words, n.written_at
    from practice.case_notes n join auth.users u on u.id = n.person_id
    where n.case_id = notes_on_case.case_id and n.person_id <> all (array(select private.my_blocked()))
    order by n.written_at, n.id;
end $$;
revoke all on function private.notes_on_case(uuid) from public;
grant execute on function private.notes_on_case(uuid) to authenticated;

create function private.take_back_note(note uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from practice.case_notes n where n.id = take_back_note.note and n.person_id = auth.uid();
  if not found then perform private.refuse('no_such_note'); end if;
end $$;
revoke all on function private.take_back_note(uuid) from public;
grant execute on function private.take_back_note(uuid) to authenticated;

-- Somebody's words go with them. Beside private.erase_practice, in its transaction and before it: a draft that goes takes its notes along.
create function private.forget_case_notes(person uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.case_notes n where n.person_id = forget_case_notes.person
$$;
revoke all on function private.forget_case_notes(uuid) from public;
grant execute on function private.forget_case_notes(uuid) to service_role;

-- As before, with the notes.
create or replace function private.drop_case(case_id uuid) returns boolean language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from practice.case_signatures s where s.case_id = drop_case.case_id;
  delete from practice.case_reviewers r where r.case_id = drop_case.case_id;
  delete from practice.case_authors a where a.case_id = drop_case.case_id;
  delete from practice.checklist_items i where i.case_id = drop_case.case_id;
  delete from practice.case_versions v where v.case_id = drop_case.case_id;
  delete from practice.case_notes n where n.case_id = drop_case.case_id;
  delete from practice.cases c where c.id = drop_case.case_id;
  return true;
exception when foreign_key_violation then
  return false;
end $$;

-- A clinician stands by it no more: a guideline has changed, or they have seen what they had not seen. It stays where it is, and says from
-- then on that it is not clinically reviewed; whoever administrates is told, and may withdraw it.
create function private.unsign_case(case_id uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform from practice.cases c where c.id = unsign_case.case_id for update;   -- or it is published on it meanwhile
  delete from practice.case_signatures s using practice.cases c
  where c.id = s.case_id and s.case_id = unsign_case.case_id and s.edition = c.edition and s.person_id = auth.uid();
  if not found then perform private.refuse('not_signed_by_you'); end if;
  perform private.notify(p.person_id, 'practice.signature-taken-back', 'A clinician has taken back a signature',
    leads_to => '/practice/cases/' || unsign_case.case_id)
  from (
    select a.person_id from practice.case_authors a where a.case_id = unsign_case.case_id and a.person_id <> auth.uid()
    union select x.user_id from identity.admins x where x.user_id <> auth.uid() order by 1
  ) p;
end $$;
revoke all on function private.unsign_case(uuid) from public;
grant execute on function private.unsign_case(uuid) to authenticated;
