-- As before, and two who are kept from each other, or of whom one has left, mark each other no more: the words of a sheet are words to
-- somebody, and its being handed in is told to them. And as in private.disclose, a case in which one is the candidate elsewhere has no
-- sheet: the ids of its items can be guessed, and whether there is such an item says how long the checklist is.
create or replace function private.hold_sheet(session uuid, round integer) returns practice.sheets
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  sheet practice.sheets;
begin
  part := private.my_part(hold_sheet.session, hold_sheet.round);
  if part.role = 'candidate' then perform private.refuse('not_your_role'); end if;
  if (select s.type from practice.practice_sessions s where s.id = hold_sheet.session) <> 'mock' then
    perform private.refuse('nothing_to_mark');
  end if;
  if private.has_reached(part.reached, private.opens_in(part.role, 'markscheme', part.marked)) is not true
    or private.is_candidate_elsewhere(part.case_id, hold_sheet.session, part.number) then
    perform private.refuse('not_yet');
  end if;
  if part.role = 'actor' and private.partner_in(hold_sheet.session, part.number) is null then perform private.refuse('nobody_to_write_to'); end if;
  insert into practice.sheets (session_id, round, case_id, marker_id) values (hold_sheet.session, part.number, part.case_id, auth.uid())
  on conflict do nothing;
  select x.* into sheet from practice.sheets x where x.session_id = hold_sheet.session and x.round = part.number for update;
  if sheet.submitted_at is not null then perform private.refuse('sheet_is_submitted'); end if;
  return sheet;
end $$;

-- As before, and who is in the group is told once until they look: a case that is assigned and withdrawn in a loop buries nobody.
create or replace function private.assign_case(group_id uuid, case_id uuid, due_on date, words text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  held practice.groups := private.hold_group(assign_case.group_id);
  the_page text := '/practice/groups/' || held.id;
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
  perform private.notify(p.person_id, 'practice.case-assigned', 'A case is assigned to your group', 'Your teacher asks you to practise it.',
    leads_to => the_page)
  from (
    select m.person_id from practice.group_members m
    where m.group_id = held.id and not exists (select from notices.notices n where n.person_id = m.person_id and n.kind = 'practice.case-assigned'
      and n.read_at is null and n.leads_to = the_page)
    order by m.person_id
  ) p;
  return made;
end $$;

-- As before, and told once until they look: whoever is sent away and asks again is in the list, and in nobody's ear.
create or replace function private.ask_to_watch(link_hash bytea) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  led record := private.observer_link_to(ask_to_watch.link_hash);
  the_other uuid;
  the_page text := '/practice/sessions/' || led.session;
begin
  perform private.must_appear_in_practice();
  if auth.uid() in (led.host, led.guest) then perform private.refuse('you_sit_there'); end if;
  perform private.lock_persons(array[led.host, led.guest, auth.uid()]);   -- a block waits for us, or we see it
  perform from practice.practice_sessions p where p.id = led.session for update;
  led := private.observer_link_to(ask_to_watch.link_hash);
  if exists (select from practice.observers o where o.session_id = led.session and o.person_id = auth.uid()) then return led.session; end if;
  if (select count(*) from practice.observers o where o.session_id = led.session) >= 2 then perform private.refuse('observers_are_two'); end if;
  insert into practice.observers (session_id, person_id, invited_by) values (led.session, auth.uid(), led.made_by);
  perform private.session_has_news(led.session);
  the_other := case when led.made_by = led.host then led.guest else led.host end;
  if not exists (select from notices.notices n where n.person_id = the_other and n.kind = 'practice.observer-asks' and n.read_at is null
    and n.leads_to = the_page) then
    perform private.tell(the_other, 'practice.observer-asks', 'Somebody asks to watch your practice session',
      'The other one has sent them a link. They see nothing until you agree.', the_page);
  end if;
  return led.session;
end $$;

-- As before, and forty seats at a time: six weeks of evenings. Sessions of five minutes would fill the list for days with one name.
create or replace function private.offer_session(on_date date, at_time time, minutes integer, type text, format text, level text default 'any',
  note text default '', case_id uuid default null, as_candidate boolean default false) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  made uuid := gen_random_uuid();
  starts_at timestamptz := (offer_session.on_date + offer_session.at_time) at time zone 'UTC';
  long interval := make_interval(mins => offer_session.minutes);
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform private.must_appear_in_practice();
  if not exists (select from practice.formats f where f.id = offer_session.format) then perform private.refuse('no_such_format'); end if;
  perform private.check_practice_time(starts_at);
  if (offer_session.minutes between 5 and 240) is not true then perform private.refuse('duration_is_minutes'); end if;
  if offer_session.case_id is not null then
    perform private.refuse_a_known_case(offer_session.case_id, null, array[me], case when as_candidate then me end);
  end if;
  perform private.lock_persons(array[me]);   -- else all of a burst count the same thirty-nine
  if (select count(*) from practice.practice_sessions s where s.host_id = me and s.guest_id is null and s.partner = 'person'
      and s.cancelled_at is null and s.ended_at is null and s.starts_at > clock_timestamp()) >= 40 then
    perform private.refuse('offers_are_forty_at_most');
  end if;
  perform private.claim(made, 'practice.session', tstzrange(starts_at, starts_at + long), array[me], array['you_are_busy']);
  insert into practice.practice_sessions (id, host_id, "date", "time", duration, type, format, level, note, case_id, candidate_id, meeting_id)
  values (made, me, offer_session.on_date, offer_session.at_time, long, offer_session.type, offer_session.format, offer_session.level,
    offer_session.note, offer_session.case_id, case when as_candidate then me end, made);
  return made;
end $$;

-- As before, and whoever leaves three of these unread is told no more of them until they look: offers that are made and withdrawn in a loop,
-- and a seat that is taken and left in one, ring at nobody for ever. What is free stands on their page.
create or replace function private.offer_is_wished_for() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.notify(x.person_id, 'practice.offer-fits', 'A seat is free when you could', '', '/practice/offers/' || new.id)
  from (
    select w.person_id from practice.wishes w
    where w.during @> tstzrange(new.starts_at, new.starts_at + new.duration) and w.person_id <> new.host_id and w.type = new.type
      and (w.format is null or w.format = new.format) and (w.level = 'any' or new.level = 'any' or w.level = new.level)
      and w.person_id <> all (array(select private.kept_from(new.host_id)))
      and (select count(*) from notices.notices n where n.person_id = w.person_id and n.kind = 'practice.offer-fits' and n.read_at is null) < 3
    order by w.created_at, w.id limit 20
  ) x order by x.person_id;
  return null;
end $$;

create or replace function private.seat_is_waited_for() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.guest_id is not null then
    delete from practice.seat_waits w where w.session_id = new.id and w.person_id = new.guest_id;
  end if;
  if new.guest_id is null and old.guest_id is not null and coalesce(new.cancelled_at, new.ended_at) is null and new.starts_at > now() then
    perform private.notify(w.person_id, 'practice.seat-free-again', 'A seat you waited for is free', 'Whoever comes first has it.',
      '/practice/offers/' || new.id)
    from practice.seat_waits w
    where w.session_id = new.id and w.person_id is distinct from old.guest_id and w.person_id <> all (array(select private.kept_from(new.host_id)))
      and (select count(*) from notices.notices n where n.person_id = w.person_id and n.kind = 'practice.seat-free-again' and n.read_at is null
        and n.leads_to = '/practice/offers/' || new.id) < 3
    order by w.person_id;
  end if;
  if coalesce(new.cancelled_at, new.ended_at) is not null then delete from practice.seat_waits w where w.session_id = new.id; end if;
  return null;
end $$;
