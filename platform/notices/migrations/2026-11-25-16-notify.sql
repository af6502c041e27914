-- One idea for all domains of telling somebody something: who, what, where it leads, how urgent. It stands behind the bell, the open
-- pages hear of it, and where it is urgent enough the person's browsers are poked (platform/push), as they chose.

-- How somebody wants to be told. No row: as nobody chose yet.
create table notices.choices (
  person_id   uuid primary key default auth.uid() references auth.users,
  push        boolean not null default true,     -- each browser asks for itself first; this pauses them all
  quiet_from  time,                              -- wall time in the account's zone (UTC without one); without it no hour is quiet
  quiet_until time,
  constraint quiet_from_until check ((quiet_from is null) = (quiet_until is null) and quiet_from <> quiet_until)
);
alter table notices.choices enable row level security;
revoke all on notices.choices from anon, authenticated, service_role;
create policy "people see how they want to be told" on notices.choices for select to authenticated using (person_id = (select auth.uid()));
create policy "people say how they want to be told" on notices.choices for insert to authenticated with check (person_id = (select auth.uid()));
create policy "people change how they want to be told" on notices.choices for update to authenticated
  using (person_id = (select auth.uid())) with check (person_id = (select auth.uid()));
create policy "the server sees how people want to be told" on notices.choices for select to service_role using (true);
create policy "the server forgets choices" on notices.choices for delete to service_role using (true);
grant select, insert (push, quiet_from, quiet_until), update (push, quiet_from, quiet_until) on notices.choices to authenticated;
grant select, delete on notices.choices to service_role;

-- Until when it is quiet for somebody, or null: it is not. Wall times become instants by PostgreSQL's own copy of the zones. A
-- wall time that there is not on the night the clocks go forward is the one an hour later; one that there is twice is the second.
create function private.quiet_until(person uuid, at timestamptz) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
declare
  c notices.choices;
  zone text;
  wall timestamp;
  ends timestamptz;
begin
  select q.* into c from notices.choices q where q.person_id = quiet_until.person and q.quiet_from is not null;
  if not found then return null; end if;
  select coalesce(a.zone, 'UTC') into zone from identity.accounts a where a.user_id = quiet_until.person;
  wall := quiet_until.at at time zone coalesce(zone, 'UTC');
  if c.quiet_from < c.quiet_until and not (wall::time >= c.quiet_from and wall::time < c.quiet_until)
    or c.quiet_from > c.quiet_until and wall::time < c.quiet_from and wall::time >= c.quiet_until then
    return null;
  end if;
  ends := (wall::date + c.quiet_until) at time zone coalesce(zone, 'UTC');
  if ends <= quiet_until.at then ends := (wall::date + 1 + c.quiet_until) at time zone coalesce(zone, 'UTC'); end if;
  return ends;
end $$;
revoke all on function private.quiet_until(uuid, timestamptz) from public;
grant execute on function private.quiet_until(uuid, timestamptz) to service_role;

create function private.is_quiet(person uuid, at timestamptz) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return private.quiet_until(is_quiet.person, is_quiet.at) is not null;
end $$;
revoke all on function private.is_quiet(uuid, timestamptz) from public;
grant execute on function private.is_quiet(uuid, timestamptz) to service_role;

-- 'now': at once, also in quiet hours: it is of no use afterwards. 'soon': at once, and after quiet hours. 'later': behind the bell, and
-- in the digest. handed_on_at is when browsers were poked for it: once, however often the job runs.
alter table notices.notices
  add column urgency text not null default 'soon',
  add column handed_on_at timestamptz,
  add constraint urgency_is_known check (urgency in ('now', 'soon', 'later'));

-- Browsers drop tabs and line ends out of an address: '/\t/host' is '//host' to them, another place. So what can be seen, in ASCII, and nothing else.
alter table notices.notices
  drop constraint leads_to_a_page_of_ours,
  add constraint leads_to_a_page_of_ours check (leads_to ~ '^/[!-~]*$' and leads_to !~ '^/[/\\]' and length(leads_to) <= 300);

-- The one way in. Whoever has left is told nothing: a line would stay of them.
create function private.notify(person uuid, kind text, title text, body text default '', leads_to text default null, urgency text default 'soon')
returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  notice uuid;
begin
  insert into notices.notices (person_id, kind, title, body, leads_to, urgency)
  select u.id, notify.kind, notify.title, notify.body, notify.leads_to, notify.urgency
  from auth.users u where u.id = notify.person and u.deleted_at is null
  returning id into notice;
  if notice is null then return; end if;
  perform set_config('vivavoce.told', concat_ws(',', nullif(current_setting('vivavoce.told', true), ''), notify.person), true);
  if notify.urgency <> 'later' and private.may_be_poked(notify.person) then
    perform private.enqueue('notices.hand-on', jsonb_build_object('notice', notice),
      case notify.urgency when 'soon' then private.quiet_until(notify.person, now()) end);
  end if;
end $$;
revoke all on function private.notify(uuid, text, text, text, text, text) from public;
grant execute on function private.notify(uuid, text, text, text, text, text) to service_role;

-- As it was called before; the functions of domains that are written already say it so.
create or replace function private.tell(person uuid, kind text, title text, body text default '', leads_to text default null) returns void
language sql volatile security definer set search_path = '' as $$
  select private.notify(tell.person, tell.kind, tell.title, tell.body, tell.leads_to);
$$;

create function private.may_be_poked(person uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from private.pokable(may_be_poked.person))
    and not exists (select from notices.choices c where c.person_id = may_be_poked.person and not c.push)
$$;
revoke all on function private.may_be_poked(uuid) from public;

-- Open pages hear of it, at the very end of the transaction, whatever else that does: topics are locked last, and those of several
-- people in one order. Else two deeds that tell the same two people in opposite orders would wait for each other for ever. The first of
-- a transaction's notices speaks for all of them.
create function private.told_is_heard() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  told text := nullif(current_setting('vivavoce.told', true), '');
begin
  if told is null then return null; end if;
  perform set_config('vivavoce.told', '', true);
  perform private.emit_to(string_to_array(told, ',')::uuid[], 'notices.told');
  return null;
end $$;
revoke all on function private.told_is_heard() from public;
create constraint trigger told_is_heard after insert on notices.notices
  deferrable initially deferred for each row execute function private.told_is_heard();

-- Pokes the person's browsers for a notice, if that is still wanted: not if they have read it, were poked for it, or chose
-- otherwise meanwhile. Two who do this at once stand in line at the row. What could not wait and was made to, because no worker was
-- there, need not break the night any more: after ten minutes (private.poke) 'now' is no more than 'soon'.
create function private.hand_on(notice uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  n notices.notices;
  is_now boolean;
  quiet timestamptz;
begin
  select o.* into n from notices.notices o
  where o.id = hand_on.notice and o.urgency <> 'later' and o.handed_on_at is null and o.read_at is null for no key update;
  if not found or not private.may_be_poked(n.person_id) then return; end if;
  is_now := n.urgency = 'now' and n.made_at > clock_timestamp() - interval '10 minutes';
  quiet := private.quiet_until(n.person_id, clock_timestamp());
  if quiet is not null and not is_now then
    perform private.enqueue('notices.hand-on', jsonb_build_object('notice', n.id), quiet);
    return;
  end if;
  update notices.notices o set handed_on_at = clock_timestamp() where o.id = n.id;
  perform private.poke(n.person_id, case when is_now then 'now' else 'soon' end);
end $$;
revoke all on function private.hand_on(uuid) from public;
grant execute on function private.hand_on(uuid) to service_role;

-- "Send me one": the whole way, as any other notice takes it, to see whether it arrives. Also in quiet hours: they asked for it now.
create function private.try_me() returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if not private.may_be_poked(auth.uid()) then perform private.refuse('nothing_is_on'); end if;
  perform private.notify(auth.uid(), 'notices.trial', 'This is how you are told', 'You asked for this notice, to see whether it arrives.',
    '/account/notifications', 'now');
end $$;
revoke all on function private.try_me() from public;
grant execute on function private.try_me() to authenticated;

-- The digest by mail, for whoever asked for it (the kind of mail notices.digest): each morning at about eight, where they are, what
-- they were told since the morning before and have not read. The last day on which somebody got theirs: once a day, however often the job
-- runs, and whoever is killed in between.
create table notices.digests (
  person_id uuid primary key references auth.users,
  day       date not null
);
alter table notices.digests enable row level security;
revoke all on notices.digests from anon, authenticated, service_role;
create policy "the server sees who had their digest" on notices.digests for select to service_role using (true);
create policy "the server forgets digests" on notices.digests for delete to service_role using (true);
grant select, delete on notices.digests to service_role;

-- Whose morning it is. Until noon, so that a server that was down at eight still writes; later it would be no morning's mail.
create function private.digests_due(at timestamptz) returns table (person uuid, day date)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select m.user_id, wall.now::date
    from mail.preferences m join auth.users u on u.id = m.user_id and u.deleted_at is null
      left join identity.accounts a on a.user_id = m.user_id
      cross join lateral (select digests_due.at at time zone coalesce(a.zone, 'UTC') as now) wall
      left join notices.digests d on d.person_id = m.user_id
    where m.kind = 'notices.digest' and m.wanted and wall.now::time >= '08:00' and wall.now::time < '12:00'
      and (d.day is null or d.day < wall.now::date);
end $$;
revoke all on function private.digests_due(timestamptz) from public;
grant execute on function private.digests_due(timestamptz) to service_role;

-- What is in it, from eight to eight by their clock, so that each notice is in one digest; and it counts as sent. Nothing, if it
-- was sent already, or there is nothing.
create function private.take_digest(person uuid, day date) returns table (title text, leads_to text, made_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare
  zone text;
begin
  insert into notices.digests as d (person_id, day) values (take_digest.person, take_digest.day)
  on conflict (person_id) do update set day = excluded.day where d.day < excluded.day;
  if not found then return; end if;
  select coalesce(a.zone, 'UTC') into zone from identity.accounts a where a.user_id = take_digest.person;
  return query
    select n.title, n.leads_to, n.made_at from notices.notices n
    where n.person_id = take_digest.person and n.read_at is null
      and n.made_at >= (take_digest.day - 1 + time '08:00') at time zone coalesce(zone, 'UTC')
      and n.made_at < (take_digest.day + time '08:00') at time zone coalesce(zone, 'UTC')
    order by n.made_at desc, n.id desc;
end $$;
revoke all on function private.take_digest(uuid, date) from public;
grant execute on function private.take_digest(uuid, date) to service_role;
