-- A seat that is given up in the middle of a session can be taken until its time is over (rule 6), so whoever is sent its address finds it: also
-- when it has begun. The lists go on showing what is to come alone.
create or replace function private.offer_for_me(session uuid)
returns table (id uuid, version integer, starts_at timestamptz, minutes integer, type text, format text, level text, note text,
  host_id uuid, first_name text, last_name text, avatar text)
language sql stable security definer set search_path = '' as $$
  select s.id, s.version, s.starts_at, (extract(epoch from s.duration) / 60)::integer, s.type, s.format, s.level, s.note,
    s.host_id, h.first_name, h.last_name, h.avatar
  from practice.practice_sessions s join practice.profiles h on h.user_id = s.host_id
  where s.id = offer_for_me.session and (select auth.uid()) is not null
    and s.host_id <> (select auth.uid()) and s.host_id <> all (array(select private.my_blocked()))
    and s.guest_id is null and s.cancelled_at is null and s.ended_at is null and s.partner = 'person' and s.starts_at + s.duration > clock_timestamp()
$$;
