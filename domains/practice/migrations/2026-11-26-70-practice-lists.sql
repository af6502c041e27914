-- The two lists of offers, planned once for whatever is asked: to plan them anew took longer than to walk to the first twenty
-- (0.5 ms of 0.8, of 140,000 offers). They go along practice_sessions_open_idx whatever is asked, so that one plan is as good as any.
create or replace function private.offers_for_strangers(since timestamptz default now(), until timestamptz default 'infinity', after uuid default null,
  only_type text default null, only_format text default null, only_level text default null, most integer default 50)
returns table (id uuid, "date" date, "time" time, type text, format text, level text, first_name text)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select s.id, s."date", s."time", s.type, s.format, s.level, h.first_name
    from practice.practice_sessions s join practice.profiles h on h.user_id = s.host_id
    where s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person'
      and s.starts_at >= greatest(offers_for_strangers.since, now()) and s.starts_at < offers_for_strangers.until
      and (s.starts_at, s.id) > (offers_for_strangers.since, coalesce(offers_for_strangers.after, '00000000-0000-0000-0000-000000000000'))
      and (offers_for_strangers.only_type is null or s.type = offers_for_strangers.only_type)
      and (offers_for_strangers.only_format is null or s.format = offers_for_strangers.only_format)
      and (offers_for_strangers.only_level is null or s.level = offers_for_strangers.only_level)
      and not exists (select from practice.rounds r where r.session_id = s.id)
    order by s.starts_at, s.id limit least(greatest(offers_for_strangers.most, 0), 101);
end $$;

create or replace function private.offers_for_me(since timestamptz default now(), until timestamptz default 'infinity', after uuid default null,
  only_type text default null, only_format text default null, only_level text default null, most integer default 50)
returns table (id uuid, version integer, starts_at timestamptz, minutes integer, type text, format text, level text, note text,
  host_id uuid, first_name text, last_name text, avatar text)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_generic_plan as $$
declare
  me uuid := auth.uid();
begin
  return query
    select s.id, s.version, s.starts_at, (date_part('epoch', s.duration) / 60)::integer, s.type, s.format, s.level, s.note,
      s.host_id, h.first_name, h.last_name, h.avatar
    from practice.practice_sessions s join practice.profiles h on h.user_id = s.host_id
    where me is not null and s.host_id <> me and s.host_id <> all (array( -- as private.my_blocked() says, whose call costs more than to look
        select b.blocked_id from safety.blocks b where b.blocker_id = me union all select b.blocker_id from safety.blocks b where b.blocked_id = me))
      and s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person'
      and s.starts_at >= greatest(offers_for_me.since, now()) and s.starts_at < offers_for_me.until
      and (s.starts_at, s.id) > (offers_for_me.since, coalesce(offers_for_me.after, '00000000-0000-0000-0000-000000000000'))
      and (offers_for_me.only_type is null or s.type = offers_for_me.only_type)
      and (offers_for_me.only_format is null or s.format = offers_for_me.only_format)
      and (offers_for_me.only_level is null or s.level = offers_for_me.only_level)
      and not exists (select from practice.rounds r where r.session_id = s.id)
    order by s.starts_at, s.id limit least(greatest(offers_for_me.most, 0), 101);
end $$;
