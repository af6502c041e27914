-- What happens reaches the pages that are open. A topic is something small that people share, named by the id of the thing itself;
-- an event is one thing that happened there. Both are written in the transaction of the deed, by functions of domains alone.
create schema live;
grant usage on schema live to service_role;

-- The counter is a row of the topic, not a sequence: whoever emits holds its lock until the commit, so numbers become visible in
-- their order and without a gap. Half-empty pages, because this row is what changes most: it stays where it is (HOT).
create table live.topics (
  id          uuid primary key,
  kind        text not null,                -- 'person', 'rooms.room' …
  seq         bigint not null default 0,    -- of its last event
  forgotten   bigint not null default 0,    -- events up to this one are swept
  acl_version integer not null default 0,   -- counts who came and went
  constraint kind_is_part_and_what check (kind = 'person' or kind ~ '^[a-z]+\.[a-z-]+$'),
  constraint forgotten_is_past check (forgotten between 0 and seq)
) with (fillfactor = 50);
alter table live.topics enable row level security;
revoke all on live.topics from anon, authenticated, service_role;
create policy "the server sees topics" on live.topics for select to service_role using (true);
grant select on live.topics to service_role;

-- Who hears a topic. Of a person's own topic they are the one member, without a row.
create table live.members (
  topic_id  uuid not null references live.topics on delete cascade,
  person_id uuid not null references auth.users,
  from_seq  bigint not null default 0,       -- what was before they came is not theirs to hear
  primary key (topic_id, person_id)
);
alter table live.members enable row level security;
revoke all on live.members from anon, authenticated, service_role;
create index members_person_idx on live.members (person_id, topic_id);
create policy "the server sees who hears a topic" on live.members for select to service_role using (true);
grant select on live.members to service_role;

-- tx says which transaction made it: a node asks for what its last snapshot did not see, and so finds each event exactly once, also
-- one whose transaction began early and committed late.
create table live.events (
  topic_id    uuid not null references live.topics on delete cascade,
  seq         bigint not null,
  kind        text not null,
  body        jsonb not null default '{}',
  acl_version integer not null,
  tx          xid8 not null default pg_current_xact_id(),
  at          timestamptz not null default clock_timestamp(),
  primary key (topic_id, seq),
  constraint kind_is_part_and_what check (kind ~ '^[a-z]+\.[a-z-]+$'),
  constraint body_is_an_object check (jsonb_typeof(body) = 'object'),
  constraint body_is_small check (pg_column_size(body) <= 4000)
);
alter table live.events enable row level security;
revoke all on live.events from anon, authenticated, service_role;
create index events_tx_idx on live.events (tx);
create index events_at_idx on live.events using brin (at);
create policy "the server sees events" on live.events for select to service_role using (true);
grant select on live.events to service_role;

-- One row. A restored database counts on from an older number: whoever heard the events that are gone must ask for the whole again.
create table live.epochs (
  the_only boolean primary key default true,
  id       uuid not null default gen_random_uuid(),
  constraint there_is_one check (the_only)
);
alter table live.epochs enable row level security;
revoke all on live.epochs from anon, authenticated, service_role;
create policy "the server sees the epoch" on live.epochs for select to service_role using (true);
grant select on live.epochs to service_role;
insert into live.epochs default values;

-- The last thing a deed does: what comes after it in the transaction would keep everybody else in the topic waiting.
create function private.emit(topic uuid, kind text, body jsonb default '{}') returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  with counted as (
    update live.topics t set seq = t.seq + 1 where t.id = emit.topic returning t.id, t.seq, t.acl_version
  )
  insert into live.events (topic_id, seq, kind, body, acl_version)
  select c.id, c.seq, emit.kind, emit.body, c.acl_version from counted c;
  if not found then raise exception 'there is no such topic'; end if;
end $$;
revoke all on function private.emit(uuid, text, jsonb) from public;

-- What is to be said to people at the end of a transaction. Unlogged: no row of it outlives its transaction.
create unlogged table live.waiting (
  id        bigint generated always as identity primary key,
  tx        xid8 not null default pg_current_xact_id(),
  person_id uuid not null,
  kind      text not null,
  body      jsonb not null
);
alter table live.waiting enable row level security;
revoke all on live.waiting from anon, authenticated, service_role;
create index waiting_tx_idx on live.waiting (tx);

-- To people wherever they are: their own topics, which need no opening. It waits for the commit, when all that a transaction says to
-- people is said in one order of theirs, whichever functions asked for it: said one after the other, two transactions could wait for each
-- other for ever.
create function private.emit_to(persons uuid[], kind text, body jsonb default '{}') returns void
language sql volatile security definer set search_path = '' as $$
  insert into live.waiting (person_id, kind, body) select distinct p, emit_to.kind, emit_to.body from unnest(emit_to.persons) p where p is not null
$$;
revoke all on function private.emit_to(uuid[], text, jsonb) from public;

create function private.emit_what_waits() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  with mine as (
    delete from live.waiting w where w.tx = pg_current_xact_id() returning w.id, w.person_id, w.kind, w.body
  ), numbered as (
    select m.person_id, m.kind, m.body, row_number() over theirs as nth, count(*) over (partition by m.person_id) as many
    from (select distinct on (w.person_id, w.kind, w.body) w.* from mine w order by w.person_id, w.kind, w.body, w.id) m
    join auth.users u on u.id = m.person_id and u.deleted_at is null
    window theirs as (partition by m.person_id order by m.id)
  ), counted as (
    insert into live.topics as t (id, kind, seq)
    select n.person_id, 'person', max(n.many) from numbered n group by n.person_id order by n.person_id
    on conflict (id) do update set seq = t.seq + excluded.seq
    returning t.id, t.seq, t.acl_version
  )
  insert into live.events (topic_id, seq, kind, body, acl_version)
  select c.id, c.seq - n.many + n.nth, n.kind, n.body, c.acl_version from numbered n join counted c on c.id = n.person_id;
  return null;
end $$;
revoke all on function private.emit_what_waits() from public;
create constraint trigger emit_what_waits after insert on live.waiting deferrable initially deferred
  for each row execute function private.emit_what_waits();

create function private.open_topic(topic uuid, kind text, persons uuid[] default '{}') returns void
language sql volatile security definer set search_path = '' as $$
  insert into live.topics (id, kind) values (open_topic.topic, open_topic.kind);
  insert into live.members (topic_id, person_id) select distinct open_topic.topic, p from unnest(open_topic.persons) p;
$$;
revoke all on function private.open_topic(uuid, text, uuid[]) from public;

-- Who came or went is an event, with the next version: a node that meets it, or anything after it, looks up the members before it
-- passes anything on.
create function private.members_changed(topic uuid) returns void language sql volatile security definer set search_path = '' as $$
  with counted as (
    update live.topics t set seq = t.seq + 1, acl_version = t.acl_version + 1 where t.id = members_changed.topic
    returning t.id, t.seq, t.acl_version
  )
  insert into live.events (topic_id, seq, kind, acl_version) select c.id, c.seq, 'live.members', c.acl_version from counted c
$$;
revoke all on function private.members_changed(uuid) from public;

-- The topic's row first, so that two who come and go at once stand in line.
create function private.join_topic(topic uuid, persons uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform from live.topics t where t.id = join_topic.topic for no key update;
  insert into live.members (topic_id, person_id, from_seq)
  select t.id, p.id, t.seq from live.topics t, (select distinct unnest(join_topic.persons) as id) p where t.id = join_topic.topic
  on conflict do nothing;
  if found then perform private.members_changed(join_topic.topic); end if;
end $$;
revoke all on function private.join_topic(uuid, uuid[]) from public;

create function private.leave_topic(topic uuid, persons uuid[]) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform from live.topics t where t.id = leave_topic.topic for no key update;
  delete from live.members m where m.topic_id = leave_topic.topic and m.person_id = any (leave_topic.persons);
  if found then perform private.members_changed(leave_topic.topic); end if;
end $$;
revoke all on function private.leave_topic(uuid, uuid[]) from public;

-- Everybody hears that it is over, and then nothing more.
create function private.close_topic(topic uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.emit(close_topic.topic, 'live.closed');
  delete from live.members m where m.topic_id = close_topic.topic;
  perform private.members_changed(close_topic.topic);
end $$;
revoke all on function private.close_topic(uuid) from public;

-- With the thing itself: whoever had to hear of it was told before (close_topic).
create function private.drop_topic(topic uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from live.topics t where t.id = drop_topic.topic;
$$;
revoke all on function private.drop_topic(uuid) from public;

-- What the one who asks has missed in these topics, each from its cursor on (null: from now on), a hundred at a time. 'not_yours' is also said of
-- what is not there: no difference can be told. One statement, so that number, members and events are of one moment.
create function private.live_since(topics uuid[], cursors bigint[])
returns table (topic_id uuid, state text, seq bigint, acl_version integer, events text)
language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  return query
    select asked.id, found.state,
      case when found.state = 'not_yours' then 0 else coalesce(t.seq, 0) end,
      case when found.state = 'not_yours' then 0 else coalesce(t.acl_version, 0) end,
      case when found.state = 'ready' and asked.after < t.seq then (
        select json_agg(json_build_object('seq', e.seq, 'kind', e.kind, 'body', e.body, 'at', private.iso(e.at)) order by e.seq)::text
        from (select * from live.events e where e.topic_id = t.id and e.seq > asked.after order by e.seq limit 100) e)
      end
    from unnest(live_since.topics, live_since.cursors) as asked (id, after)
    left join live.topics t on t.id = asked.id
    left join live.members m on m.topic_id = asked.id and m.person_id = me
    cross join lateral (select case
      when asked.id <> me and m.person_id is null then 'not_yours'
      when asked.after > coalesce(t.seq, 0) or asked.after < greatest(t.forgotten, m.from_seq) or t.seq - asked.after > 500 then 'reset'
      else 'ready'
    end as state) found;
end $$;
revoke all on function private.live_since(uuid[], bigint[]) from public;
grant execute on function private.live_since(uuid[], bigint[]) to authenticated;

-- As our answers write an instant (platform/database/values.ts).
create function private.iso(at timestamptz) returns text language sql stable set search_path = '' as $$
  select to_char(iso.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;
revoke all on function private.iso(timestamptz) from public;

-- Events older than two days, some thousand at a time, and how many there were. Whoever was away for longer asks for the whole again.
create function private.sweep_events(most integer) returns integer language plpgsql volatile security definer set search_path = '' as $$
declare
  swept integer;
begin
  perform from live.topics t where t.id in (
    select e.topic_id from live.events e where e.at < now() - interval '2 days' order by e.at limit sweep_events.most)
  order by t.id for no key update;
  with old as (
    select e.topic_id, e.seq from live.events e where e.at < now() - interval '2 days' order by e.at limit sweep_events.most
  ), gone as (
    delete from live.events e using old where e.topic_id = old.topic_id and e.seq = old.seq returning e.topic_id, e.seq
  ), last as (
    select g.topic_id, max(g.seq) as seq, count(*) as events from gone g group by g.topic_id
  ), noted as (
    update live.topics t set forgotten = greatest(t.forgotten, last.seq) from last where t.id = last.topic_id returning last.events
  )
  select coalesce(sum(noted.events), 0) into swept from noted;
  return swept;
end $$;
revoke all on function private.sweep_events(integer) from public;
grant execute on function private.sweep_events(integer) to service_role;

-- A person's own topic and their places in others.
create function private.erase_live(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  topic uuid;
begin
  for topic in select m.topic_id from live.members m where m.person_id = erase_live.person order by 1 loop
    perform private.leave_topic(topic, array[erase_live.person]);
  end loop;
  delete from live.topics t where t.id = erase_live.person;
end $$;
revoke all on function private.erase_live(uuid) from public;
grant execute on function private.erase_live(uuid) to service_role;

-- After a restore (platform/backup/load.ts calls what is named so): the events in the backup bear numbers of transactions that are another
-- database's, and numbers that clients may have heard otherwise.
create function private.live_was_restored() returns void language sql volatile security definer set search_path = '' as $$
  delete from live.events;
  update live.topics set forgotten = seq;
  update live.epochs set id = gen_random_uuid() where the_only;
$$;
revoke all on function private.live_was_restored() from public;
