-- The same two are not asked again for the same hours once one of them has declined, and three times at most: also when a wish is taken
-- back and wished anew, which takes what was proposed for it along. Else whoever was declined asks for as long as they like, and whoever
-- wishes and takes back in a loop rings at everybody who could.
create table practice.askings (
  person_id uuid not null references auth.users,
  other_id  uuid not null references auth.users,
  during    tstzrange not null,              -- the hours that both had wished for
  times     smallint not null default 1,
  declined  boolean not null default false,
  primary key (person_id, other_id, during),
  constraint askings_are_in_order check (person_id < other_id)
);
alter table practice.askings enable row level security;
revoke all on practice.askings from anon, authenticated, service_role;
create index askings_other_idx on practice.askings (other_id);

create function private.is_asked_enough(person uuid, other uuid, during tstzrange) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce(bool_or(a.declined) or sum(a.times) >= 3, false) from practice.askings a
  where a.person_id = least(is_asked_enough.person, is_asked_enough.other) and a.other_id = greatest(is_asked_enough.person, is_asked_enough.other)
    and a.during && is_asked_enough.during
$$;
revoke all on function private.is_asked_enough(uuid, uuid, tstzrange) from public;

-- As before, but for that.
create or replace function private.match_wish(wish uuid) returns uuid language plpgsql volatile security definer set search_path = '' as $$
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
    continue when private.is_asked(o.id) or private.is_asked_enough(w.person_id, o.person_id, w.during * o.during);
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
    insert into practice.askings (person_id, other_id, during) values (least(w.person_id, o.person_id), greatest(w.person_id, o.person_id), w.during * o.during)
    on conflict on constraint askings_pkey do update set times = practice.askings.times + 1;
    perform private.notify(p, 'practice.proposal', 'Somebody could practise when you could', 'Say whether you want to.', '/practice/wishes')
    from unnest(array[w.person_id, o.person_id]) p;
    return made;
  end loop;
  return null;
end $$;

create or replace function private.decline_proposal(proposal uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  two uuid[];
  p practice.proposals;
begin
  perform private.lock_wishes();
  two := private.proposed_to(decline_proposal.proposal);
  if two is null then perform private.refuse('proposal_is_off'); end if;
  update practice.proposals x set declined_at = now() where x.id = decline_proposal.proposal returning * into p;
  insert into practice.askings as a (person_id, other_id, during, declined)
  select least(two[1], two[2]), greatest(two[1], two[2]), x.during * y.during, true
  from practice.wishes x, practice.wishes y where x.id = p.wish_id and y.id = p.other_wish_id
  on conflict on constraint askings_pkey do update set declined = true;
  perform private.tell_proposal_is_off(case when two[1] = auth.uid() then two[2] else two[1] end);
  perform private.match_wish(p.wish_id);
  perform private.match_wish(p.other_wish_id);
end $$;

-- As before, and what was asked for hours that are over is forgotten; and with a person.
create or replace function private.tend_wishes(most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  w record;
  tended integer := 0;
begin
  perform private.lock_wishes();
  delete from practice.wishes x where upper(x.during) <= now() + make_interval(mins => x.minutes);
  delete from practice.askings a where upper(a.during) <= now();
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

create or replace function private.forget_wishes(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_wishes();
  perform private.drop_wish(w.id) from practice.wishes w where w.person_id = forget_wishes.person order by w.id;
  delete from practice.askings a where forget_wishes.person in (a.person_id, a.other_id);
  delete from practice.seat_waits w where w.person_id = forget_wishes.person;
end $$;
