-- Cases of people's own: whoever is here may write one. A draft is read by nobody but those who write and check it, and played by nobody;
-- what comes between it and the others is a clinician's signature and an administrator's hand, as before.

-- Since when its authors wish that somebody checks it. Granted to nobody: it comes with what follows.
alter table practice.cases add column review_wanted_at timestamptz;

-- What a case said before, for whoever writes and checks it. Without who wrote which: the file names its author. Granted to nobody, as
-- secret as the case; of each the last fifty.
create table practice.case_versions (
  case_id    uuid not null references practice.cases,
  number     integer not null,
  edition    integer not null,
  file       jsonb not null,
  written_at timestamptz not null default now(),
  primary key (case_id, number)
);
alter table practice.case_versions enable row level security;
revoke all on practice.case_versions from anon, authenticated, service_role;

-- As it is now, unless that is what was kept last.
create function private.keep_version(case_id uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  present jsonb := private.case_as_file(keep_version.case_id);
  last record;
begin
  select v.number, v.file into last from practice.case_versions v where v.case_id = keep_version.case_id order by v.number desc limit 1;
  if last.file = present then return; end if;
  insert into practice.case_versions (case_id, number, edition, file)
  select c.id, coalesce(last.number, 0) + 1, c.edition, present from practice.cases c where c.id = keep_version.case_id;
  delete from practice.case_versions v where v.case_id = keep_version.case_id and v.number <= last.number - 49;
end $$;
revoke all on function private.keep_version(uuid) from public;

create function private.case_versions(case_id uuid) returns table (number integer, edition integer, written_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_know_the_case(case_versions.case_id);
  return query select v.number, v.edition, v.written_at from practice.case_versions v where v.case_id = case_versions.case_id order by v.number desc;
end $$;
revoke all on function private.case_versions(uuid) from public;
grant execute on function private.case_versions(uuid) to authenticated;

create function private.case_version(case_id uuid, number integer) returns jsonb language plpgsql volatile security definer set search_path = '' as $$
declare
  found_file jsonb;
begin
  perform private.must_know_the_case(case_version.case_id);
  select v.file into found_file from practice.case_versions v where v.case_id = case_version.case_id and v.number = case_version.number;
  if not found then perform private.refuse('no_such_version'); end if;
  return found_file || jsonb_build_object('id', case_version.case_id);
end $$;
revoke all on function private.case_version(uuid, integer) from public;
grant execute on function private.case_version(uuid, integer) to authenticated;

-- As before, but for who may bring one. Twenty drafts are more than anybody works on; a program that fills the table is stopped there.
create or replace function private.write_case(case_id uuid, edition integer, file jsonb, out id uuid, out is_edition integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  present practice.cases;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if write_case.case_id is null then
    perform pg_advisory_xact_lock(hashtextextended('practice.drafts ' || auth.uid(), 0));   -- else all of a burst count the same nineteen
    if (select count(*) from practice.case_authors a join practice.cases c on c.id = a.case_id
        where a.person_id = auth.uid() and c.published_at is null) >= 20 then
      perform private.refuse('too_many_drafts');
    end if;
    id := gen_random_uuid();
    perform private.put_case(id, write_case.file);
    insert into practice.case_authors (case_id, person_id) values (id, auth.uid());
  else
    id := write_case.case_id;
    if not exists (select from practice.case_authors a where a.case_id = id and a.person_id = auth.uid()) then perform private.refuse('not_your_case'); end if;
    select c.* into present from practice.cases c where c.id = write_case.case_id for update;
    if present.published_at is not null then perform private.refuse('case_is_published'); end if;
    if present.edition is distinct from write_case.edition then perform private.refuse('case_has_changed'); end if;
    perform private.keep_version(id);   -- what came by another way was not kept yet
    perform private.put_case(id, write_case.file);
  end if;
  perform private.keep_version(id);
  select c.edition into is_edition from practice.cases c where c.id = write_case.id;
end $$;

-- A case with all that its authors and reviewers work with: its file, where it stands, and who signed which edition.
create function private.case_in_work(case_id uuid) returns table (id uuid, file jsonb, edition integer, published_at timestamptz,
  review_wanted_at timestamptz, part text, reviewers integer, signatures jsonb)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_know_the_case(case_in_work.case_id);
  return query
    select c.id, private.case_as_file(c.id) || jsonb_build_object('id', c.id), c.edition, c.published_at, c.review_wanted_at,
      case when exists (select from practice.case_authors a where a.case_id = c.id and a.person_id = auth.uid()) then 'author' else 'reviewer' end,
      (select count(*)::integer from practice.case_reviewers r where r.case_id = c.id),
      coalesce((select jsonb_agg(jsonb_build_object('edition', s.edition, 'named_as', s.named_as, 'signed_on', s.signed_on, 'review_by', s.review_by,
          'mine', s.person_id = auth.uid(), 'holds', s.edition = c.edition and s.review_by >= current_date) order by s.edition desc, s.signed_on desc, s.person_id)
        from practice.case_signatures s where s.case_id = c.id), '[]')
    from practice.cases c where c.id = case_in_work.case_id;
end $$;
revoke all on function private.case_in_work(uuid) from public;
grant execute on function private.case_in_work(uuid) to authenticated;

-- An author is done: somebody please check it. Who administrates is told; they ask a clinician.
create function private.want_review(case_id uuid, edition integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  present practice.cases;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if not exists (select from practice.case_authors a where a.case_id = want_review.case_id and a.person_id = auth.uid()) then
    perform private.refuse('not_your_case');
  end if;
  select c.* into present from practice.cases c where c.id = want_review.case_id for update;
  if present.published_at is not null then perform private.refuse('case_is_published'); end if;
  if present.edition is distinct from want_review.edition then perform private.refuse('case_has_changed'); end if;
  if present.review_wanted_at is not null then return; end if;
  update practice.cases c set review_wanted_at = now() where c.id = present.id;
  perform private.notify(a.user_id, 'practice.review-wanted', 'A case waits to be checked', leads_to => '/practice/cases/desk', urgency => 'later')
  from (
    select x.user_id from identity.admins x where x.user_id <> auth.uid()
      -- Once until they look: who brings and discards drafts in a loop does not bury them.
      and not exists (select from notices.notices n where n.person_id = x.user_id and n.kind = 'practice.review-wanted' and n.read_at is null)
    order by x.user_id
  ) a;
end $$;
revoke all on function private.want_review(uuid, integer) from public;
grant execute on function private.want_review(uuid, integer) to authenticated;

-- A draft that came to nothing. What somebody has planned or played with stays as it is.
create function private.discard_case(case_id uuid, edition integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  present practice.cases;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if not exists (select from practice.case_authors a where a.case_id = discard_case.case_id and a.person_id = auth.uid()) then
    perform private.refuse('not_your_case');
  end if;
  select c.* into present from practice.cases c where c.id = discard_case.case_id for update;
  if present.published_at is not null then perform private.refuse('case_is_published'); end if;
  if present.edition is distinct from discard_case.edition then perform private.refuse('case_has_changed'); end if;
  if not private.drop_case(present.id) then perform private.refuse('case_was_used'); end if;
end $$;

-- False where something holds on to it: a round, a plan, what a teacher assigned. Those say so themselves, by their foreign keys.
create function private.drop_case(case_id uuid) returns boolean language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from practice.case_signatures s where s.case_id = drop_case.case_id;
  delete from practice.case_reviewers r where r.case_id = drop_case.case_id;
  delete from practice.case_authors a where a.case_id = drop_case.case_id;
  delete from practice.checklist_items i where i.case_id = drop_case.case_id;
  delete from practice.case_versions v where v.case_id = drop_case.case_id;
  delete from practice.cases c where c.id = drop_case.case_id;
  return true;
exception when foreign_key_violation then
  return false;
end $$;
revoke all on function private.drop_case(uuid) from public;
revoke all on function private.discard_case(uuid, integer) from public;
grant execute on function private.discard_case(uuid, integer) to authenticated;

-- A draft is its authors' own words. With the last of them it goes, when they are erased, unless somebody has played it.
create function private.last_author_is_gone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from practice.cases c where c.id = old.case_id and c.published_at is null)
    and not exists (select from practice.case_authors a where a.case_id = old.case_id)
    and not exists (select from practice.shipped s where s.kind = 'case' and s.key = old.case_id::text) then
    perform private.drop_case(old.case_id);
  end if;
  return null;
end $$;
revoke all on function private.last_author_is_gone() from public;
create trigger last_author_is_gone after delete on practice.case_authors for each row execute function private.last_author_is_gone();

-- By account or by the address of one: an administrator knows a colleague's address, and no id.
create function private.ask_for_case(case_id uuid, part text, reason text, person uuid default null, address text default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  asked uuid := ask_for_case.person;
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  if asked is null then
    select u.id into asked from auth.users u where lower(u.email) = lower(trim(ask_for_case.address)) and u.deleted_at is null order by u.id limit 1;
    if not found then perform private.refuse('no_such_person'); end if;
  end if;
  if ask_for_case.part = 'author' then
    perform private.ask_to_write(ask_for_case.case_id, asked, ask_for_case.reason);
    perform private.notify(asked, 'practice.asked-to-write', 'You are asked to write a case', leads_to => '/practice/cases/' || ask_for_case.case_id || '/whole');
  else
    perform private.ask_to_review(ask_for_case.case_id, asked, ask_for_case.reason);
    perform private.notify(asked, 'practice.asked-to-review', 'You are asked to check a case', leads_to => '/practice/cases/' || ask_for_case.case_id || '/whole');
  end if;
end $$;
revoke all on function private.ask_for_case(uuid, text, text, uuid, text) from public;
grant execute on function private.ask_for_case(uuid, text, text, uuid, text) to authenticated;

-- Authors hear of what becomes of their case.
create function private.case_is_signed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform private.notify(a.person_id, 'practice.case-signed', 'A clinician has signed your case', leads_to => '/practice/cases/' || new.case_id || '/whole')
  from (select x.person_id from practice.case_authors x where x.case_id = new.case_id order by x.person_id) a;
  return null;
end $$;
revoke all on function private.case_is_signed() from public;
create trigger case_is_signed after insert on practice.case_signatures for each row execute function private.case_is_signed();

create function private.case_comes_or_goes() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if (old.published_at is null) = (new.published_at is null) then return null; end if;
  if new.published_at is not null then update practice.cases c set review_wanted_at = null where c.id = new.id and c.review_wanted_at is not null; end if;
  perform private.notify(a.person_id, 'practice.case-published',
    case when new.published_at is null then 'Your case was withdrawn' else 'Your case is published' end, leads_to => '/practice/cases/' || new.id || '/whole')
  from (select x.person_id from practice.case_authors x where x.case_id = new.id order by x.person_id) a;
  return null;
end $$;
revoke all on function private.case_comes_or_goes() from public;
create trigger case_comes_or_goes after update of published_at on practice.cases for each row execute function private.case_comes_or_goes();

-- What waits for whoever administrates: drafts, those whose authors are done first; and what is played on a signature that runs out within
-- sixty days, has, or was taken back. Cases that came with Vivavoce and that nobody ever signed say so in the library. No text, no condition.
create function private.cases_to_see_to()
returns table (id uuid, case_name text, category text, edition integer, state text, since timestamptz, authors text[], reviewers text[], named_as text, review_by date)
language plpgsql stable security definer set search_path = '' as $$
begin
  if not private.is_admin() then perform private.refuse('administrators_only'); end if;
  return query
    select c.id, c.case_name, c.category, c.edition,
      case when c.published_at is not null then 'lapses' when s.review_by >= current_date then 'signed' when c.review_wanted_at is not null then 'wanted' else 'draft' end,
      coalesce(c.review_wanted_at, a.since), a.names, r.names, s.named_as, s.review_by
    from practice.cases c
      cross join lateral (
        select min(x.since) as since, coalesce(array_agg(private.name_in(u.raw_user_meta_data) order by x.since, u.id), '{}') as names
        from practice.case_authors x join auth.users u on u.id = x.person_id where x.case_id = c.id
      ) a
      cross join lateral (
        select coalesce(array_agg(private.name_in(u.raw_user_meta_data) order by x.since, u.id), '{}') as names
        from practice.case_reviewers x join auth.users u on u.id = x.person_id where x.case_id = c.id
      ) r
      left join lateral (
        select x.named_as, x.review_by from practice.case_signatures x
        where x.case_id = c.id and (c.published_at is not null or x.edition = c.edition) order by x.edition = c.edition desc, x.review_by desc, x.person_id limit 1
      ) s on true
    where c.published_at is null
      or ((s.review_by is not null or a.since is not null) and not exists (
        select from practice.case_signatures x where x.case_id = c.id and x.edition = c.edition and x.review_by >= current_date + 60))
    order by array_position(array['signed', 'wanted', 'lapses', 'draft'],
        case when c.published_at is not null then 'lapses' when s.review_by >= current_date then 'signed' when c.review_wanted_at is not null then 'wanted' else 'draft' end),
      coalesce(c.review_wanted_at, a.since), c.id
    limit 200;
end $$;
revoke all on function private.cases_to_see_to() from public;
grant execute on function private.cases_to_see_to() to authenticated;

-- As before, with where mine stand.
drop function private.my_cases();
create function private.my_cases() returns table (id uuid, case_name text, category text, domain text, edition integer, published_at timestamptz,
  part text, since timestamptz, signed boolean, review_wanted_at timestamptz, reviewed boolean)
language sql stable security definer set search_path = '' as $$
  select c.id, c.case_name, c.category, c.domain, c.edition, c.published_at, mine.part, mine.since,
    exists (select from practice.case_signatures x where x.case_id = c.id and x.edition = c.edition and x.person_id = (select auth.uid())),
    c.review_wanted_at,
    exists (select from practice.case_signatures x where x.case_id = c.id and x.edition = c.edition and x.review_by >= current_date)
  from (
    select a.case_id, 'author' as part, a.since from practice.case_authors a where a.person_id = (select auth.uid())
    union all
    select a.case_id, 'reviewer', a.since from practice.case_reviewers a where a.person_id = (select auth.uid())
  ) mine join practice.cases c on c.id = mine.case_id
  order by mine.since desc, c.id
$$;
revoke all on function private.my_cases() from public;
grant execute on function private.my_cases() to authenticated;

-- For an export: what somebody wrote here is theirs to take. Not while they are the candidate in it, as private.must_know_the_case has it.
create function private.cases_written_by(person uuid) returns table (case_id uuid, since timestamptz, file jsonb)
language sql stable security definer set search_path = '' as $$
  select a.case_id, a.since, case when not exists (
      select from practice.rounds r where r.case_id = a.case_id and r.candidate_id = a.person_id and r.ended_at is null)
    then private.case_as_file(a.case_id) || jsonb_build_object('id', a.case_id) end
  from practice.case_authors a where a.person_id = cases_written_by.person order by a.since, a.case_id
$$;
revoke all on function private.cases_written_by(uuid) from public;
grant execute on function private.cases_written_by(uuid) to service_role;
