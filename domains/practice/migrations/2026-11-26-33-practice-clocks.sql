-- Two who agreed on an hour agreed on it by two clocks. Whoever sits across learns the other's zone, as they said it in their account,
-- while the session is to come or under way: of a session that is off, over, or with somebody they are kept from, nothing.
create function private.other_zones(sessions uuid[]) returns table (session_id uuid, zone text)
language sql stable security definer set search_path = '' as $$
  select s.id, a.zone
  from practice.practice_sessions s
    join identity.accounts a on a.user_id = case when s.host_id = (select auth.uid()) then s.guest_id else s.host_id end
  where s.id = any (other_zones.sessions) and (select auth.uid()) in (s.host_id, s.guest_id) and s.guest_id is not null
    and s.cancelled_at is null and s.ended_at is null and a.zone is not null
    and a.user_id <> all (array(select private.my_blocked()))
$$;
revoke all on function private.other_zones(uuid[]) from public;
grant execute on function private.other_zones(uuid[]) to authenticated;
