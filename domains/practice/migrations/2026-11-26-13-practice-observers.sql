-- Somebody may watch, where both who sit there want it: one of them sends a link, whoever has it asks, and the other one agrees to that very
-- person, by name. Until then nothing is opened for them. Either sends them away at any time, without a reason. They have a seat in the room and no say
-- about the clock; they read what the candidate may read; of the sheet, which is about the candidate, nothing.
create table practice.observer_links (
  session_id uuid not null references practice.practice_sessions on delete cascade,
  made_by    uuid not null references practice.profiles on delete cascade,
  link_id    uuid not null,                -- the word in the link follows from it and SECRETS_KEY, as a group's (server/watching.ts)
  link_hash  bytea not null,
  primary key (session_id, made_by),
  constraint link_opens_one_session unique (link_hash),
  constraint hash_is_sha256 check (length(link_hash) = 32)
);
alter table practice.observer_links enable row level security;
revoke all on practice.observer_links from anon, authenticated, service_role;
create index observer_links_made_by_idx on practice.observer_links (made_by);

create table practice.observers (
  session_id uuid not null references practice.practice_sessions on delete cascade,
  person_id  uuid not null references practice.profiles on delete cascade,
  invited_by uuid not null references practice.profiles on delete cascade,   -- whose link it was; the other one has to agree
  asked_at   timestamptz not null default clock_timestamp(),
  agreed_at  timestamptz,                                                    -- null: not yet
  primary key (session_id, person_id),
  constraint nobody_invites_themselves check (person_id <> invited_by)
);
alter table practice.observers enable row level security;
revoke all on practice.observers from anon, authenticated, service_role;
create index observers_person_idx on practice.observers (person_id);
create index observers_invited_by_idx on practice.observers (invited_by);
create policy "people see what they watch" on practice.observers for select to authenticated using (person_id = (select auth.uid()));
create policy "the server sees observers" on practice.observers for select to service_role using (true);
grant select on practice.observers to authenticated, service_role;   -- the two who sit there by private.observers_of

-- Consent is between these two: with another guest it is given anew, and no link of the one before opens anything.
create function private.observers_go() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  delete from practice.observers o where o.session_id = new.id;
  delete from practice.observer_links l where l.session_id = new.id and l.made_by = old.guest_id;
  return null;
end $$;
revoke all on function private.observers_go() from public;
create trigger observers_go after update on practice.practice_sessions
  for each row when (old.guest_id is distinct from new.guest_id and old.guest_id is not null) execute function private.observers_go();

-- The room and what is heard follow at the commit: rooms, then topics. A session that is over, or has another room by now, needs nothing more.
create function private.observer_has_a_seat() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
  who uuid := case when tg_op = 'DELETE' then old.person_id else new.person_id end;
  watches boolean := tg_op <> 'DELETE' and exists (
    select from practice.observers o where o.session_id = new.session_id and o.person_id = new.person_id and o.agreed_at is not null);
begin
  select p.* into s from practice.practice_sessions p where p.id = case when tg_op = 'DELETE' then old.session_id else new.session_id end;
  if not found then return null; end if;
  if private.meets_in_a_room(s) and exists (select from rooms.rooms r where r.id = s.room_url::uuid and r.closed_at is null) then
    if watches then
      perform private.add_seat(s.room_url::uuid, p.user_id, 'observer', keeps_time => false, name => trim(p.first_name || ' ' || p.last_name))
      from practice.profiles p where p.user_id = who;
    else
      perform private.remove_seat(s.room_url::uuid, who);
    end if;
  end if;
  if watches then perform private.join_topic(s.id, array[who]); else perform private.leave_topic(s.id, array[who]); end if;
  return null;
end $$;
revoke all on function private.observer_has_a_seat() from public;
create constraint trigger observer_has_a_seat after update on practice.observers
  deferrable initially deferred for each row when (old.agreed_at is null and new.agreed_at is not null) execute function private.observer_has_a_seat();
create constraint trigger observer_has_no_seat after delete on practice.observers
  deferrable initially deferred for each row when (old.agreed_at is not null) execute function private.observer_has_a_seat();

-- A session that has got another room (private.round_keeps_its_room) has its observers there, too.
create or replace function private.open_practice_room(s practice.practice_sessions) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.open_room((open_practice_room.s).room_url::uuid, 'practice.session', (
      select jsonb_agg(jsonb_build_object('person', p.user_id, 'name', trim(p.first_name || ' ' || p.last_name),
        'lets_in', p.user_id = (open_practice_room.s).host_id, 'keeps_time', o.person_id is null,
        'role', case p.user_id when (open_practice_room.s).host_id then 'host' when (open_practice_room.s).guest_id then 'guest' else 'observer' end))
      from practice.profiles p
        left join practice.observers o on o.session_id = (open_practice_room.s).id and o.person_id = p.user_id and o.agreed_at is not null
      where p.user_id in ((open_practice_room.s).host_id, (open_practice_room.s).guest_id) or o.person_id is not null),
    (open_practice_room.s).starts_at - interval '15 minutes', (open_practice_room.s).starts_at + (open_practice_room.s).duration);
end $$;

-- Held by its two people, whatever version they saw: what begins here takes nothing from the other one that a page would have to show first.
create function private.hold_seated_session(session uuid) returns practice.practice_sessions
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions;
begin
  select p.* into s from practice.practice_sessions p where p.id = hold_seated_session.session for update;
  if not found then perform private.refuse('session_not_found'); end if;
  s := private.hold_session(s.id, s.version);
  if s.guest_id is null then perform private.refuse('seat_is_free'); end if;
  return s;
end $$;
revoke all on function private.hold_seated_session(uuid) from public;

create function private.session_has_news(session uuid) returns integer language sql volatile security definer set search_path = '' as $$
  update practice.practice_sessions p set version = p.version + 1 where p.id = session_has_news.session returning p.version
$$;
revoke all on function private.session_has_news(uuid) from public;

-- The link that there is, or this one.
create function private.make_observer_link(session uuid, link_id uuid, link_hash bytea) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_seated_session(make_observer_link.session);
begin
  insert into practice.observer_links (session_id, made_by, link_id, link_hash)
  values (s.id, auth.uid(), make_observer_link.link_id, make_observer_link.link_hash) on conflict on constraint observer_links_pkey do nothing;
  return (select l.link_id from practice.observer_links l where l.session_id = s.id and l.made_by = auth.uid());
end $$;
revoke all on function private.make_observer_link(uuid, uuid, bytea) from public;
grant execute on function private.make_observer_link(uuid, uuid, bytea) to authenticated;

-- What a link leads to, while it leads anywhere. Whoever is kept from one of the two finds what anybody finds behind a word that is no link.
create function private.observer_link_to(link_hash bytea, out session uuid, out made_by uuid, out host uuid, out guest uuid)
language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  select s.id, l.made_by, s.host_id, s.guest_id into session, made_by, host, guest
  from practice.observer_links l join practice.practice_sessions s on s.id = l.session_id
  where l.link_hash = observer_link_to.link_hash and private.meets_in_a_room(s)
    and s.host_id <> all (array(select private.my_blocked())) and s.guest_id <> all (array(select private.my_blocked()));
  if not found then perform private.refuse('link_opens_nothing'); end if;
end $$;
revoke all on function private.observer_link_to(bytea) from public;

create function private.read_observer_link(link_hash bytea)
returns table (id uuid, host_name text, guest_name text, invited_by text, starts_at timestamptz, minutes integer, type text, format text, part text)
language plpgsql volatile security definer set search_path = '' as $$
declare
  led record := private.observer_link_to(read_observer_link.link_hash);
begin
  return query
    select s.id, h.first_name, g.first_name, case when led.made_by = s.host_id then h.first_name else g.first_name end, s.starts_at,
      (extract(epoch from s.duration) / 60)::integer, s.type, s.format,
      case when auth.uid() in (s.host_id, s.guest_id) then 'player' when o.agreed_at is not null then 'observer' when o.person_id is not null then 'asked' end
    from practice.practice_sessions s join practice.profiles h on h.user_id = s.host_id join practice.profiles g on g.user_id = s.guest_id
      left join practice.observers o on o.session_id = s.id and o.person_id = auth.uid()
    where s.id = led.session;
end $$;
revoke all on function private.read_observer_link(bytea) from public;
grant execute on function private.read_observer_link(bytea) to authenticated;

-- Two at most, asked or agreed: four are in a room, and a link that went astray asks no more often than that.
create function private.ask_to_watch(link_hash bytea) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  led record := private.observer_link_to(ask_to_watch.link_hash);
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
  perform private.tell(case when led.made_by = led.host then led.guest else led.host end, 'practice.observer-asks', 'Somebody asks to watch your practice session',
    'The other one has sent them a link. They see nothing until you agree.', '/practice/sessions/' || led.session);
  return led.session;
end $$;
revoke all on function private.ask_to_watch(bytea) from public;
grant execute on function private.ask_to_watch(bytea) to authenticated;

-- Who watches or asks to, for the two who sit there.
create function private.observers_of(session uuid) returns table (id uuid, name text, avatar text, invited_by uuid, asked_at timestamptz, agreed boolean)
language sql stable security definer set search_path = '' as $$
  select o.person_id, trim(p.first_name || ' ' || p.last_name), p.avatar, o.invited_by, o.asked_at, o.agreed_at is not null
  from practice.observers o join practice.practice_sessions s on s.id = o.session_id join practice.profiles p on p.user_id = o.person_id
  where o.session_id = observers_of.session and (select auth.uid()) in (s.host_id, s.guest_id)
  order by o.asked_at, o.person_id
$$;
revoke all on function private.observers_of(uuid) from public;
grant execute on function private.observers_of(uuid) to authenticated;

create function private.agree_to_observer(session uuid, version integer, person uuid) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_session(agree_to_observer.session, agree_to_observer.version);
  o practice.observers;
begin
  select x.* into o from practice.observers x where x.session_id = s.id and x.person_id = agree_to_observer.person;
  if not found then perform private.refuse('no_such_observer'); end if;
  if o.agreed_at is not null then return s.version; end if;
  if o.invited_by = auth.uid() then perform private.refuse('yours_to_wait'); end if;
  update practice.observers x set agreed_at = clock_timestamp() where x.session_id = s.id and x.person_id = o.person_id;
  perform private.tell(o.person_id, 'practice.observer-agreed', 'You may watch a practice session', 'Both agree. The room opens a quarter of an hour before.',
    '/practice/watching/' || s.id);
  return private.session_has_news(s.id);
end $$;
revoke all on function private.agree_to_observer(uuid, integer, uuid) from public;
grant execute on function private.agree_to_observer(uuid, integer, uuid) to authenticated;

-- Whoever is not wanted goes at once, whoever had agreed before; and whoever has enough.
create function private.remove_observer(session uuid, person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  s practice.practice_sessions := private.hold_seated_session(remove_observer.session);
begin
  delete from practice.observers o where o.session_id = s.id and o.person_id = remove_observer.person;
  if not found then return; end if;
  perform private.session_has_news(s.id);
  perform private.tell(remove_observer.person, 'practice.observer-declined', 'A practice session is among two people now',
    'They would rather be by themselves this time. It is no judgement of you.');
end $$;
revoke all on function private.remove_observer(uuid, uuid) from public;
grant execute on function private.remove_observer(uuid, uuid) to authenticated;

create function private.stop_watching(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform from practice.practice_sessions p where p.id = stop_watching.session for update;
  delete from practice.observers o where o.session_id = stop_watching.session and o.person_id = auth.uid();
  if not found then perform private.refuse('session_not_found'); end if;
  perform private.session_has_news(stop_watching.session);
end $$;
revoke all on function private.stop_watching(uuid) from public;
grant execute on function private.stop_watching(uuid) to authenticated;

-- A session as it is for who watches: who plays what and where the clock stands; not which case comes, and nothing of the sheet.
create function private.my_watched_sessions(session uuid default null)
returns table (id uuid, version integer, host_name text, guest_name text, candidate text, agreed boolean, starts_at timestamptz, minutes integer,
  type text, format text, room_url text, cancelled_at timestamptz, ended_at timestamptz, round integer, phase text, plan jsonb,
  reading_at timestamptz, running_at timestamptz, marking_at timestamptz, feedback_at timestamptz, paused_at timestamptz, "now" timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, trim(h.first_name || ' ' || h.last_name), trim(g.first_name || ' ' || g.last_name),
    case when o.agreed_at is null then null when s.candidate_id = s.host_id then 'host' when s.candidate_id = s.guest_id then 'guest' end, o.agreed_at is not null,
    s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format,
    case when o.agreed_at is not null and private.meets_in_a_room(s) then s.room_url end, s.cancelled_at, s.ended_at, r.number,
    case when s.ended_at is not null then 'ended' when r.number is null then 'scheduled' else private.round_reached(r, clock_timestamp()) end,
    r.plan, r.reading_at, x.running_at, x.marking_at, x.feedback_at, r.paused_at, clock_timestamp()
  from practice.observers o join practice.practice_sessions s on s.id = o.session_id
    left join practice.profiles h on h.user_id = s.host_id and h.user_id <> all (array(select private.my_blocked()))
    left join practice.profiles g on g.user_id = s.guest_id and g.user_id <> all (array(select private.my_blocked()))
    left join practice.rounds r on r.session_id = s.id and r.ended_at is null and o.agreed_at is not null
    left join lateral private.round_shown(r) x on true
  where o.person_id = (select auth.uid()) and (my_watched_sessions.session is null or s.id = my_watched_sessions.session)
  order by s.starts_at desc, s.id
$$;
revoke all on function private.my_watched_sessions(uuid) from public;
grant execute on function private.my_watched_sessions(uuid) to authenticated;

-- A block ends watching at once, whichever of them blocked. Persons, the session, and then what follows at the commit; before the rooms' own.
create function private.practice_observers_part() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  o record;
begin
  perform private.lock_persons(array[new.blocker_id, new.blocked_id]);
  for o in
    select x.session_id, x.person_id from practice.observers x join practice.practice_sessions s on s.id = x.session_id
    where (x.person_id = new.blocker_id and new.blocked_id in (s.host_id, s.guest_id)) or (x.person_id = new.blocked_id and new.blocker_id in (s.host_id, s.guest_id))
    order by x.session_id
  loop
    perform from practice.practice_sessions p where p.id = o.session_id for update;
    delete from practice.observers x where x.session_id = o.session_id and x.person_id = o.person_id;
    perform private.session_has_news(o.session_id);
  end loop;
  return null;
end $$;
revoke all on function private.practice_observers_part() from public;
create trigger practice_observers_part after insert on safety.blocks for each row execute function private.practice_observers_part();

-- Who watches reads with the candidate: the brief from reading on, all else from the feedback.
create or replace function private.opens_in(role text, text text, marked boolean) returns text language sql immutable set search_path = '' as $$
  select case
    when opens_in.text = 'candidate_brief' then 'reading'
    when opens_in.role = 'alone' then case when opens_in.marked then 'marking' else 'feedback' end
    when opens_in.role in ('candidate', 'observer') then 'feedback'
    when opens_in.role = 'actor' then case opens_in.text when 'markscheme' then 'running' else 'reading' end
  end
$$;

-- As whom somebody reads in a round: who plays or has played there (private.my_part); else who watches, as long as both agree and the session
-- goes on, in the rounds that were not over when they did. For reading alone: whatever is about the sheet asks for a part.
create function private.my_view(session uuid, round integer,
  out number integer, out role text, out reached text, out case_id uuid, out marked boolean)
language plpgsql volatile security definer set search_path = '' as $$
begin
  select r.number, 'observer', private.round_reached(r, clock_timestamp()), r.case_id, r.plan ? 'marking' into number, role, reached, case_id, marked
  from practice.observers o join practice.practice_sessions s on s.id = o.session_id join practice.rounds r on r.session_id = s.id
  where o.session_id = my_view.session and o.person_id = auth.uid() and o.agreed_at is not null and private.meets_in_a_room(s)
    and (my_view.round is null or r.number = my_view.round) and coalesce(r.ended_at > o.agreed_at, true)
    and r.candidate_id <> auth.uid() and r.actor_id <> auth.uid()
  order by r.number desc limit 1;
  if not found then select p.number, p.role, p.reached, p.case_id, p.marked into number, role, reached, case_id, marked
    from private.my_part(my_view.session, my_view.round) p; end if;
end $$;
revoke all on function private.my_view(uuid, integer) from public;

-- As before, for who watches, too.
create or replace function private.disclose(session uuid, text text default null, round integer default null) returns table (name text, words text)
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  asked text;
  only_the_brief boolean;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  part := private.my_view(disclose.session, disclose.round);
  if disclose.text not in ('candidate_brief', 'actor_brief', 'condition', 'markscheme') then perform private.refuse('no_such_text'); end if;
  only_the_brief := private.is_candidate_elsewhere(part.case_id, disclose.session, part.number);
  if disclose.text is not null and private.has_reached(part.reached, private.opens_in(part.role, disclose.text, part.marked)) is not true then
    perform private.refuse(case
      when part.role in ('candidate', 'observer') and private.has_reached(part.reached, private.opens_in('actor', disclose.text, part.marked)) then 'not_your_role'
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

create function private.erase_practice_observers(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform from practice.practice_sessions p
  where p.id in (select o.session_id from practice.observers o where o.person_id = erase_practice_observers.person) order by p.id for update;
  delete from practice.observers o where o.person_id = erase_practice_observers.person;
  delete from practice.observer_links l where l.made_by = erase_practice_observers.person;
end $$;
revoke all on function private.erase_practice_observers(uuid) from public;
grant execute on function private.erase_practice_observers(uuid) to service_role;
