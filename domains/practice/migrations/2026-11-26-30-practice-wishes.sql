-- "Find me a partner": somebody says when they could, and need not look at the list again. A wish is a span of time, which is longer
-- than a session; where two wishes of two people overlap, a session within both is proposed to both, and is one when both agree. An
-- offer that fits is told, too. A wish claims nobody's time: only what both agreed to does.
create table practice.wishes (
  id         uuid primary key default gen_random_uuid(),
  person_id  uuid not null references auth.users,
  during     tstzrange not null,
  minutes    integer not null,   -- how long a session
  type       text not null,
  format     text references practice.formats,   -- null: any
  level      text not null,
  created_at timestamptz not null default now(),
  looked_at  timestamptz not null default now(),   -- when somebody was last looked for: private.tend_wishes
  constraint wish_is_a_span check (not isempty(during) and lower_inc(during) and not upper_inc(during) and not lower_inf(during)
    and not upper_inf(during) and isfinite(lower(during)) and isfinite(upper(during))),
  constraint wish_is_a_day_at_most check (upper(during) - lower(during) <= interval '24 hours'),
  constraint duration_is_minutes check (minutes between 15 and 240),
  constraint wish_has_room_for_a_session check (upper(during) - lower(during) >= make_interval(mins => minutes)),
  constraint type_is_known check (type in ('mock', 'review')),
  constraint level_is_known check (level in ('any', 'student', 'foundation', 'core', 'higher')),
  -- Else one person would be found two partners for one evening.
  constraint you_wish_for_that_already exclude using gist (person_id with =, during with &&)
);
alter table practice.wishes enable row level security;
revoke all on practice.wishes from anon, authenticated, service_role;
create index wishes_person_idx on practice.wishes (person_id);
create index wishes_format_idx on practice.wishes (format);
create index wishes_during_idx on practice.wishes using gist (during);
create index wishes_looked_at_idx on practice.wishes (looked_at);
-- When somebody could meet is nobody else's business; they read theirs by function.
create policy "the server sees wishes" on practice.wishes for select to service_role using (true);
grant select on practice.wishes to service_role;

-- A session that both could have. It stands until both agree, one declines, or nobody has answered in time. One that does not stand
-- any more is kept as long as its wishes: the two are asked once, and not again for the same evening.
create table practice.proposals (
  id              uuid primary key default gen_random_uuid(),
  wish_id         uuid not null references practice.wishes on delete cascade,   -- the elder wish; its person will be the host
  other_wish_id   uuid not null references practice.wishes on delete cascade,
  starts_at       timestamptz not null,
  minutes         integer not null,
  format          text not null references practice.formats,
  level           text not null,
  made_at         timestamptz not null default now(),
  agreed_at       timestamptz,
  other_agreed_at timestamptz,
  declined_at     timestamptz,
  constraint wishes_are_two check (wish_id <> other_wish_id),
  constraint agreed_by_both_is_a_session check (agreed_at is null or other_agreed_at is null),   -- then it is no proposal any more
  constraint duration_is_minutes check (minutes between 15 and 240),
  constraint level_is_known check (level in ('any', 'student', 'foundation', 'core', 'higher'))
);
alter table practice.proposals enable row level security;
revoke all on practice.proposals from anon, authenticated, service_role;
create unique index proposals_wish_idx on practice.proposals (wish_id, other_wish_id);
create index proposals_other_wish_idx on practice.proposals (other_wish_id);
create index proposals_format_idx on practice.proposals (format);
-- Of two people, whose evenings meet: both read it by function, and nobody else does.

-- Twelve hours are an evening and a night, so that whoever is on a shift can answer after it; a session within the hour is none that
-- two people still prepare for.
create function private.proposal_stands(p practice.proposals) returns boolean language sql stable set search_path = '' as $$
  select (proposal_stands.p).declined_at is null and (proposal_stands.p).made_at > now() - interval '12 hours' and (proposal_stands.p).starts_at > now()
$$;
revoke all on function private.proposal_stands(practice.proposals) from public;

-- Who matches or answers does it one after the other: else of two wishes made at once neither would see the other. Wishes are a few a
-- minute, and it comes after persons and before topics, as a domain's row does.
create function private.lock_wishes() returns void language sql volatile security definer set search_path = '' as $$
  select pg_advisory_xact_lock(hashtextextended('practice.wishes', 0))
$$;
revoke all on function private.lock_wishes() from public;

-- Whether somebody is asked about it at this moment.
create function private.is_asked(wish uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from practice.proposals p where p.wish_id = is_asked.wish and private.proposal_stands(p))
    or exists (select from practice.proposals p where p.other_wish_id = is_asked.wish and private.proposal_stands(p))
$$;
revoke all on function private.is_asked(uuid) from public;

create function private.kept_from(person uuid) returns setof uuid language sql stable security definer set search_path = '' as $$
  select b.blocked_id from safety.blocks b where b.blocker_id = kept_from.person
  union all
  select b.blocker_id from safety.blocks b where b.blocked_id = kept_from.person
$$;
revoke all on function private.kept_from(uuid) from public;

-- Looks for somebody to this wish: whoever could soonest, and of those who waited longest; with them the first quarter of an hour at which
-- both have nothing planned, and an hour's notice. Whoever is asked already is not asked twice at once, and the same two not again. One
-- candidate after the other, because mostly the first will do: for 3,000 wishes of 300 people that took 6 seconds, and to reckon the
-- hours of all candidates more than 15.
create function private.match_wish(wish uuid) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  w practice.wishes;
  o practice.wishes;
  kept uuid[];
  long interval;
  begins timestamptz;
  made uuid;
begin
  update practice.wishes x set looked_at = now() where x.id = match_wish.wish returning * into w;
  if not found or private.is_asked(w.id) then return null; end if;
  kept := array(select private.kept_from(w.person_id));
  for o in
    select x.* from practice.wishes x
    where x.during && w.during and x.person_id <> w.person_id and x.type = w.type and x.person_id <> all (kept)
      and (x.format is null or w.format is null or x.format = w.format)
      and (x.level = 'any' or w.level = 'any' or x.level = w.level)
      and least(upper(x.during), upper(w.during)) - greatest(lower(x.during), lower(w.during)) >= make_interval(mins => greatest(x.minutes, w.minutes))
      and not exists (select from practice.proposals p where p.wish_id = x.id and p.other_wish_id = w.id)
      and not exists (select from practice.proposals p where p.wish_id = w.id and p.other_wish_id = x.id)
    order by greatest(lower(x.during), lower(w.during)), x.created_at, x.id
  loop
    continue when private.is_asked(o.id);
    long := make_interval(mins => greatest(w.minutes, o.minutes));
    select t.at into begins
    from generate_series(
        date_bin('15 minutes', greatest(lower(w.during), lower(o.during), now() + interval '1 hour') + interval '15 minutes' - interval '1 microsecond',
          timestamptz '2026-01-01 00:00+00'),
        least(upper(w.during), upper(o.during)) - long, interval '15 minutes') t (at)
    where not exists (
      select from scheduling.commitments c
      where c.person_id in (w.person_id, o.person_id) and (c.held_until is null or c.held_until > now())
        and c.during && tstzrange(t.at, t.at + long))
    order by t.at limit 1;
    continue when begins is null;
    insert into practice.proposals (wish_id, other_wish_id, starts_at, minutes, format, level)
    select case when elder then o.id else w.id end, case when elder then w.id else o.id end, begins, greatest(w.minutes, o.minutes),
      coalesce(w.format, o.format, (select f.id from practice.formats f order by f.id = 'eight-minute-stations' desc, f.id limit 1)),
      case when w.level = 'any' then o.level else w.level end
    from (select (o.created_at, o.id) < (w.created_at, w.id) as elder) x
    returning id into made;
    perform private.notify(p, 'practice.proposal', 'Somebody could practise when you could', 'Say whether you want to.', '/practice/wishes')
    from unnest(array[w.person_id, o.person_id]) p;
    return made;
  end loop;
  return null;
end $$;
revoke all on function private.match_wish(uuid) from public;

-- Twelve are two weeks of evenings; nobody answers for more, and each is looked at whenever somebody else wishes.
create function private.wish_for_a_partner(since timestamptz, until timestamptz, minutes integer, type text, format text default null,
  level text default 'any') returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  made uuid;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform private.must_appear_in_practice();
  if wish_for_a_partner.format is not null and not exists (select from practice.formats f where f.id = wish_for_a_partner.format) then
    perform private.refuse('no_such_format');
  end if;
  if (wish_for_a_partner.since < wish_for_a_partner.until) is not true then perform private.refuse('wish_has_room_for_a_session'); end if;
  if (wish_for_a_partner.until > now() + make_interval(mins => wish_for_a_partner.minutes)) is not true then
    perform private.refuse('starts_in_the_past');
  end if;
  if wish_for_a_partner.since > now() + interval '180 days' then perform private.refuse('too_far_ahead'); end if;
  perform private.lock_wishes();
  if (select count(*) from practice.wishes w where w.person_id = me and upper(w.during) > now()) >= 12 then
    perform private.refuse('wishes_are_twelve_at_most');
  end if;
  insert into practice.wishes (person_id, during, minutes, type, format, level)
  values (me, tstzrange(wish_for_a_partner.since, wish_for_a_partner.until), wish_for_a_partner.minutes, wish_for_a_partner.type,
    wish_for_a_partner.format, wish_for_a_partner.level)
  returning id into made;
  perform private.match_wish(made);
  return made;
end $$;
revoke all on function private.wish_for_a_partner(timestamptz, timestamptz, integer, text, text, text) from public;
grant execute on function private.wish_for_a_partner(timestamptz, timestamptz, integer, text, text, text) to authenticated;

-- A wish goes, with what was proposed for it; whoever was asked beside is told that it is off, and looked for anew.
create function private.drop_wish(wish uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  others uuid[] := array(
    select case when p.wish_id = drop_wish.wish then p.other_wish_id else p.wish_id end from practice.proposals p
    where drop_wish.wish in (p.wish_id, p.other_wish_id) and private.proposal_stands(p));
begin
  delete from practice.wishes w where w.id = drop_wish.wish;
  perform private.tell_proposal_is_off(w.person_id), private.match_wish(w.id) from practice.wishes w where w.id = any (others) order by w.id;
end $$;
revoke all on function private.drop_wish(uuid) from public;

create function private.tell_proposal_is_off(person uuid) returns void language sql volatile security definer set search_path = '' as $$
  select private.notify(tell_proposal_is_off.person, 'practice.proposal-off', 'A proposed practice session is off',
    'We go on looking for somebody who could when you could.', '/practice/wishes')
$$;
revoke all on function private.tell_proposal_is_off(uuid) from public;

create function private.withdraw_wish(wish uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_wishes();
  if not exists (select from practice.wishes w where w.id = withdraw_wish.wish and w.person_id = auth.uid()) then perform private.refuse('no_such_wish'); end if;
  perform private.drop_wish(withdraw_wish.wish);
end $$;
revoke all on function private.withdraw_wish(uuid) from public;
grant execute on function private.withdraw_wish(uuid) to authenticated;

create function private.my_wishes() returns table (id uuid, since timestamptz, until timestamptz, minutes integer, type text, format text, level text)
language sql stable security definer set search_path = '' as $$
  select w.id, lower(w.during), upper(w.during), w.minutes, w.type, w.format, w.level from practice.wishes w
  where w.person_id = (select auth.uid()) and upper(w.during) > now() order by lower(w.during), w.id
$$;
revoke all on function private.my_wishes() from public;
grant execute on function private.my_wishes() to authenticated;

-- What is free already when somebody could, the first three for each wish.
create function private.offers_for_my_wishes() returns table (wish_id uuid, id uuid, version integer, starts_at timestamptz, minutes integer, type text,
  format text, level text, note text, host_id uuid, first_name text, last_name text, avatar text)
language sql stable security definer set search_path = '' as $$
  select w.id, o.id, o.version, o.starts_at, o.minutes, o.type, o.format, o.level, o.note, o.host_id, o.first_name, o.last_name, o.avatar
  from practice.wishes w
    cross join lateral (
      select f.* from private.offers_for_me(lower(w.during), upper(w.during), null, w.type, w.format) f
      where f.starts_at + make_interval(mins => f.minutes) <= upper(w.during) and (f.level = 'any' or w.level = 'any' or f.level = w.level)
      order by f.starts_at, f.id limit 3) o
  where w.person_id = (select auth.uid()) and upper(w.during) > now() order by o.starts_at, o.id
$$;
revoke all on function private.offers_for_my_wishes() from public;
grant execute on function private.offers_for_my_wishes() to authenticated;

-- What is proposed to me, with whom it would be, and who of us has agreed.
create function private.my_proposals() returns table (id uuid, starts_at timestamptz, minutes integer, type text, format text, level text,
  other_id uuid, first_name text, last_name text, avatar text, agreed boolean, other_agreed boolean)
language sql stable security definer set search_path = '' as $$
  select p.id, p.starts_at, p.minutes, mine.type, p.format, p.level, q.user_id, q.first_name, q.last_name, q.avatar,
    (case when p.wish_id = mine.id then p.agreed_at else p.other_agreed_at end) is not null,
    (case when p.wish_id = mine.id then p.other_agreed_at else p.agreed_at end) is not null
  from practice.wishes mine
    join practice.proposals p on mine.id in (p.wish_id, p.other_wish_id) and private.proposal_stands(p)
    join practice.wishes theirs on theirs.id = case when p.wish_id = mine.id then p.other_wish_id else p.wish_id end
    join practice.profiles q on q.user_id = theirs.person_id
  where mine.person_id = (select auth.uid()) order by p.starts_at, p.id
$$;
revoke all on function private.my_proposals() from public;
grant execute on function private.my_proposals() to authenticated;

-- The two of a standing proposal, with the elder wish's person first; nothing for whoever it is not proposed to.
create function private.proposed_to(proposal uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
  select array[a.person_id, b.person_id] from practice.proposals p
    join practice.wishes a on a.id = p.wish_id join practice.wishes b on b.id = p.other_wish_id
  where p.id = proposed_to.proposal and auth.uid() in (a.person_id, b.person_id) and private.proposal_stands(p)
$$;
revoke all on function private.proposed_to(uuid) from public;

-- I agree. With the second yes it is a session in the calendars of both, and the wishes are fulfilled; null with the first. Both persons
-- are locked before anything is, because their time is claimed; what was proposed is looked at again under the locks.
create function private.agree_to_proposal(proposal uuid) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  two uuid[] := private.proposed_to(agree_to_proposal.proposal);
  other uuid;
  p practice.proposals;
  kind text;
  made uuid := gen_random_uuid();
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  if two is null then perform private.refuse('proposal_is_off'); end if;
  perform private.lock_persons(two);
  perform private.lock_wishes();
  if private.proposed_to(agree_to_proposal.proposal) is null then perform private.refuse('proposal_is_off'); end if;
  other := case when two[1] = me then two[2] else two[1] end;
  select x.* into p from practice.proposals x where x.id = agree_to_proposal.proposal;
  select w.type into kind from practice.wishes w where w.id = p.wish_id;
  if (case when two[1] = me then p.other_agreed_at else p.agreed_at end) is null then
    update practice.proposals x set agreed_at = case when two[1] = me then coalesce(x.agreed_at, now()) else x.agreed_at end,
      other_agreed_at = case when two[1] = me then x.other_agreed_at else coalesce(x.other_agreed_at, now()) end
    where x.id = p.id;
    perform private.notify(other, 'practice.proposal-agreed', 'Somebody wants to practise with you', 'They wait for your answer.', '/practice/wishes');
    return null;
  end if;
  perform private.claim(made, 'practice.session', tstzrange(p.starts_at, p.starts_at + make_interval(mins => p.minutes)), array[me, other],
    array['you_are_busy', 'partner_is_busy']);
  insert into practice.practice_sessions (id, host_id, guest_id, "date", "time", duration, type, format, level, meeting_id)
  values (made, two[1], two[2], (p.starts_at at time zone 'UTC')::date, (p.starts_at at time zone 'UTC')::time, make_interval(mins => p.minutes),
    kind, p.format, p.level, made);
  delete from practice.wishes w where w.id in (p.wish_id, p.other_wish_id);
  perform private.notify(other, 'practice.partner-found', 'You have a partner', 'You both agreed to practise.', '/practice/sessions/' || made);
  return made;
end $$;
revoke all on function private.agree_to_proposal(uuid) from public;
grant execute on function private.agree_to_proposal(uuid) to authenticated;

-- No, thank you. The other one is told that it is off and not by whom it was; both wishes are looked after again.
create function private.decline_proposal(proposal uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  two uuid[];
  p practice.proposals;
begin
  perform private.lock_wishes();
  two := private.proposed_to(decline_proposal.proposal);
  if two is null then perform private.refuse('proposal_is_off'); end if;
  update practice.proposals x set declined_at = now() where x.id = decline_proposal.proposal returning * into p;
  perform private.tell_proposal_is_off(case when two[1] = auth.uid() then two[2] else two[1] end);
  perform private.match_wish(p.wish_id);
  perform private.match_wish(p.other_wish_id);
end $$;
revoke all on function private.decline_proposal(uuid) from public;
grant execute on function private.decline_proposal(uuid) to authenticated;

-- By a job: wishes whose time is over go; whoever was found a partner and did not answer is not asked further, so that they keep
-- nobody else waiting; and whom nobody was looked for since an hour ago is looked after again, because calendars change. Some at a time:
-- whoever wishes meanwhile waits for the lock.
create function private.tend_wishes(most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  w record;
  tended integer := 0;
begin
  perform private.lock_wishes();
  delete from practice.wishes x where upper(x.during) <= now() + make_interval(mins => x.minutes);
  for w in
    select x.id, x.person_id from practice.proposals p join practice.wishes x on x.id in (p.wish_id, p.other_wish_id)
    where p.declined_at is null and not private.proposal_stands(p)
      and (case when p.wish_id = x.id then p.agreed_at else p.other_agreed_at end) is null
    group by x.id, x.person_id order by x.id
  loop
    delete from practice.wishes x where x.id = w.id;
    perform private.notify(w.person_id, 'practice.wish-lapsed', 'A partner was found, and the time to answer is over',
      'Say anew when you could, if you still want to.', '/practice/wishes');
  end loop;
  for w in
    select x.id from practice.wishes x where x.looked_at <= now() - interval '1 hour' order by x.looked_at, x.id limit tend_wishes.most
  loop
    perform private.match_wish(w.id);
    tended := tended + 1;
  end loop;
  return tended;
end $$;
revoke all on function private.tend_wishes(integer) from public;
grant execute on function private.tend_wishes(integer) to service_role;

-- Somebody offers a session when others could: the first twenty of them are told. Deferred, because who is told comes after what is
-- claimed. Whoever takes the seat first has it, as of any offer.
create function private.offer_is_wished_for() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.notify(x.person_id, 'practice.offer-fits', 'A seat is free when you could', '', '/practice/offers/' || new.id)
  from (
    select w.person_id from practice.wishes w
    where w.during @> tstzrange(new.starts_at, new.starts_at + new.duration) and w.person_id <> new.host_id and w.type = new.type
      and (w.format is null or w.format = new.format) and (w.level = 'any' or new.level = 'any' or w.level = new.level)
      and w.person_id <> all (array(select private.kept_from(new.host_id)))
    order by w.created_at, w.id limit 20
  ) x order by x.person_id;
  return null;
end $$;
revoke all on function private.offer_is_wished_for() from public;
create trigger offer_is_wished_for after insert on practice.practice_sessions
  for each row when (new.guest_id is null and new.partner = 'person') execute function private.offer_is_wished_for();

-- Who is kept from whom is proposed nothing with them. Named to come after practice_partners_part, which locks the persons.
create function private.practice_wishes_part() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_wishes();
  update practice.proposals p set declined_at = now()
  from practice.wishes a, practice.wishes b
  where a.id = p.wish_id and b.id = p.other_wish_id and p.declined_at is null
    and (a.person_id, b.person_id) in ((new.blocker_id, new.blocked_id), (new.blocked_id, new.blocker_id));
  return null;
end $$;
revoke all on function private.practice_wishes_part() from public;
create trigger practice_wishes_part after insert on safety.blocks for each row execute function private.practice_wishes_part();
