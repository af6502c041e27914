-- The hours a mentor offers: rules for every week, exceptions for single dates. Both are minutes of a day on the mentor's own
-- clock, 0 to 1440, half-open; what goes on past midnight is two rows.
create table mentoring.mentor_availability_rules (
  id             uuid primary key default gen_random_uuid(),
  mentor_user_id uuid not null default auth.uid(),
  weekday        smallint not null,                -- 1 is Monday and 7 is Sunday, as ISO and Temporal count
  start_minute   smallint not null,
  end_minute     smallint not null,
  timezone       text not null,
  is_active      boolean not null default true,
  -- The zone is the mentor profile's and follows it: another one cannot be written down.
  constraint rule_is_in_the_mentors_zone foreign key (mentor_user_id, timezone)
    references mentoring.mentor_profiles (user_id, timezone) on update cascade,
  constraint weekday_is_one_of_seven check (weekday between 1 and 7),
  constraint hours_are_of_one_day check (start_minute >= 0 and end_minute <= 1440 and start_minute < end_minute),
  -- Two rules for one minute say nothing more than one, and would make a mentor come twice where hours are searched.
  constraint hours_do_not_overlap exclude using gist (mentor_user_id with =, weekday with =, int4range(start_minute, end_minute) with &&) where (is_active)
);
alter table mentoring.mentor_availability_rules enable row level security;
revoke all on mentoring.mentor_availability_rules from anon, authenticated, service_role;
create index mentor_availability_rules_mentor_idx on mentoring.mentor_availability_rules (mentor_user_id, timezone);
create index mentor_availability_rules_when_idx on mentoring.mentor_availability_rules (timezone, weekday, start_minute, end_minute, mentor_user_id)
  where is_active;   -- for private.mentors_free_at
create policy "mentors see their hours" on mentoring.mentor_availability_rules for select to authenticated using (mentor_user_id = (select auth.uid()));
create policy "mentors offer hours" on mentoring.mentor_availability_rules for insert to authenticated with check (mentor_user_id = (select auth.uid()));
create policy "mentors change their hours" on mentoring.mentor_availability_rules for update to authenticated
  using (mentor_user_id = (select auth.uid())) with check (mentor_user_id = (select auth.uid()));
create policy "mentors take hours back" on mentoring.mentor_availability_rules for delete to authenticated using (mentor_user_id = (select auth.uid()));
create policy "the server sees hours" on mentoring.mentor_availability_rules for select to service_role using (true);
grant select, delete, insert (weekday, start_minute, end_minute, is_active), update (weekday, start_minute, end_minute, is_active)
  on mentoring.mentor_availability_rules to authenticated;
grant select on mentoring.mentor_availability_rules to service_role;

-- One date that differs: shut, or open. What a date opens is open, whatever else it shuts: "on the fifth only from two to
-- four" is a day that is shut and two hours that are open.
create table mentoring.mentor_availability_exceptions (
  id             uuid primary key default gen_random_uuid(),
  mentor_user_id uuid not null default auth.uid() references mentoring.mentor_profiles,
  date           date not null,
  start_minute   smallint not null default 0,
  end_minute     smallint not null default 1440,
  is_available   boolean not null default false,
  notes          text not null default '',         -- their own, for nobody else
  constraint hours_are_of_one_day check (start_minute >= 0 and end_minute <= 1440 and start_minute < end_minute),
  constraint date_is_of_our_time check (date between '2020-01-01' and '2100-01-01'),
  constraint notes_are_short check (length(notes) <= 500)
);
alter table mentoring.mentor_availability_exceptions enable row level security;
revoke all on mentoring.mentor_availability_exceptions from anon, authenticated, service_role;
create index mentor_availability_exceptions_mentor_idx on mentoring.mentor_availability_exceptions (mentor_user_id, date);
create index mentor_availability_exceptions_open_idx on mentoring.mentor_availability_exceptions (date, mentor_user_id)
  where is_available;   -- for private.mentors_free_at
create policy "mentors see their exceptions" on mentoring.mentor_availability_exceptions for select to authenticated
  using (mentor_user_id = (select auth.uid()));
create policy "mentors make exceptions" on mentoring.mentor_availability_exceptions for insert to authenticated
  with check (mentor_user_id = (select auth.uid()));
create policy "mentors change their exceptions" on mentoring.mentor_availability_exceptions for update to authenticated
  using (mentor_user_id = (select auth.uid())) with check (mentor_user_id = (select auth.uid()));
create policy "mentors take exceptions back" on mentoring.mentor_availability_exceptions for delete to authenticated
  using (mentor_user_id = (select auth.uid()));
create policy "the server sees exceptions" on mentoring.mentor_availability_exceptions for select to service_role using (true);
grant select, delete, insert (date, start_minute, end_minute, is_available, notes), update (date, start_minute, end_minute, is_available, notes)
  on mentoring.mentor_availability_exceptions to authenticated;
grant select on mentoring.mentor_availability_exceptions to service_role;

-- A rule says no zone: it has its mentor's. Without a mentor's profile there is none, and so no rule.
create function private.rule_takes_its_zone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  select m.timezone into new.timezone from mentoring.mentor_profiles m where m.user_id = new.mentor_user_id;
  if not found then perform private.refuse('not_a_mentor'); end if;
  return new;
end $$;
revoke all on function private.rule_takes_its_zone() from public;
create trigger rule_takes_its_zone before insert on mentoring.mentor_availability_rules for each row execute function private.rule_takes_its_zone();

-- The summary in the profile follows the rules. The mentor's row is locked by it, so that the count is right, too: everybody
-- who looks for an hour reads all the rules of a mentor, and fifty a week are more than anybody's.
create function private.summarise_hours() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  mentor uuid := case when tg_op = 'DELETE' then old.mentor_user_id else new.mentor_user_id end;
begin
  perform from mentoring.mentor_profiles m where m.user_id = mentor for no key update;
  if tg_op = 'INSERT' and (select count(*) from mentoring.mentor_availability_rules r where r.mentor_user_id = mentor) > 50 then
    perform private.refuse('too_many_rules');
  end if;
  update mentoring.mentor_profiles m set availability = (
    select jsonb_object_agg(days.weekday::text, days.hours) from (
      select r.weekday, jsonb_agg(jsonb_build_array(r.start_minute, r.end_minute) order by r.start_minute, r.end_minute) as hours
      from mentoring.mentor_availability_rules r where r.mentor_user_id = mentor and r.is_active group by r.weekday) days)
  where m.user_id = mentor;
  return null;
end $$;
revoke all on function private.summarise_hours() from public;
create trigger summarise_hours after insert or delete or update of weekday, start_minute, end_minute, is_active
  on mentoring.mentor_availability_rules for each row execute function private.summarise_hours();

create function private.exceptions_are_few() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from mentoring.mentor_profiles m where m.user_id = new.mentor_user_id for no key update;
  if (select count(*) from mentoring.mentor_availability_exceptions e where e.mentor_user_id = new.mentor_user_id and e.date >= current_date) > 400 then
    perform private.refuse('too_many_exceptions');
  end if;
  return null;
end $$;
revoke all on function private.exceptions_are_few() from public;
create trigger exceptions_are_few after insert or update of date on mentoring.mentor_availability_exceptions for each row
  execute function private.exceptions_are_few();

-- The one place in SQL where wall time becomes an instant, as Temporal does it in TypeScript ('compatible'):
-- an hour that comes twice means its first time; an hour that is left out means as much later, by the clock as it was before.
-- PostgreSQL reads the left-out hour so by itself, but of two takes the later one. The other reading is with the offset of
-- three hours before: no clock has been turned back by more, and none is turned twice in that time. Many at once, because
-- each call costs more than what it does.
create function private.instants_of(walls timestamp[], zone text) returns timestamptz[]
language sql immutable parallel safe set search_path = '' as $$
  select array_agg(case when earlier = later or earlier at time zone zone <> wall then later else earlier end order by nth)
  from unnest(walls) with ordinality as w (wall, nth)
    cross join lateral (select wall at time zone zone as later) l
    cross join lateral (select wall - ((later - interval '3 hours') at time zone zone) + (later - interval '3 hours') as earlier) e
$$;
revoke all on function private.instants_of(timestamp[], text) from public;

create function private.instant_of(date date, minute integer, zone text) returns timestamptz
language sql immutable parallel safe set search_path = '' as $$
  select (private.instants_of(array[instant_of.date + make_interval(mins => instant_of.minute)], instant_of.zone))[1]
$$;
revoke all on function private.instant_of(date, integer, text) from public;
