-- What may have to be said now: begins within a day after its lead, and was not said. Whether it is to be said, and whether quiet
-- hours put it forward, is reckoned where wall time becomes an instant (reminders.ts).
create function private.coming_reminders()
returns table (meeting_id uuid, person_id uuid, kind text, starts_at timestamptz, since timestamptz, lead integer,
  quiet_from time, quiet_until time, zone text)
language sql stable security definer set search_path = '' as $$
  select c.meeting_id, c.person_id, m.kind, lower(c.during), c.since, l.lead, n.quiet_from, n.quiet_until, a.zone
  from scheduling.commitments c join scheduling.meetings m on m.id = c.meeting_id
    left join scheduling.choices h on h.person_id = c.person_id
    left join notices.choices n on n.person_id = c.person_id
    left join identity.accounts a on a.user_id = c.person_id
    cross join lateral (values (10, coalesce(h.ten_minutes, true)), (60, coalesce(h.hour_before, true)), (1440, coalesce(h.day_before, true)))
      as l (lead, wanted)
  where c.held_until is null and lower(c.during) > now() and lower(c.during) < now() + interval '48 hours' and l.wanted
    and lower(c.during) - make_interval(mins => l.lead)
      between now() - interval '1 hour' and now() + case when n.quiet_from is null or l.lead = 10 then interval '0' else interval '24 hours' end
    and not exists (select from scheduling.reminded r
      where r.meeting_id = c.meeting_id and r.person_id = c.person_id and r.lead = l.lead and r.starts_at = lower(c.during))
  order by lower(c.during), c.meeting_id, c.person_id, l.lead
$$;
revoke all on function private.coming_reminders() from public;
grant execute on function private.coming_reminders() to service_role;
