-- A poke reaches a browser that is closed, through the push service of its maker. It says nothing at all: the browser wakes up and
-- asks us what is new, as the person who is signed in there. So nobody on the way learns more than that there was something.
create schema push;
grant usage on schema push to authenticated, service_role;

-- A browser that may be poked: of one sign-in session, and gone with it. The endpoint is an address that only the browser, its push service and
-- we know; it opens nothing without our VAPID key (RFC 8292, 4), so it is not sealed. No person may read it back.
create table push.subscriptions (
  id         uuid primary key default gen_random_uuid(),
  person_id  uuid not null references auth.users,
  session_id uuid not null,                       -- of auth.sessions, where no foreign key may lead
  endpoint   text not null,
  made_at    timestamptz not null default now(),
  last_ok_at timestamptz,                         -- when its push service last took a poke
  failures   integer not null default 0,          -- since then
  constraint one_a_session unique (session_id),
  constraint one_a_browser unique (endpoint),
  constraint endpoint_is_https check (endpoint ~ '^https://[!-~]+$' and length(endpoint) <= 1000),
  constraint failures_are_counted check (failures >= 0)
);
alter table push.subscriptions enable row level security;
revoke all on push.subscriptions from anon, authenticated, service_role;
create index subscriptions_person_idx on push.subscriptions (person_id);

create policy "people see which of their browsers are poked" on push.subscriptions for select to authenticated
  using (person_id = (select auth.uid()));
create policy "people end the poking of a browser" on push.subscriptions for delete to authenticated
  using (person_id = (select auth.uid()));
create policy "the server sees which browsers are poked" on push.subscriptions for select to service_role using (true);
create policy "the server notes how pokes went" on push.subscriptions for update to service_role using (true) with check (true);
create policy "the server forgets browsers that are gone" on push.subscriptions for delete to service_role using (true);
grant select (id, person_id, session_id, made_at, last_ok_at, failures), delete on push.subscriptions to authenticated;
grant select, delete, update (last_ok_at, failures) on push.subscriptions to service_role;

-- What is to be sent to a browser: one at a time, since it says nothing. A second reason to poke makes the first one more urgent and
-- counts up, so that whoever is sending it at this moment sees that it is not the last.
create table push.pokes (
  subscription_id uuid primary key references push.subscriptions on delete cascade,
  urgency         text not null,
  until           timestamptz not null,           -- then it is of no use to anybody
  reasons         integer not null default 1,
  in_hand_until   timestamptz,                    -- a worker is sending it; if that one was killed, another may
  constraint urgency_is_known check (urgency in ('now', 'soon'))
);
alter table push.pokes enable row level security;
revoke all on push.pokes from anon, authenticated, service_role;
create policy "the server sees pokes" on push.pokes for select to service_role using (true);
create policy "the server takes pokes in hand" on push.pokes for update to service_role using (true) with check (true);
create policy "the server strikes out pokes" on push.pokes for delete to service_role using (true);
grant select, delete, update (in_hand_until) on push.pokes to service_role;

-- This browser, in this session. What it subscribed before goes; so does what another person subscribed in it, who has signed out
-- since, or whose session ran out. Whoever else knew the address could only stop pokes to it, never send or read one.
create function private.subscribe(endpoint text) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  my_session uuid := (auth.jwt() ->> 'session_id')::uuid;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform from identity.browser_sessions b where b.session_id = my_session and b.user_id = me for key share;
  if not found then perform private.refuse('only_browsers_are_poked'); end if;
  perform from identity.accounts a where a.user_id = me for no key update;   -- of two at once, the second one counts the first
  if exists (select from push.subscriptions s where s.session_id = my_session and s.person_id = me and s.endpoint = subscribe.endpoint) then
    return;
  end if;
  delete from push.subscriptions s where s.session_id = my_session or s.endpoint = subscribe.endpoint;
  -- Ten: more browsers than a person has, and as many requests to others as one notice may cause.
  if (select count(*) from push.subscriptions s where s.person_id = me) >= 10 then perform private.refuse('too_many_browsers'); end if;
  insert into push.subscriptions (person_id, session_id, endpoint) values (me, my_session, subscribe.endpoint);
end $$;
revoke all on function private.subscribe(text) from public;
grant execute on function private.subscribe(text) to authenticated;

-- Mine, with what the session says of the device (device.ts).
create function private.my_subscriptions()
returns table (id uuid, user_agent text, made_at timestamptz, last_ok_at timestamptz, failures integer, this_one boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select s.id, a.user_agent, s.made_at, s.last_ok_at, s.failures, s.session_id = (auth.jwt() ->> 'session_id')::uuid is true
    from push.subscriptions s left join auth.sessions a on a.id = s.session_id
    where s.person_id = (select auth.uid())
    order by s.made_at desc, s.id;
end $$;
revoke all on function private.my_subscriptions() from public;
grant execute on function private.my_subscriptions() to authenticated;

-- A browser that is signed out is poked no more. Deferred, because every proof renews a browser's word: its row goes and another
-- one of the same session comes, in one transaction.
create function private.subscription_follows_browser() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from push.subscriptions s where s.session_id = old.session_id
    and not exists (select from identity.browser_sessions b where b.session_id = old.session_id);
  return null;
end $$;
revoke all on function private.subscription_follows_browser() from public;
create constraint trigger subscription_follows_browser after delete on identity.browser_sessions
  deferrable initially deferred for each row execute function private.subscription_follows_browser();

-- Where somebody can be reached now: their browsers in which they are still signed in (private.claims_of_cookie knows the same).
create function private.pokable(person uuid) returns setof uuid language sql stable security definer set search_path = '' as $$
  select s.id from push.subscriptions s
  where s.person_id = pokable.person and exists (
    select from identity.browser_sessions b
    where b.session_id = s.session_id and b.expires_at > now() and b.used_at > now() - interval '30 days')
$$;
revoke all on function private.pokable(uuid) from public;

-- Pokes all browsers of somebody, once this transaction has committed. 'now' is of use for ten minutes (a call rings, a station is
-- about to begin), 'soon' for a day.
create function private.poke(person uuid, urgency text) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  browser uuid;
begin
  for browser in select p from private.pokable(poke.person) p order by p loop
    insert into push.pokes as p (subscription_id, urgency, until)
    values (browser, poke.urgency, now() + case poke.urgency when 'now' then interval '10 minutes' else interval '1 day' end)
    on conflict (subscription_id) do update set
      urgency = case when 'now' in (p.urgency, excluded.urgency) then 'now' else 'soon' end,
      until = greatest(p.until, excluded.until), reasons = p.reasons + 1;
    perform private.enqueue('push.send', jsonb_build_object('subscription', browser), once => browser::text);
  end loop;
end $$;
revoke all on function private.poke(uuid, text) from public;

-- Takes a poke in hand: the address to send it to, or nothing, where it was sent, its time is over or the browser is gone. Refused
-- while another worker has it, for that one may have been killed: so the job comes again. Longer than a job may take.
create function private.take_poke(subscription uuid)
returns table (endpoint text, urgency text, reasons integer, seconds integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  found_one push.pokes;
begin
  select p.* into found_one from push.pokes p where p.subscription_id = take_poke.subscription for update;
  if not found then return; end if;
  if found_one.in_hand_until > clock_timestamp() then perform private.refuse('in_hand'); end if;
  if found_one.until <= clock_timestamp() then
    delete from push.pokes p where p.subscription_id = take_poke.subscription;
    return;
  end if;
  update push.pokes p set in_hand_until = clock_timestamp() + interval '45 seconds' where p.subscription_id = take_poke.subscription;
  return query
    select s.endpoint, found_one.urgency, found_one.reasons, ceil(extract(epoch from found_one.until - clock_timestamp()))::integer
    from push.subscriptions s where s.id = take_poke.subscription;
end $$;
revoke all on function private.take_poke(uuid) from public;
grant execute on function private.take_poke(uuid) to service_role;

-- What became of it. 'sent' and 'refused' end it, unless there was another reason meanwhile, whose own job is under way; 'later'
-- leaves it for another attempt; 'gone' is the end of the subscription.
create function private.note_poke(subscription uuid, reasons integer, became text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  if note_poke.became = 'gone' then
    delete from push.subscriptions s where s.id = note_poke.subscription;
    return;
  end if;
  update push.pokes p set in_hand_until = null where p.subscription_id = note_poke.subscription;
  if note_poke.became in ('sent', 'refused') then
    delete from push.pokes p where p.subscription_id = note_poke.subscription and p.reasons = note_poke.reasons;
  end if;
  update push.subscriptions s set
    last_ok_at = case when note_poke.became = 'sent' then now() else s.last_ok_at end,
    failures = case when note_poke.became = 'sent' then 0 else s.failures + 1 end
  where s.id = note_poke.subscription;
end $$;
revoke all on function private.note_poke(uuid, integer, text) from public;
grant execute on function private.note_poke(uuid, integer, text) to service_role;
