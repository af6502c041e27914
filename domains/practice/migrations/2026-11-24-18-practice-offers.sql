-- The lists of sessions whose seat is free, which is how two people find each other.

-- What strangers may see of it, and no more. No name but the first, no note, and the id only so that whoever joins for its sake
-- finds it again: nothing answers to it but to somebody signed in.
create function private.offers_for_strangers(since timestamptz default now(), until timestamptz default 'infinity', after uuid default null,
  only_type text default null, only_format text default null, only_level text default null, most integer default 50)
returns table (id uuid, "date" date, "time" time, type text, format text, level text, first_name text)
language sql stable security definer set search_path = '' as $$
  select s.id, s."date", s."time", s.type, s.format, s.level, h.first_name
  from practice.practice_sessions s join practice.profiles h on h.user_id = s.host_id
  where s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person'
    and s.starts_at >= greatest(offers_for_strangers.since, now()) and s.starts_at < offers_for_strangers.until
    and (s.starts_at, s.id) > (offers_for_strangers.since, coalesce(offers_for_strangers.after, '00000000-0000-0000-0000-000000000000'))
    and (offers_for_strangers.only_type is null or s.type = offers_for_strangers.only_type)
    and (offers_for_strangers.only_format is null or s.format = offers_for_strangers.only_format)
    and (offers_for_strangers.only_level is null or s.level = offers_for_strangers.only_level)
    and not exists (select from practice.rounds r where r.session_id = s.id)
  order by s.starts_at, s.id limit least(greatest(offers_for_strangers.most, 0), 101)
$$;
revoke all on function private.offers_for_strangers(timestamptz, timestamptz, uuid, text, text, text, integer) from public;
grant execute on function private.offers_for_strangers(timestamptz, timestamptz, uuid, text, text, text, integer) to anon;

-- The same for somebody who signed in: with the host's name and picture, the note and the length, for whoever might sit down with
-- them; without their own offers, and without those of anybody they are kept from, whichever of the two wished it.
create function private.offers_for_me(since timestamptz default now(), until timestamptz default 'infinity', after uuid default null,
  only_type text default null, only_format text default null, only_level text default null, most integer default 50)
returns table (id uuid, version integer, starts_at timestamptz, minutes integer, type text, format text, level text, note text,
  host_id uuid, first_name text, last_name text, avatar text)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note,
    s.host_id, h.first_name, h.last_name, h.avatar
  from practice.practice_sessions s join practice.profiles h on h.user_id = s.host_id
  where (select auth.uid()) is not null
    and s.host_id <> (select auth.uid()) and s.host_id <> all (array(select private.my_blocked()))
    and s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person'
    and s.starts_at >= greatest(offers_for_me.since, now()) and s.starts_at < offers_for_me.until
    and (s.starts_at, s.id) > (offers_for_me.since, coalesce(offers_for_me.after, '00000000-0000-0000-0000-000000000000'))
    and (offers_for_me.only_type is null or s.type = offers_for_me.only_type)
    and (offers_for_me.only_format is null or s.format = offers_for_me.only_format)
    and (offers_for_me.only_level is null or s.level = offers_for_me.only_level)
    and not exists (select from practice.rounds r where r.session_id = s.id)
  order by s.starts_at, s.id limit least(greatest(offers_for_me.most, 0), 101)
$$;
revoke all on function private.offers_for_me(timestamptz, timestamptz, uuid, text, text, text, integer) from public;
grant execute on function private.offers_for_me(timestamptz, timestamptz, uuid, text, text, text, integer) to authenticated;
