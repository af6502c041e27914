-- Groups: a teacher gives a link to those they teach, and assigns cases to practise by a day. What the teacher gets to see is the one
-- thing this is for, who has practised what is assigned; joining agrees to that and to nothing more. All of it comes by the functions
-- below: a row that is granted shows all its columns to everybody in the group, and a link, or when somebody joined, is not theirs.
create table practice.groups (
  id         uuid primary key default gen_random_uuid(),
  teacher_id uuid not null references auth.users,
  name       text not null,
  words      text not null default '',
  made_at    timestamptz not null default now(),
  -- The word in the link follows from link_id and SECRETS_KEY (server/groups.ts), so that the teacher can look at it again next month
  -- and whoever reads this table can join nothing. Null: revoked.
  link_id    uuid,
  link_hash  bytea,
  constraint group_has_a_name check (length(trim(name)) > 0 and length(name) <= 80),
  constraint group_words_are_short check (length(words) <= 500),
  constraint link_opens_one_group unique (link_hash),
  constraint link_has_a_hash check ((link_id is null) = (link_hash is null)),
  constraint hash_is_sha256 check (length(link_hash) = 32)
);
alter table practice.groups enable row level security;
revoke all on practice.groups from anon, authenticated, service_role;
create index groups_teacher_idx on practice.groups (teacher_id);
create policy "the server sees groups" on practice.groups for select to service_role using (true);
grant select (id, teacher_id, name, words, made_at) on practice.groups to service_role;

create table practice.group_members (
  group_id  uuid not null references practice.groups,
  person_id uuid not null references auth.users,
  joined_at timestamptz not null default clock_timestamp(),
  primary key (group_id, person_id)
);
alter table practice.group_members enable row level security;
revoke all on practice.group_members from anon, authenticated, service_role;
create index group_members_person_idx on practice.group_members (person_id);
create policy "the server sees who is in which group" on practice.group_members for select to service_role using (true);
grant select on practice.group_members to service_role;

-- Whether somebody has practised it is not stored: it follows from their rounds.
create table practice.assignments (
  id          uuid primary key default gen_random_uuid(),
  group_id    uuid not null references practice.groups,
  case_id     uuid not null references practice.cases,
  due_on      date not null,          -- a day as people agree on it, in whatever zone they are: nobody is said to be late
  words       text not null default '',
  assigned_at timestamptz not null default clock_timestamp(),
  constraint case_is_assigned unique (group_id, case_id),
  constraint assignment_words_are_short check (length(words) <= 500)
);
alter table practice.assignments enable row level security;
revoke all on practice.assignments from anon, authenticated, service_role;
create index assignments_case_idx on practice.assignments (case_id);
create policy "the server sees what is assigned" on practice.assignments for select to service_role using (true);
grant select on practice.assignments to service_role;

-- A group as its teacher holds it. Who is in it is told that it is not theirs to change, and anybody else finds nothing.
create function private.hold_group(group_id uuid) returns practice.groups language plpgsql volatile security definer set search_path = '' as $$
declare
  g practice.groups;
begin
  select x.* into g from practice.groups x where x.id = hold_group.group_id and x.teacher_id = auth.uid() for update;
  if found then return g; end if;
  perform private.refuse(case when exists (select from practice.group_members m where m.group_id = hold_group.group_id and m.person_id = auth.uid())
    then 'teacher_only' else 'no_such_group' end);
end $$;
revoke all on function private.hold_group(uuid) from public;

-- Twenty for one teacher: a year's courses, and no more rows than one page shows.
create function private.make_group(name text, words text, link_id uuid, link_hash bytea) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  perform private.lock_persons(array[auth.uid()]);   -- else several at once count the same nineteen, or one outlives its teacher
  perform private.must_appear_in_practice();
  if (select count(*) from practice.groups g where g.teacher_id = auth.uid()) >= 20 then perform private.refuse('groups_are_many'); end if;
  insert into practice.groups (teacher_id, name, words, link_id, link_hash)
  values (auth.uid(), make_group.name, make_group.words, make_group.link_id, make_group.link_hash) returning id into made;
  return made;
end $$;
revoke all on function private.make_group(text, text, uuid, bytea) from public;
grant execute on function private.make_group(text, text, uuid, bytea) to authenticated;

create function private.change_group(group_id uuid, name text, words text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  held practice.groups := private.hold_group(change_group.group_id);
begin
  update practice.groups g set name = change_group.name, words = change_group.words where g.id = held.id;
end $$;
revoke all on function private.change_group(uuid, text, text) from public;
grant execute on function private.change_group(uuid, text, text) to authenticated;

-- Another link takes the place of the one there is; none revokes it.
create function private.set_group_link(group_id uuid, link_id uuid default null, link_hash bytea default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  held practice.groups := private.hold_group(set_group_link.group_id);
begin
  update practice.groups g set link_id = set_group_link.link_id, link_hash = set_group_link.link_hash where g.id = held.id;
end $$;
revoke all on function private.set_group_link(uuid, uuid, bytea) from public;
grant execute on function private.set_group_link(uuid, uuid, bytea) to authenticated;

create function private.forget_group(group_id uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.assignments a where a.group_id = forget_group.group_id;
  delete from practice.group_members m where m.group_id = forget_group.group_id;
  delete from practice.groups g where g.id = forget_group.group_id;
$$;
revoke all on function private.forget_group(uuid) from public;

create function private.end_group(group_id uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  held practice.groups := private.hold_group(end_group.group_id);
begin
  perform private.forget_group(held.id);
end $$;
revoke all on function private.end_group(uuid) from public;
grant execute on function private.end_group(uuid) to authenticated;

-- What a link is for, before somebody decides. A link that was revoked, one that never was, and one of somebody whom they are kept
-- from answer alike.
create function private.read_group_link(link_hash bytea)
returns table (id uuid, name text, words text, teacher_first_name text, teacher_last_name text, people integer, part text)
language plpgsql stable security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  return query
    select g.id, g.name, g.words, t.first_name, t.last_name,
      (select count(*)::integer from practice.group_members m where m.group_id = g.id and m.person_id <> all (array(select private.my_blocked()))),
      case when g.teacher_id = auth.uid() then 'teacher'
        when exists (select from practice.group_members m where m.group_id = g.id and m.person_id = auth.uid()) then 'member' end
    from practice.groups g join practice.profiles t on t.user_id = g.teacher_id
    where g.link_hash = read_group_link.link_hash and g.teacher_id <> all (array(select private.my_blocked()));
  if not found then perform private.refuse('no_such_group'); end if;
end $$;
revoke all on function private.read_group_link(bytea) from public;
grant execute on function private.read_group_link(bytea) to authenticated;

-- Both persons are locked first: who blocks the other, or leaves for good, at the same moment is seen here, or sees this. Then the
-- group: its link may have been revoked meanwhile, and of those who reach for its last place one gets it. Two hundred are the year of a
-- medical school, and what one page can list. Joining twice is joining once.
create function private.join_group(link_hash bytea) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  teacher uuid;
  found_group uuid;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  select g.teacher_id into teacher from practice.groups g where g.link_hash = join_group.link_hash;
  perform private.lock_persons(array[me, teacher]);
  perform private.must_appear_in_practice();
  select g.id into found_group from practice.groups g
  where g.link_hash = join_group.link_hash and g.teacher_id <> all (array(select private.my_blocked())) for update;
  if not found then perform private.refuse('no_such_group'); end if;
  if teacher = me then perform private.refuse('you_teach_it'); end if;
  if exists (select from practice.group_members m where m.group_id = found_group and m.person_id = me) then return found_group; end if;
  if (select count(*) from practice.group_members m where m.group_id = found_group) >= 200 then perform private.refuse('group_is_full'); end if;
  insert into practice.group_members (group_id, person_id) values (found_group, me);
  return found_group;
end $$;
revoke all on function private.join_group(bytea) from public;
grant execute on function private.join_group(bytea) to authenticated;

create function private.leave_group(group_id uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from practice.group_members m where m.group_id = leave_group.group_id and m.person_id = auth.uid();
  if not found then perform private.refuse('no_such_group'); end if;
end $$;
revoke all on function private.leave_group(uuid) from public;
grant execute on function private.leave_group(uuid) to authenticated;

create function private.remove_member(group_id uuid, person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  held practice.groups := private.hold_group(remove_member.group_id);
begin
  delete from practice.group_members m where m.group_id = held.id and m.person_id = remove_member.person;
end $$;
revoke all on function private.remove_member(uuid, uuid) from public;
grant execute on function private.remove_member(uuid, uuid) to authenticated;

-- Today wherever on earth it is still today, and a year ahead at most: further nobody plans, and 2062 is a slip.
create function private.check_due_day(due_on date) returns void language plpgsql volatile set search_path = '' as $$
begin
  if (check_due_day.due_on between ((now() at time zone 'UTC') - interval '12 hours')::date and ((now() at time zone 'UTC') + interval '1 year')::date) is not true then
    perform private.refuse('due_within_a_year');
  end if;
end $$;
revoke all on function private.check_due_day(date) from public;

-- Fifty for one group, for the same reason as above. Each who is in it is told: no name and no case, for it may be seen on a locked phone.
create function private.assign_case(group_id uuid, case_id uuid, due_on date, words text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  held practice.groups := private.hold_group(assign_case.group_id);
  made uuid;
begin
  perform private.check_due_day(assign_case.due_on);
  if not exists (select from practice.cases c where c.id = assign_case.case_id and c.published_at is not null) then
    perform private.refuse('no_such_case');
  end if;
  if (select count(*) from practice.assignments a where a.group_id = held.id) >= 50 then perform private.refuse('assignments_are_many'); end if;
  insert into practice.assignments (group_id, case_id, due_on, words)
  values (held.id, assign_case.case_id, assign_case.due_on, assign_case.words) on conflict on constraint case_is_assigned do nothing
  returning id into made;
  if made is null then perform private.refuse('case_is_assigned'); end if;
  perform private.notify(m.person_id, 'practice.case-assigned', 'A case is assigned to your group', 'Your teacher asks you to practise it.',
    leads_to => '/practice/groups/' || held.id)
  from practice.group_members m where m.group_id = held.id order by m.person_id;
  return made;
end $$;
revoke all on function private.assign_case(uuid, uuid, date, text) from public;
grant execute on function private.assign_case(uuid, uuid, date, text) to authenticated;

create function private.hold_assignment(assignment uuid) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  found_one uuid;
begin
  select a.id into found_one from practice.assignments a join practice.groups g on g.id = a.group_id
  where a.id = hold_assignment.assignment and g.teacher_id = auth.uid() for update of a;
  if not found then perform private.refuse('no_such_assignment'); end if;
  return found_one;
end $$;
revoke all on function private.hold_assignment(uuid) from public;

create function private.change_assignment(assignment uuid, due_on date, words text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  held uuid := private.hold_assignment(change_assignment.assignment);
begin
  -- The words of one whose day has passed may still be mended.
  if exists (select from practice.assignments a where a.id = held and a.due_on is distinct from change_assignment.due_on) then
    perform private.check_due_day(change_assignment.due_on);
  end if;
  update practice.assignments a set due_on = change_assignment.due_on, words = change_assignment.words where a.id = held;
end $$;
revoke all on function private.change_assignment(uuid, date, text) from public;
grant execute on function private.change_assignment(uuid, date, text) to authenticated;

create function private.withdraw_assignment(assignment uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  held uuid := private.hold_assignment(withdraw_assignment.assignment);
begin
  delete from practice.assignments a where a.id = held;
end $$;
revoke all on function private.withdraw_assignment(uuid) from public;
grant execute on function private.withdraw_assignment(uuid) to authenticated;

-- Who has practised what, in groups that the callers below have looked at. The first round that counts: as the candidate, since it was
-- assigned and since they joined, and as far as the feedback. What somebody did before they joined is not their teacher's to know, nor
-- is a station that they broke off.
create function private.practised(groups uuid[], only_person uuid default null)
returns table (assignment uuid, person_id uuid, practised_at timestamptz, session_id uuid, round integer)
language sql stable security definer set search_path = '' as $$
  select distinct on (a.id, m.person_id) a.id, m.person_id, r.reading_at, r.session_id, r.number
  from practice.group_members m
    join practice.assignments a on a.group_id = m.group_id
    join practice.rounds r on r.candidate_id = m.person_id and r.case_id = a.case_id
      and r.reading_at >= greatest(a.assigned_at, m.joined_at) and r.feedback_at <= least(r.ended_at, now())
  where m.group_id = any (practised.groups) and (practised.only_person is null or m.person_id = practised.only_person)
  order by a.id, m.person_id, r.reading_at
$$;
revoke all on function private.practised(uuid[], uuid) from public;

-- The groups I teach or am in. `open`: how many of the cases assigned to me I have yet to practise.
create function private.my_groups(only_group uuid default null)
returns table (id uuid, name text, words text, part text, teacher_id uuid, teacher_first_name text, teacher_last_name text, people integer,
  assigned integer, open integer, link_id uuid)
language sql stable security definer set search_path = '' as $$
  with mine as (
    select g.*, 'teacher' as part from practice.groups g where g.teacher_id = (select auth.uid())
    union all
    select g.*, 'member' from practice.group_members m join practice.groups g on g.id = m.group_id where m.person_id = (select auth.uid())
  )
  select g.id, g.name, g.words, g.part, g.teacher_id, t.first_name, t.last_name,
    (select count(*)::integer from practice.group_members m where m.group_id = g.id and m.person_id <> all (array(select private.my_blocked()))),
    (select count(*)::integer from practice.assignments a where a.group_id = g.id),
    case when g.part = 'member' then (select count(*)::integer from practice.assignments a where a.group_id = g.id)
      - (select count(*)::integer from private.practised(array[g.id], (select auth.uid()))) else 0 end,
    case when g.part = 'teacher' then g.link_id end
  from mine g join practice.profiles t on t.user_id = g.teacher_id
  where my_groups.only_group is null or g.id = my_groups.only_group
  order by g.part desc, lower(g.name), g.id
$$;
revoke all on function private.my_groups(uuid) from public;
grant execute on function private.my_groups(uuid) to authenticated;

-- Who else is in a group of mine, but for those I am kept from. Since when is the teacher's to know.
create function private.group_people(group_id uuid) returns table (person_id uuid, first_name text, last_name text, avatar text, joined_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select m.person_id, p.first_name, p.last_name, p.avatar, case when g.part = 'teacher' then m.joined_at end
  from private.my_groups(group_people.group_id) g join practice.group_members m on m.group_id = g.id join practice.profiles p on p.user_id = m.person_id
  where m.person_id <> all (array(select private.my_blocked()))
  order by lower(p.first_name), lower(p.last_name), m.person_id
$$;
revoke all on function private.group_people(uuid) from public;
grant execute on function private.group_people(uuid) to authenticated;

-- What is assigned in a group of mine, or (without one) to me anywhere, and when I practised it. A case that was withdrawn meanwhile
-- keeps its name here: it was shown when it was assigned.
create function private.assigned_cases(only_group uuid default null)
returns table (id uuid, group_id uuid, group_name text, teacher_first_name text, teacher_last_name text, case_id uuid, case_name text, category text,
  published boolean, due_on date, words text, practised_at timestamptz, session_id uuid, round integer)
language sql stable security definer set search_path = '' as $$
  with mine as (select g.* from private.my_groups(assigned_cases.only_group) g where assigned_cases.only_group is not null or g.part = 'member'),
    done as materialized (
      select p.assignment, p.practised_at, p.session_id, p.round from private.practised(array(select m.id from mine m), (select auth.uid())) p)
  select a.id, g.id, g.name, g.teacher_first_name, g.teacher_last_name, c.id, c.case_name, c.category, c.published_at is not null, a.due_on, a.words,
    d.practised_at, d.session_id, d.round
  from mine g join practice.assignments a on a.group_id = g.id join practice.cases c on c.id = a.case_id left join done d on d.assignment = a.id
  order by a.due_on, lower(c.case_name), a.id
$$;
revoke all on function private.assigned_cases(uuid) from public;
grant execute on function private.assigned_cases(uuid) to authenticated;

-- For the teacher alone: who has practised what. That and when, never how it went.
create function private.practised_in(group_id uuid) returns table (assignment uuid, person_id uuid, practised_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.assignment, p.person_id, p.practised_at
  from private.practised(array(
    select g.id from practice.groups g where g.id = practised_in.group_id and g.teacher_id = (select auth.uid()))) p
  order by p.practised_at, p.person_id
$$;
revoke all on function private.practised_in(uuid) from public;
grant execute on function private.practised_in(uuid) to authenticated;

-- A block parts teacher and student at once, as if the one had left or been removed. Two who are in the same group stay in it and do not
-- see each other. Whoever joins at the same moment waits for the same persons' locks.
create function private.practice_groups_part() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_persons(array[new.blocker_id, new.blocked_id]);
  delete from practice.group_members m using practice.groups g
  where g.id = m.group_id and ((g.teacher_id = new.blocker_id and m.person_id = new.blocked_id) or (g.teacher_id = new.blocked_id and m.person_id = new.blocker_id));
  return null;
end $$;
revoke all on function private.practice_groups_part() from public;
create trigger practice_groups_part after insert on safety.blocks for each row execute function private.practice_groups_part();

-- The groups of a teacher go with them: nobody else could change one. Beside private.erase_practice, in its transaction.
create function private.erase_practice_groups(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_persons(array[erase_practice_groups.person]);
  delete from practice.group_members m where m.person_id = erase_practice_groups.person;
  perform private.forget_group(g.id) from (
    select x.id from practice.groups x where x.teacher_id = erase_practice_groups.person order by x.id for update) g;
end $$;
revoke all on function private.erase_practice_groups(uuid) from public;
grant execute on function private.erase_practice_groups(uuid) to service_role;
