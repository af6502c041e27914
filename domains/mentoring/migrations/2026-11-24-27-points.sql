-- Points for what people do here. One deed counts once; what was given is not rewritten, a mistake is put right by a row that
-- takes it back.
create table mentoring.xp_events (
  id         bigint generated always as identity primary key,
  user_id    uuid not null references auth.users,
  event      mentoring.xp_event not null,
  subject    text not null,                        -- the deed: a booking's id, a review's, a day
  points     smallint not null,
  reverses   bigint references mentoring.xp_events,
  created_at timestamptz not null default now(),
  constraint subject_is_short check (length(subject) between 1 and 100),
  constraint streak_day_is_a_day check (event <> 'streak_day' or subject ~ '^20\d\d-[01]\d-[0-3]\d$'),
  constraint points_are_sensible check (points between -1000 and 1000 and points <> 0),
  constraint only_a_reversal_takes check ((points < 0) = (reverses is not null)),
  constraint points_taken_back_once unique (reverses)
);
alter table mentoring.xp_events enable row level security;
revoke all on mentoring.xp_events from anon, authenticated, service_role;
create unique index points_given_once on mentoring.xp_events (user_id, event, subject) where reverses is null;
create index xp_events_user_idx on mentoring.xp_events (user_id, created_at);
create index xp_events_week_idx on mentoring.xp_events (created_at, user_id);   -- for leaderboard_week
-- Rows go with their person, and not otherwise.
create trigger xp_events_stay before update or truncate on mentoring.xp_events for each statement execute function private.audit_stays();
create policy "people see their own points" on mentoring.xp_events for select to authenticated using (user_id = (select auth.uid()));
create policy "the server sees points" on mentoring.xp_events for select to service_role using (true);
create policy "the server gives points" on mentoring.xp_events for insert to service_role with check (true);
grant select on mentoring.xp_events to authenticated, service_role;
grant insert (user_id, event, subject, points, reverses) on mentoring.xp_events to service_role;

-- What they add up to. Kept beside them because everybody's page and the leaderboard ask for it; only the trigger below writes points.
create table mentoring.user_stats (
  user_id            uuid primary key references auth.users,
  points             integer not null default 0,
  streak_days        integer not null default 0,
  longest_streak     integer not null default 0,
  sessions_completed integer not null default 0,
  last_active_on     date,
  updated_at         timestamptz not null default now(),
  constraint counts_are_not_negative check (points >= 0 and streak_days >= 0 and sessions_completed >= 0),
  constraint longest_is_longest check (longest_streak >= streak_days)
);
alter table mentoring.user_stats enable row level security;
revoke all on mentoring.user_stats from anon, authenticated, service_role;
create index user_stats_points_idx on mentoring.user_stats (points desc, user_id);
create trigger touch_user_stats before update on mentoring.user_stats for each row execute function private.touch_updated_at();
create policy "strangers see the stats of who chose it" on mentoring.user_stats for select to anon
  using (exists (select from mentoring.profiles p where p.user_id = user_stats.user_id and (p.is_public or p.on_leaderboards)));
create policy "people see their own stats, and of who chose it" on mentoring.user_stats for select to authenticated
  using (user_id = (select auth.uid())
    or exists (select from mentoring.profiles p where p.user_id = user_stats.user_id and (p.is_public or p.on_leaderboards)));
create policy "the server sees stats" on mentoring.user_stats for select to service_role using (true);
grant select (user_id, points, streak_days, longest_streak, sessions_completed) on mentoring.user_stats to anon;
grant select on mentoring.user_stats to authenticated, service_role;

-- The sum, and with it what some deeds are besides points: a session more, a day in a row. A reversal takes back exactly what
-- was given, to whom it was given; a day in a row it leaves, for the days after it were counted on it.
create function private.points_add_up() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  day date;
begin
  if new.reverses is not null and not exists (select from mentoring.xp_events x where x.id = new.reverses and x.user_id = new.user_id
    and x.event = new.event and x.subject = new.subject and x.points = - new.points and x.reverses is null) then
    perform private.refuse('reversal_takes_what_was_given');
  end if;
  -- In two, because a row proposed with less than nothing would be refused before it met the one that is there.
  insert into mentoring.user_stats (user_id) values (new.user_id) on conflict (user_id) do nothing;
  update mentoring.user_stats s set points = s.points + new.points where s.user_id = new.user_id;
  if new.event in ('first_session', 'session_completed') then
    update mentoring.user_stats s set sessions_completed = s.sessions_completed + sign(new.points)::integer where s.user_id = new.user_id;
  elsif new.reverses is null and new.event = 'streak_day' then
    day := new.subject::date;
    update mentoring.user_stats s set last_active_on = day, streak_days = n.streak, longest_streak = greatest(s.longest_streak, n.streak)
    from (select case when o.last_active_on = day - 1 then o.streak_days + 1 else 1 end as streak from mentoring.user_stats o where o.user_id = new.user_id) n
    where s.user_id = new.user_id and (s.last_active_on is null or s.last_active_on < day);
  end if;
  return null;
end $$;
revoke all on function private.points_add_up() from public;
create trigger points_add_up after insert on mentoring.xp_events for each row execute function private.points_add_up();

-- Lasting badges, and who has them.
create table mentoring.achievements (
  id       uuid primary key default gen_random_uuid(),
  code     text not null,
  name     text not null,
  says     text not null,
  constraint achievements_code_key unique (code),
  constraint code_is_a_word check (code ~ '^[a-z][a-z_]{1,59}$'),
  constraint words_are_short check (length(name) between 1 and 80 and length(says) between 1 and 300)
);
alter table mentoring.achievements enable row level security;
revoke all on mentoring.achievements from anon, authenticated, service_role;
create policy "strangers see what can be achieved" on mentoring.achievements for select to anon using (true);
create policy "people see what can be achieved" on mentoring.achievements for select to authenticated using (true);
create policy "the server sees what can be achieved" on mentoring.achievements for select to service_role using (true);
grant select on mentoring.achievements to anon, authenticated, service_role;
insert into mentoring.achievements (id, code, name, says) values
  ('ac41e7e0-0000-4000-8000-000000000001', 'first_session', 'First session', 'Had a first hour, on either side.'),
  ('ac41e7e0-0000-4000-8000-000000000002', 'ten_sessions', 'Ten sessions', 'Had ten hours, on either side.'),
  ('ac41e7e0-0000-4000-8000-000000000003', 'seven_days', 'A week in a row', 'Did something here on seven days running.'),
  ('ac41e7e0-0000-4000-8000-000000000004', 'first_review', 'Said how it was', 'Wrote a first review.');

create table mentoring.user_achievements (
  user_id        uuid not null references auth.users,
  achievement_id uuid not null references mentoring.achievements,
  earned_at      timestamptz not null default now(),
  primary key (user_id, achievement_id)
);
alter table mentoring.user_achievements enable row level security;
revoke all on mentoring.user_achievements from anon, authenticated, service_role;
create index user_achievements_achievement_idx on mentoring.user_achievements (achievement_id);
create policy "strangers see badges of public people" on mentoring.user_achievements for select to anon
  using (exists (select from mentoring.profiles p where p.user_id = user_achievements.user_id and p.is_public));
create policy "people see their own badges, and of who chose it" on mentoring.user_achievements for select to authenticated
  using (user_id = (select auth.uid()) or exists (select from mentoring.profiles p where p.user_id = user_achievements.user_id and p.is_public));
create policy "the server sees badges" on mentoring.user_achievements for select to service_role using (true);
create policy "the server gives badges" on mentoring.user_achievements for insert to service_role with check (true);
grant select on mentoring.user_achievements to anon, authenticated, service_role;
grant insert (user_id, achievement_id) on mentoring.user_achievements to service_role;

-- A week's points of those who are on leaderboards. Nobody may read what others did, only what it comes to; hence a definer function.
-- The week is that of UTC, the same for everybody.
create function private.points_this_week() returns table (user_id uuid, points integer)
language sql stable security definer set search_path = '' as $$
  select x.user_id, sum(x.points)::integer
  from mentoring.xp_events x join mentoring.profiles p on p.user_id = x.user_id and p.on_leaderboards
  where x.created_at >= date_trunc('week', now(), 'UTC')
    and (p.user_id = (select auth.uid()) or p.user_id <> all (array(select private.my_blocked())))
  group by x.user_id having sum(x.points) > 0
$$;
revoke all on function private.points_this_week() from public;
grant execute on function private.points_this_week() to anon, authenticated, service_role;

-- Those who chose to be there, and nobody else: not even oneself by accident.
create view mentoring.leaderboard with (security_invoker = true) as
  select p.user_id, p.full_name, p.avatar_url, p.role, s.points, s.streak_days
  from mentoring.user_stats s join mentoring.profiles p on p.user_id = s.user_id and p.on_leaderboards
  where s.points > 0;
create view mentoring.leaderboard_week with (security_invoker = true) as
  select p.user_id, p.full_name, p.avatar_url, p.role, w.points, coalesce(s.streak_days, 0) as streak_days
  from private.points_this_week() w join mentoring.profiles p on p.user_id = w.user_id and p.on_leaderboards
    left join mentoring.user_stats s on s.user_id = w.user_id;
revoke all on mentoring.leaderboard, mentoring.leaderboard_week from anon, authenticated, service_role;
grant select on mentoring.leaderboard, mentoring.leaderboard_week to anon, authenticated, service_role;

-- What an administrator did here, with the platform's entry beside it. The seed forbids admin_id to be null and sets it null: it is
-- nullable, and the label still says who it was when the id is gone, the same word for the same person and nobody's name.
create table mentoring.admin_actions (
  id         uuid primary key default gen_random_uuid(),
  admin_id   uuid references auth.users on delete set null,
  actor      text not null,
  action     text not null,
  subject_id uuid,
  meta       jsonb,
  created_at timestamptz not null default now(),
  constraint actor_is_a_label check (actor ~ '^(administrator [0-9a-f]{12}|server)$'),
  constraint action_is_part_and_what check (action ~ '^mentoring\.[a-z0-9-]+$'),
  constraint meta_holds_ids check (jsonb_typeof(meta) = 'object' and length(meta::text) <= 4000)
);
alter table mentoring.admin_actions enable row level security;
revoke all on mentoring.admin_actions from anon, authenticated, service_role;
create index admin_actions_admin_idx on mentoring.admin_actions (admin_id);
create index admin_actions_latest_idx on mentoring.admin_actions (created_at, id);
create trigger admin_actions_stay before update or delete or truncate on mentoring.admin_actions for each statement
  execute function private.audit_stays();
create policy "administrators see what was done" on mentoring.admin_actions for select to authenticated using ((select private.is_admin()));
create policy "the server sees what was done" on mentoring.admin_actions for select to service_role using (true);
grant select on mentoring.admin_actions to authenticated, service_role;

-- The first line of every act of an administrator in mentoring: whether they are one, the reason, the platform's entry, and ours.
create function private.administer_mentoring(action text, person uuid, subject uuid, reason text, meta jsonb default '{}') returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer(action, person, reason, meta);
  insert into mentoring.admin_actions (admin_id, actor, action, subject_id, meta)
  values (auth.uid(), 'administrator ' || left(encode(sha256(convert_to(auth.uid()::text, 'UTF8')), 'hex'), 12),
    administer_mentoring.action, administer_mentoring.subject, administer_mentoring.meta);
end $$;
revoke all on function private.administer_mentoring(text, uuid, uuid, text, jsonb) from public;

create function private.switch_mentoring(flag text, is_on boolean, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer_mentoring('mentoring.feature-switched', null, null, reason, jsonb_build_object('flag', flag, 'is_on', is_on));
  update mentoring.feature_flags f set is_on = switch_mentoring.is_on where f.name = switch_mentoring.flag;
  if not found then perform private.refuse('no_such_feature'); end if;
end $$;
revoke all on function private.switch_mentoring(text, boolean, text) from public;
grant execute on function private.switch_mentoring(text, boolean, text) to authenticated;

-- A recognition for one period, given once.
create table mentoring.awards (
  id             uuid primary key default gen_random_uuid(),
  mentor_user_id uuid not null references auth.users on delete cascade,
  type           text not null,
  period_start   date not null,
  period_end     date not null,                    -- the first day that is not in it
  meta           jsonb,
  created_at     timestamptz not null default now(),
  reverses       uuid references mentoring.awards,
  constraint type_is_known check (type in ('top_mentor_of_the_week', 'top_mentor_of_the_month', 'most_thanked_of_the_month')),
  constraint period_has_days check (period_end > period_start and period_end <= period_start + 366),
  constraint meta_is_an_object check (jsonb_typeof(meta) = 'object' and length(meta::text) <= 2000),
  constraint award_taken_back_once unique (reverses)
);
alter table mentoring.awards enable row level security;
revoke all on mentoring.awards from anon, authenticated, service_role;
create unique index award_given_once on mentoring.awards (type, period_start, period_end, mentor_user_id) where reverses is null;
create index awards_mentor_idx on mentoring.awards (mentor_user_id);
create trigger awards_stay before update or truncate on mentoring.awards for each statement execute function private.audit_stays();
create policy "strangers see awards of public mentors" on mentoring.awards for select to anon
  using (exists (select from mentoring.profiles p where p.user_id = mentor_user_id and p.is_public));
create policy "people see their own awards, and of public mentors" on mentoring.awards for select to authenticated
  using (mentor_user_id = (select auth.uid()) or exists (select from mentoring.profiles p where p.user_id = mentor_user_id and p.is_public));
create policy "the server sees awards" on mentoring.awards for select to service_role using (true);
grant select on mentoring.awards to anon, authenticated, service_role;

create function private.give_award(mentor uuid, type text, period_start date, period_end date, reason text) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  award uuid := gen_random_uuid();
begin
  perform private.administer_mentoring('mentoring.award-given', mentor, award, reason, jsonb_build_object('type', give_award.type));
  if not exists (select from mentoring.mentor_profiles m where m.user_id = mentor) then perform private.refuse('mentor_not_found'); end if;
  insert into mentoring.awards (id, mentor_user_id, type, period_start, period_end)
  values (award, mentor, give_award.type, give_award.period_start, give_award.period_end);
  return award;
end $$;
revoke all on function private.give_award(uuid, text, date, date, text) from public;
grant execute on function private.give_award(uuid, text, date, date, text) to authenticated;

create function private.take_award_back(award uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  whose uuid;
begin
  select a.mentor_user_id into whose from mentoring.awards a where a.id = award and a.reverses is null;
  perform private.administer_mentoring('mentoring.award-taken-back', whose, award, reason);
  insert into mentoring.awards (mentor_user_id, type, period_start, period_end, reverses)
  select a.mentor_user_id, a.type, a.period_start, a.period_end, a.id from mentoring.awards a where a.id = award and a.reverses is null;
  if not found then perform private.refuse('no_such_award'); end if;
end $$;
revoke all on function private.take_award_back(uuid, text) from public;
grant execute on function private.take_award_back(uuid, text) to authenticated;
