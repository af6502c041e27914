-- What a person pays to use an installation that charges. Whoever takes the money says what became of it; nobody writes this but
-- the functions that come with that.
create table speaking.subscriptions (
  id                   uuid primary key default gen_random_uuid(),
  user_id              uuid not null references speaking.members on delete restrict,
  plan_name            varchar(50) not null,
  status               varchar(25) not null,
  stripe_customer_id   varchar(255),                   -- how the payment provider knows them; not granted to browsers
  current_period_start timestamptz not null,
  current_period_end   timestamptz not null,
  created_at           timestamptz not null default now(),
  updated_at           timestamptz not null default now(),
  constraint status_is_known check (status in ('pending', 'active', 'past_due', 'cancelled', 'ended')),
  constraint plan_has_a_name check (btrim(plan_name) <> ''),
  constraint period_has_a_length check (current_period_end > current_period_start)
);
create unique index one_subscription_at_a_time on speaking.subscriptions (user_id) where status <> 'ended';
create index subscriptions_user_id_idx on speaking.subscriptions (user_id);
create index subscriptions_status_idx on speaking.subscriptions (status);
create index subscriptions_current_period_end_idx on speaking.subscriptions (current_period_end);
alter table speaking.subscriptions enable row level security;
revoke all on speaking.subscriptions from anon, authenticated, service_role;

create policy "people see what they subscribed to" on speaking.subscriptions for select to authenticated using (user_id = (select auth.uid()));
create policy "the server sees subscriptions" on speaking.subscriptions for select to service_role using (true);
grant select (id, user_id, plan_name, status, current_period_start, current_period_end, created_at, updated_at) on speaking.subscriptions to authenticated;
grant select on speaking.subscriptions to service_role;

create trigger subscription_is_stamped before insert or update on speaking.subscriptions for each row execute function private.speaking_is_stamped();
create trigger touch_subscriptions before update on speaking.subscriptions for each row
  when (new.updated_at = old.updated_at) execute function private.touch_updated_at();   -- who brings a past along says so, and nobody is granted to
create trigger subscription_steps before insert or update on speaking.subscriptions for each row execute function private.speaking_steps(
  'subscription_cannot_do_that',
  '{"": ["pending"], "pending": ["active", "ended"], "active": ["past_due", "cancelled"], "past_due": ["active", "ended"],
    "cancelled": ["active", "ended"]}');
create trigger subscriptions_stay before delete or truncate on speaking.subscriptions for each statement
  execute function private.speaking_keeps_its_rows();

-- A person is erased by the steps that are drawn, and what is left says nothing of them: rows by number and date. Scenarios
-- are the installation's; audit_logs keep a key behind which there is nobody any more.
create function private.erase_speaking(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  update speaking.members m set email = null, profession = null
  where m.user_id = erase_speaking.person and num_nonnulls(m.email, m.profession) > 0;
  update speaking.sessions s set status = 'abandoned'
  where s.user_id = erase_speaking.person and s.status in ('preparing', 'speaking', 'assessing');
  update speaking.sessions s set status = 'removed' where s.user_id = erase_speaking.person and s.status <> 'removed';
  update speaking.sessions s set duration_seconds = null, transcript_agreed_at = null
  where s.user_id = erase_speaking.person and num_nonnulls(s.duration_seconds, s.transcript_agreed_at) > 0;
  update speaking.user_progress_snapshots p set average_score = 0, sessions_completed_count = 0, strengths_topics = '[]', scrubbed_at = now()
  where p.user_id = erase_speaking.person and p.scrubbed_at is null;
  update speaking.subscriptions s set status = 'cancelled' where s.user_id = erase_speaking.person and s.status = 'active';
  update speaking.subscriptions s set status = 'ended' where s.user_id = erase_speaking.person and s.status <> 'ended';
  update speaking.subscriptions s set stripe_customer_id = null
  where s.user_id = erase_speaking.person and s.stripe_customer_id is not null;
end $$;
revoke all on function private.erase_speaking(uuid) from public;
grant execute on function private.erase_speaking(uuid) to service_role;
