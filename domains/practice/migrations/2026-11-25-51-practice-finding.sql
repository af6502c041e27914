-- How a case and a seat are found, beside the two lists of offers.

-- By what cases are searched and ordered. Stored, because somebody who types asks at every letter, and to lower 5,000 names costs more
-- than all the rest of the search; granted to nobody, as case_name says the same.
alter table practice.cases add column name_key text collate "C" generated always as (lower(case_name)) stored;
-- With all that the list is narrowed by: the texts make rows wide.
create index cases_by_name_idx on practice.cases (name_key, id) include (category, domain, level, formats) where published_at is not null;

-- Cases in the order of their names, on from the last one seen, with the signature that holds now (without one: not clinically
-- reviewed). Every word that was typed is somewhere in the name. A case for any level or format is one for each. Planned anew each
-- time, knowing what was asked: a plan for whatever may be asked sorts all cases for the first page (6.8 ms of 5,000, else 0.7).
create function private.published_cases(search text default '', only_category text default null, only_domain text default null,
  only_level text default null, only_format text default null, after_name text default null, after uuid default null, most integer default 50)
returns table (id uuid, case_name text, category text, domain text, level text, formats text[], content_note text, author text, name_key text,
  named_as text, signed_on date, review_by date)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  many integer := least(greatest(published_cases.most, 0), 101);
  said text[] := array(select w from regexp_split_to_table(lower(trim(published_cases.search)), '\s+') w where w <> '' order by length(w) desc);
  patterns text[] := array(select '%' || regexp_replace(w, '([\\%_])', '\\\1', 'g') || '%' from unnest(said[2:]) w);
begin
  return query
    select c.id, c.case_name, c.category, c.domain, c.level, c.formats, c.content_note, c.author, f.name_key, s.named_as, s.signed_on, s.review_by
    from (
      select x.id, x.name_key from practice.cases x
      where x.published_at is not null
        and (published_cases.only_category is null or x.category = published_cases.only_category)
        and (published_cases.only_domain is null or x.domain = published_cases.only_domain)
        and (published_cases.only_level is null or x.level in (published_cases.only_level, 'any'))
        and (published_cases.only_format is null or x.formats = '{}' or published_cases.only_format = any (x.formats))
        and (said = '{}' or strpos(x.name_key, said[1]) > 0)   -- the longest word first, by the fastest way there is to look for one
        and (patterns = '{}' or x.name_key like all (patterns))
        and (published_cases.after_name is null or (x.name_key, x.id) > (published_cases.after_name, published_cases.after))
      order by x.name_key, x.id limit many
    ) f
      join practice.cases c on c.id = f.id
      left join lateral (
        select x.named_as, x.signed_on, x.review_by from practice.case_signatures x
        where x.case_id = c.id and x.edition = c.edition and x.review_by >= current_date order by x.signed_on desc, x.person_id limit 1
      ) s on true
    order by f.name_key, f.id;
end $$;
revoke all on function private.published_cases(text, text, text, text, text, text, uuid, integer) from public;
grant execute on function private.published_cases(text, text, text, text, text, text, uuid, integer) to anon, authenticated;

-- What somebody wrote or is asked to check, drafts too. No text and no condition: those come by private.read_case, which says no while
-- they are the candidate in it.
create function private.my_cases() returns table (id uuid, case_name text, category text, domain text, edition integer, published_at timestamptz,
  part text, since timestamptz, signed boolean)
language sql stable security definer set search_path = '' as $$
  select c.id, c.case_name, c.category, c.domain, c.edition, c.published_at, mine.part, mine.since,
    exists (select from practice.case_signatures x where x.case_id = c.id and x.edition = c.edition and x.person_id = (select auth.uid()))
  from (
    select a.case_id, 'author' as part, a.since from practice.case_authors a where a.person_id = (select auth.uid())
    union all
    select a.case_id, 'reviewer', a.since from practice.case_reviewers a where a.person_id = (select auth.uid())
  ) mine join practice.cases c on c.id = mine.case_id
  order by mine.since desc, c.id
$$;
revoke all on function private.my_cases() from public;
grant execute on function private.my_cases() to authenticated;

-- One offer, for whoever comes with its address: under the rules of private.offers_for_me, and nothing where those hide it. The host
-- finds their own among their sessions.
create function private.offer_for_me(session uuid)
returns table (id uuid, version integer, starts_at timestamptz, minutes integer, type text, format text, level text, note text,
  host_id uuid, first_name text, last_name text, avatar text)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note,
    s.host_id, h.first_name, h.last_name, h.avatar
  from practice.practice_sessions s join practice.profiles h on h.user_id = s.host_id
  where s.id = offer_for_me.session and (select auth.uid()) is not null
    and s.host_id <> (select auth.uid()) and s.host_id <> all (array(select private.my_blocked()))
    and s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person' and s.starts_at >= now()
    and not exists (select from practice.rounds r where r.session_id = s.id)
$$;
revoke all on function private.offer_for_me(uuid) from public;
grant execute on function private.offer_for_me(uuid) to authenticated;

-- For whoever came too late: the offers of the same type nearest in time to the one that is gone, in which they could sit. Walked from
-- its time on and back; each side stops when it has enough.
create function private.nearest_offers(session uuid, most integer default 3)
returns table (id uuid, version integer, starts_at timestamptz, minutes integer, type text, format text, level text, note text,
  host_id uuid, first_name text, last_name text, avatar text)
language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  kept_from uuid[] := array(select private.my_blocked());
  gone record;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  select s.starts_at, s.type into gone from practice.practice_sessions s
  where s.id = nearest_offers.session and s.partner = 'person' and s.host_id <> all (kept_from);
  if not found then return; end if;
  return query
    with mine as materialized (
      select c.during from scheduling.commitments c
      where c.person_id = me and upper(c.during) > now() and (c.held_until is null or c.held_until > now())
    ), after as (
      select s.id, s.starts_at from practice.practice_sessions s
      where s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person'
        and s.starts_at >= greatest(gone.starts_at, now()) and s.type = gone.type and s.host_id <> me and s.host_id <> all (kept_from)
        and not exists (select from practice.rounds r where r.session_id = s.id)
        and not exists (select from mine where mine.during && tstzrange(s.starts_at, s.starts_at + s.duration))
      order by s.starts_at, s.id limit least(greatest(nearest_offers.most, 0), 10)
    ), before as (
      select s.id, s.starts_at from practice.practice_sessions s
      where s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person'
        and s.starts_at >= now() and s.starts_at < gone.starts_at and s.type = gone.type and s.host_id <> me and s.host_id <> all (kept_from)
        and not exists (select from practice.rounds r where r.session_id = s.id)
        and not exists (select from mine where mine.during && tstzrange(s.starts_at, s.starts_at + s.duration))
      order by s.starts_at desc, s.id desc limit least(greatest(nearest_offers.most, 0), 10)
    ), nearest as (
      select f.id, f.starts_at from (select a.id, a.starts_at from after a union all select b.id, b.starts_at from before b) f
      order by abs(extract(epoch from f.starts_at - gone.starts_at)), f.starts_at, f.id limit least(greatest(nearest_offers.most, 0), 10)
    )
    select s.id, s.version, s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note,
      s.host_id, h.first_name, h.last_name, h.avatar
    from nearest n join practice.practice_sessions s on s.id = n.id join practice.profiles h on h.user_id = s.host_id
    order by abs(extract(epoch from s.starts_at - gone.starts_at)), s.starts_at, s.id;
end $$;
revoke all on function private.nearest_offers(uuid, integer) from public;
grant execute on function private.nearest_offers(uuid, integer) to authenticated;

-- Takes the seat, or gives null where somebody sits there already: a refusal ends the transaction, and whoever came too late is to be
-- told in the same one what else is open. Every other no is said by its name.
create function private.sit_down(session uuid, version integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  said text;
begin
  return private.take_seat(sit_down.session, sit_down.version);
exception when sqlstate 'VV001' then
  get stacked diagnostics said = constraint_name;
  if said <> 'seat_taken' then raise; end if;
  return null;
end $$;
revoke all on function private.sit_down(uuid, integer) from public;
grant execute on function private.sit_down(uuid, integer) to authenticated;
