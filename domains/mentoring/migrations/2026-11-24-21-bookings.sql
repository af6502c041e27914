-- A booking is one mentor's time for one mentee. The hour itself is claimed in scheduling, where one exclusion over persons
-- refuses overlaps across all domains: there is no second one here. The meeting has the booking's own id.
--
-- Mentees may not insert and participants may not update, though the seed lets them: a row could be written with any price and
-- state. Each step is a function. The five statuses stay; what they have no word for (a hold, an expiry, a no-show) is a row.
create table mentoring.bookings (
  id               uuid primary key default gen_random_uuid() references scheduling.meetings,
  mentor_user_id   uuid not null references auth.users,
  mentee_user_id   uuid not null references auth.users,
  start_time       timestamptz not null,
  end_time         timestamptz not null,
  duration_minutes integer generated always as ((extract(epoch from end_time - start_time) / 60)::integer) stored,
  price_cents      integer not null,               -- of the mentor's profile when it was booked: nobody names their own price
  currency         text not null,
  status           mentoring.booking_status not null default 'pending',
  meeting_provider text not null default 'jitsi',  -- the seed's; our functions always write the provider
  meeting_room     text,
  meeting_url      text,
  notes            text not null default '',       -- the mentee's, for the mentor
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  constraint nobody_mentors_themselves check (mentor_user_id <> mentee_user_id),
  constraint booking_takes_its_time check (end_time >= start_time + interval '10 minutes' and end_time <= start_time + interval '4 hours'),
  constraint price_is_not_negative check (price_cents >= 0),
  constraint currency_is_named check (currency ~ '^[A-Z]{3}$'),
  constraint booking_has_one_price unique (id, price_cents, currency),   -- what its payments refer to
  constraint notes_are_short check (length(notes) <= 2000),
  constraint meeting_is_named check (meeting_provider in ('builtin', 'jitsi', 'daily', 'livekit') and length(meeting_room) <= 200 and length(meeting_url) <= 500)
);
alter table mentoring.bookings enable row level security;
revoke all on mentoring.bookings from anon, authenticated, service_role;
create index bookings_mentor_idx on mentoring.bookings (mentor_user_id, start_time);
create index bookings_mentee_idx on mentoring.bookings (mentee_user_id, start_time);
create index bookings_unanswered_idx on mentoring.bookings (start_time) where status = 'pending';   -- for the job that lets them expire
create trigger touch_bookings before update on mentoring.bookings for each row execute function private.touch_updated_at();

create policy "both people see their booking" on mentoring.bookings for select to authenticated
  using ((select auth.uid()) in (mentor_user_id, mentee_user_id));
create policy "the server sees bookings" on mentoring.bookings for select to service_role using (true);
grant select on mentoring.bookings to authenticated, service_role;

-- The states, held where no function can forget them. Two may press at once: what is done is done, and nothing is done twice.
create function private.booking_steps_forward() returns trigger language plpgsql set search_path = '' as $$
declare
  live constant mentoring.booking_status[] := '{pending,confirmed}';
begin
  if (new.id, new.mentor_user_id, new.mentee_user_id, new.price_cents, new.currency, new.created_at)
    is distinct from (old.id, old.mentor_user_id, old.mentee_user_id, old.price_cents, old.currency, old.created_at) then
    perform private.refuse('booking_cannot_do_that');
  end if;
  if new.status <> old.status and (old.status, new.status) not in (('pending', 'confirmed'), ('pending', 'declined'), ('pending', 'cancelled'),
    ('confirmed', 'cancelled'), ('confirmed', 'completed')) then
    perform private.refuse('booking_cannot_do_that');
  end if;
  if (new.start_time, new.end_time) is distinct from (old.start_time, old.end_time) and not (old.status = any (live) and new.status = old.status) then
    perform private.refuse('booking_cannot_do_that');
  end if;
  return new;
end $$;
revoke all on function private.booking_steps_forward() from public;
create trigger booking_steps_forward before update on mentoring.bookings for each row execute function private.booking_steps_forward();

-- Each step, by whom and why. Here an expiry and a no-show are rows: they explain a step, they are not a state.
create table mentoring.booking_steps (
  id            bigint generated always as identity primary key,
  booking_id    uuid not null references mentoring.bookings,
  step          text not null,
  by_user_id    uuid references auth.users,        -- null: the server
  about_user_id uuid references auth.users,        -- of a no-show: who did not come
  reason        text not null default '',          -- in the words of whoever did it, for the other side
  at            timestamptz not null default clock_timestamp(),
  constraint step_is_known check (step in ('booked', 'confirmed', 'declined', 'rescheduled', 'cancelled', 'expired', 'completed', 'no_show')),
  constraint no_show_is_about_somebody check ((step = 'no_show') = (about_user_id is not null)),
  constraint reason_is_short check (length(reason) <= 500)
);
alter table mentoring.booking_steps enable row level security;
revoke all on mentoring.booking_steps from anon, authenticated, service_role;
create index booking_steps_booking_idx on mentoring.booking_steps (booking_id, id);
create index booking_steps_by_idx on mentoring.booking_steps (by_user_id);
create index booking_steps_about_idx on mentoring.booking_steps (about_user_id);
create unique index no_show_once on mentoring.booking_steps (booking_id, about_user_id) where step = 'no_show';
-- Once only: a booking is rescheduled as often as they agree, and all else happens to it once.
create unique index step_once on mentoring.booking_steps (booking_id, step) where step not in ('rescheduled', 'no_show');

-- A slot kept for a mentee for a few minutes, while they fill in the form or pay. Its meeting has its id; made into a booking,
-- that id and the claim are the booking's. One a person: who holds another hour lets go of the first.
create table mentoring.holds (
  id             uuid primary key references scheduling.meetings,
  mentor_user_id uuid not null references auth.users,
  mentee_user_id uuid not null references auth.users,
  start_time     timestamptz not null,
  end_time       timestamptz not null,
  held_until     timestamptz not null,
  constraint one_hold_each unique (mentee_user_id),
  constraint nobody_mentors_themselves check (mentor_user_id <> mentee_user_id),
  constraint hold_has_a_length check (end_time > start_time)
);
alter table mentoring.holds enable row level security;
revoke all on mentoring.holds from anon, authenticated, service_role;
create index holds_mentor_idx on mentoring.holds (mentor_user_id);
create index holds_held_until_idx on mentoring.holds (held_until);   -- for the sweep
create policy "people see what they hold" on mentoring.holds for select to authenticated using (mentee_user_id = (select auth.uid()));
create policy "the server sees holds" on mentoring.holds for select to service_role using (true);
grant select on mentoring.holds to authenticated, service_role;

-- Asked once a query, for the policies of what belongs to a booking.
create function private.my_bookings() returns setof uuid language sql stable security definer set search_path = '' as $$
  select b.id from mentoring.bookings b where b.mentor_user_id = (select auth.uid())
  union all
  select b.id from mentoring.bookings b where b.mentee_user_id = (select auth.uid())
$$;
revoke all on function private.my_bookings() from public;
grant execute on function private.my_bookings() to authenticated;

-- Bookings in which the two still speak: not once one has blocked the other.
create function private.my_open_bookings() returns setof uuid language sql stable security definer set search_path = '' as $$
  select b.id from mentoring.bookings b where b.mentor_user_id = (select auth.uid()) and b.mentee_user_id <> all (array(select private.my_blocked()))
  union all
  select b.id from mentoring.bookings b where b.mentee_user_id = (select auth.uid()) and b.mentor_user_id <> all (array(select private.my_blocked()))
$$;
revoke all on function private.my_open_bookings() from public;
grant execute on function private.my_open_bookings() to authenticated;

-- Those whom I mentor, and those who mentor me, now or once.
create function private.my_mentees() returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct b.mentee_user_id from mentoring.bookings b where b.mentor_user_id = (select auth.uid())
$$;
revoke all on function private.my_mentees() from public;
grant execute on function private.my_mentees() to authenticated;

create function private.my_mentors() returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct b.mentor_user_id from mentoring.bookings b where b.mentee_user_id = (select auth.uid())
$$;
revoke all on function private.my_mentors() from public;
grant execute on function private.my_mentors() to authenticated;

create policy "both people see its steps" on mentoring.booking_steps for select to authenticated
  using (booking_id = any (array(select private.my_bookings())));
create policy "the server sees steps" on mentoring.booking_steps for select to service_role using (true);
grant select on mentoring.booking_steps to authenticated, service_role;

-- Said about one booking, between its two people.
create table mentoring.session_messages (
  id             bigint generated always as identity primary key,
  booking_id     uuid not null references mentoring.bookings,
  sender_user_id uuid not null default auth.uid() references auth.users,
  message        text not null,
  created_at     timestamptz not null default now(),
  constraint message_has_words check (length(message) between 1 and 4000)
);
alter table mentoring.session_messages enable row level security;
revoke all on mentoring.session_messages from anon, authenticated, service_role;
create index session_messages_booking_idx on mentoring.session_messages (booking_id, id);
create index session_messages_sender_idx on mentoring.session_messages (sender_user_id);
-- Whoever blocks the other loses their words from sight, and is written to no more.
create policy "both people read what was said" on mentoring.session_messages for select to authenticated
  using (booking_id = any (array(select private.my_bookings())) and sender_user_id <> all (array(select private.my_blocked())));
create policy "both people say something" on mentoring.session_messages for insert to authenticated
  with check (sender_user_id = (select auth.uid()) and booking_id = any (array(select private.my_open_bookings())));
create policy "the server reads what was said" on mentoring.session_messages for select to service_role using (true);
grant select, insert (booking_id, message) on mentoring.session_messages to authenticated;
grant select on mentoring.session_messages to service_role;

-- Who is seen by whom. Strangers see those who chose it; people see mentors who are listed, and the other side of their own bookings.
create policy "strangers see who chose to be public" on mentoring.profiles for select to anon using (is_public or on_leaderboards);
create policy "people see themselves, mentors and who chose it" on mentoring.profiles for select to authenticated
  using (user_id = (select auth.uid()) or user_id <> all (array(select private.my_blocked())) and (is_public or on_leaderboards
    or exists (select from mentoring.mentor_profiles m where m.user_id = profiles.user_id)
    or user_id = any (array(select private.my_mentees()))));
create policy "people change their own page" on mentoring.profiles for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees profiles" on mentoring.profiles for select to service_role using (true);
-- The two choices too: strangers' policy on mentor_profiles and the leaderboards look at them.
grant select (user_id, full_name, avatar_url, role, is_public, on_leaderboards) on mentoring.profiles to anon;
grant select (id, user_id, full_name, avatar_url, role, onboarding_completed, is_public, on_leaderboards, created_at, updated_at),
  update (full_name, avatar_url, role, onboarding_completed, is_public, on_leaderboards) on mentoring.profiles to authenticated;
grant select on mentoring.profiles to service_role;

create policy "strangers see listed mentors who chose it" on mentoring.mentor_profiles for select to anon
  using (is_active and exists (select from mentoring.profiles p where p.user_id = mentor_profiles.user_id and p.is_public));
create policy "people see mentors who are listed, and theirs" on mentoring.mentor_profiles for select to authenticated
  using (user_id = (select auth.uid()) or user_id <> all (array(select private.my_blocked()))
    and (is_active or user_id = any (array(select private.my_mentors()))));
create policy "people become mentors" on mentoring.mentor_profiles for insert to authenticated with check (user_id = (select auth.uid()));
create policy "mentors change their own page" on mentoring.mentor_profiles for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees mentors" on mentoring.mentor_profiles for select to service_role using (true);
grant select (user_id, bio, expertise_areas, skills, hourly_rate, currency, timezone, languages, certifications, years_experience, is_active, lengths)
  on mentoring.mentor_profiles to anon;
grant select,
  insert (bio, expertise_areas, skills, hourly_rate, currency, timezone, languages, certifications, years_experience, is_active, lengths, start_every,
    notice_minutes, horizon_days, buffer_before, buffer_after),
  update (bio, expertise_areas, skills, hourly_rate, currency, timezone, languages, certifications, years_experience, is_active, lengths, start_every,
    notice_minutes, horizon_days, buffer_before, buffer_after) on mentoring.mentor_profiles to authenticated;
grant select on mentoring.mentor_profiles to service_role;

create policy "people see their own, mentors their mentees'" on mentoring.mentee_profiles for select to authenticated
  using (user_id = (select auth.uid())
    or user_id = any (array(select private.my_mentees())) and user_id <> all (array(select private.my_blocked())));
create policy "people say what they look for" on mentoring.mentee_profiles for insert to authenticated with check (user_id = (select auth.uid()));
create policy "mentees change their own page" on mentoring.mentee_profiles for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server sees mentees" on mentoring.mentee_profiles for select to service_role using (true);
grant select,
  insert (bio, goals, interests, current_level, budget_range, learning_style, preferred_meeting_frequency, timezone),
  update (bio, goals, interests, current_level, budget_range, learning_style, preferred_meeting_frequency, timezone) on mentoring.mentee_profiles to authenticated;
grant select on mentoring.mentee_profiles to service_role;
