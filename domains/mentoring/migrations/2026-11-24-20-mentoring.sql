-- A mentee finds a mentor, books an hour, has it, and both say how it was. Who they are to each other comes first.
create schema mentoring;
grant usage on schema mentoring to anon, authenticated, service_role;

-- Administrators are rows of identity.admins: no value of this enum, and no table of mentoring's own.
create type mentoring.app_role as enum ('mentor', 'mentee');
create type mentoring.calendar_provider as enum ('google', 'microsoft');
create type mentoring.booking_status as enum ('pending', 'confirmed', 'cancelled', 'completed', 'declined');
create type mentoring.xp_event as enum
  ('signup', 'complete_profile', 'first_session', 'session_completed', 'review_given', 'review_received', 'streak_day');
revoke all on type mentoring.app_role from public;
revoke all on type mentoring.calendar_provider from public;
revoke all on type mentoring.booking_status from public;
revoke all on type mentoring.xp_event from public;

-- What can be switched off here without a new version. Pages ask before they show a thing; no rule rests on a flag alone.
create table mentoring.feature_flags (
  name       text primary key,
  is_on      boolean not null default false,
  says       text not null,
  updated_at timestamptz not null default now(),
  constraint flag_is_a_word check (name ~ '^[a-z][a-z_]{1,59}$'),
  constraint says_is_short check (length(says) between 1 and 300)
);
alter table mentoring.feature_flags enable row level security;
revoke all on mentoring.feature_flags from anon, authenticated, service_role;
create trigger touch_feature_flags before update on mentoring.feature_flags for each row execute function private.touch_updated_at();
create policy "people see what is switched on" on mentoring.feature_flags for select to authenticated using (true);
create policy "the server sees what is switched on" on mentoring.feature_flags for select to service_role using (true);
grant select on mentoring.feature_flags to authenticated, service_role;
insert into mentoring.feature_flags (name, is_on, says) values
  ('payments', false, 'Bookings are paid for here.'),
  ('calendars', false, 'Mentors may connect the calendars they keep elsewhere.'),
  ('leaderboards', true, 'Those who chose to be there see each other''s points.'),
  ('awards', true, 'Administrators give awards for a week or a month.');

-- How a person appears here. Two keys came with the seed; user_id is the one that others refer to, because a person has one.
-- Public pages and leaderboards are opt-in: both are off until their owner says otherwise.
create table mentoring.profiles (
  id                   uuid not null default gen_random_uuid(),
  user_id              uuid primary key references auth.users,
  email                text not null,              -- the account's, which it follows; for the server's mails, nobody else reads it
  full_name            text not null default '',
  avatar_url           text,
  role                 mentoring.app_role not null,  -- the side they came for. What makes a mentor is an active mentor profile
  onboarding_completed boolean not null default false,
  is_public            boolean not null default false,  -- strangers may see this page
  on_leaderboards      boolean not null default false,  -- name and points may be seen there
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  constraint profiles_id_key unique (id),
  constraint email_is_lower_case check (email = lower(email)),
  constraint name_is_short check (length(full_name) <= 120),
  constraint avatar_is_a_link check (avatar_url ~ '^(https://|/)' and length(avatar_url) <= 500)
);
alter table mentoring.profiles enable row level security;
revoke all on mentoring.profiles from anon, authenticated, service_role;
create trigger touch_profiles before update on mentoring.profiles for each row execute function private.touch_updated_at();

-- What a mentor offers: themselves, their price, and how their time may be booked. The zone here rules for their hours; the
-- account's zone is for quiet hours and for nothing else, since two zones would be one too many.
create table mentoring.mentor_profiles (
  user_id          uuid primary key default auth.uid() references mentoring.profiles,
  bio              text not null default '',
  expertise_areas  text[] not null default '{}',
  skills           text[] not null default '{}',
  hourly_rate      numeric(8, 2) not null default 0,
  currency         text not null default 'GBP',
  timezone         text not null,
  languages        text[] not null default '{}',
  certifications   text[] not null default '{}',   -- in their own words: no claim of ours
  years_experience smallint,
  is_active        boolean not null default false, -- listed, and to be booked
  availability     jsonb,                          -- a summary of the rules, which are the truth: written by their trigger alone
  lengths          smallint[] not null default '{30,60}',    -- minutes that may be booked at once
  start_every      smallint not null default 30,   -- minutes, counted from midnight on the mentor's own clock
  notice_minutes   integer not null default 720,   -- booked no later than this before the hour
  horizon_days     smallint not null default 60,   -- and no further ahead than this
  buffer_before    smallint not null default 0,    -- minutes kept free ahead of a booking, and behind it
  buffer_after     smallint not null default 0,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  constraint mentor_has_one_zone unique (user_id, timezone),   -- for the rules, whose zone is this one
  constraint bio_is_short check (length(bio) <= 4000),
  constraint words_are_short check (
    cardinality(expertise_areas) <= 30 and length(expertise_areas::text) <= 2000 and cardinality(skills) <= 30 and length(skills::text) <= 2000
    and cardinality(languages) <= 30 and length(languages::text) <= 2000
    and cardinality(certifications) <= 30 and length(certifications::text) <= 4000),
  constraint rate_is_not_negative check (hourly_rate >= 0),
  -- A booking's price is in cents, so a currency of whole units or of thousandths cannot be told from one of hundredths.
  constraint currency_has_cents check (currency ~ '^[A-Z]{3}$' and currency not in ('BHD', 'BIF', 'CLP', 'DJF', 'GNF', 'IQD', 'ISK', 'JOD',
    'JPY', 'KMF', 'KRW', 'KWD', 'LYD', 'OMR', 'PYG', 'RWF', 'TND', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF')),
  constraint experience_is_a_working_life check (years_experience between 0 and 70),
  constraint availability_is_by_weekday check (jsonb_typeof(availability) = 'object'
    and not jsonb_path_exists(availability, '$.keyvalue() ? (!(@.key like_regex "^[1-7]$") || @.value.type() != "array")')),
  constraint lengths_are_sensible check (cardinality(lengths) between 1 and 8 and array_position(lengths, null) is null
    and 10 <= all (lengths) and 240 >= all (lengths)),
  constraint start_every_divides_the_hour check (start_every in (5, 10, 15, 20, 30, 60)),
  constraint notice_is_four_weeks_at_most check (notice_minutes between 0 and 40320),
  constraint horizon_is_half_a_year_at_most check (horizon_days between 1 and 183),
  constraint buffers_are_two_hours_at_most check (buffer_before between 0 and 120 and buffer_after between 0 and 120)
);
alter table mentoring.mentor_profiles enable row level security;
revoke all on mentoring.mentor_profiles from anon, authenticated, service_role;
create index mentor_profiles_zone_idx on mentoring.mentor_profiles (timezone);   -- for private.mentors_free_at
create trigger touch_mentor_profiles before update on mentoring.mentor_profiles for each row execute function private.touch_updated_at();

-- The zones that people here live in: names of the IANA list. PostgreSQL itself would take 'XYZ+7:13' too, and read an hour out of
-- it that nobody meant. Each is looked up once (the list is read from disk), and who is free then is asked zone by zone.
create table mentoring.zones (name text primary key);
alter table mentoring.zones enable row level security;
revoke all on mentoring.zones from anon, authenticated, service_role;

create function private.zone_is_known() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.timezone is null or exists (select from mentoring.zones z where z.name = new.timezone) then return new; end if;
  if not (new.timezone = 'UTC' or new.timezone ~ '^[A-Z][A-Za-z0-9_+-]*/'
    and exists (select from pg_catalog.pg_timezone_names z where z.name = new.timezone)) then
    perform private.refuse('zone_is_unknown');
  end if;
  insert into mentoring.zones (name) values (new.timezone) on conflict do nothing;
  return new;
end $$;
revoke all on function private.zone_is_known() from public;
create trigger mentor_zone_is_known before insert or update of timezone on mentoring.mentor_profiles for each row
  execute function private.zone_is_known();

-- What a mentee tells their mentors, and nobody else.
create table mentoring.mentee_profiles (
  user_id                     uuid primary key default auth.uid() references mentoring.profiles,
  bio                         text not null default '',
  goals                       text[] not null default '{}',
  interests                   text[] not null default '{}',
  current_level               text,
  budget_range                text,
  learning_style              text,
  preferred_meeting_frequency text,
  timezone                    text,
  created_at                  timestamptz not null default now(),
  updated_at                  timestamptz not null default now(),
  constraint bio_is_short check (length(bio) <= 4000),
  constraint words_are_short check (cardinality(goals) <= 30 and length(goals::text) <= 4000 and cardinality(interests) <= 30 and length(interests::text) <= 2000
    and length(current_level) <= 100 and length(budget_range) <= 100 and length(learning_style) <= 300 and length(preferred_meeting_frequency) <= 100)
);
alter table mentoring.mentee_profiles enable row level security;
revoke all on mentoring.mentee_profiles from anon, authenticated, service_role;
create trigger touch_mentee_profiles before update on mentoring.mentee_profiles for each row execute function private.touch_updated_at();
create trigger mentee_zone_is_known before insert or update of timezone on mentoring.mentee_profiles for each row
  execute function private.zone_is_known();

-- One account, five faces: this one is filled from the account when somebody first comes here. A function, because nobody
-- writes an address of their own choosing.
create function private.join_mentoring(role mentoring.app_role) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if (select auth.uid()) is null then perform private.refuse('not_signed_in'); end if;
  insert into mentoring.profiles (user_id, email, full_name, role)
  select u.id, lower(coalesce(u.email, '')), left(private.name_in(u.raw_user_meta_data), 120), join_mentoring.role
  from auth.users u where u.id = (select auth.uid()) and u.deleted_at is null
  on conflict (user_id) do nothing;
end $$;
revoke all on function private.join_mentoring(mentoring.app_role) from public;
grant execute on function private.join_mentoring(mentoring.app_role) to authenticated;

-- The copy of the address follows the account (platform/identity: account_followers).
create function private.mentoring_follows_account(person uuid, email text) returns void
language sql volatile security definer set search_path = '' as $$
  update mentoring.profiles p set email = lower(coalesce(mentoring_follows_account.email, '')) where p.user_id = mentoring_follows_account.person
$$;
revoke all on function private.mentoring_follows_account(uuid, text) from public;
insert into identity.account_followers (function) values ('mentoring_follows_account');
