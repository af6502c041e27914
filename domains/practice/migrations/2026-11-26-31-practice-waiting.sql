-- The waiting list of a seat: whoever came too late is told when it is free again. All of them at once, and the first who comes sits: a
-- seat that is kept for somebody asleep is nobody's.
create table practice.seat_waits (
  session_id uuid not null references practice.practice_sessions on delete cascade,
  person_id  uuid not null references auth.users,
  since      timestamptz not null default now(),
  primary key (session_id, person_id)
);
alter table practice.seat_waits enable row level security;
revoke all on practice.seat_waits from anon, authenticated, service_role;
create index seat_waits_person_idx on practice.seat_waits (person_id);
create policy "people see what they wait for" on practice.seat_waits for select to authenticated using (person_id = (select auth.uid()));
create policy "the server sees who waits" on practice.seat_waits for select to service_role using (true);
grant select on practice.seat_waits to authenticated, service_role;

-- Of a seat that is free there is nothing to wait for, and of one that I may not know of nothing to say. Thirty in all are enough:
-- that many people waiting for one seat are told in one transaction.
create function private.wait_for_seat(session uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  s practice.practice_sessions;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  perform private.must_appear_in_practice();
  select p.* into s from practice.practice_sessions p where p.id = wait_for_seat.session for share;
  if not found or s.partner <> 'person' or s.cancelled_at is not null or s.host_id = any (array(select private.my_blocked())) then
    perform private.refuse('session_not_found');
  end if;
  if s.host_id = me then perform private.refuse('you_are_the_host'); end if;
  if s.guest_id = me then perform private.refuse('seat_is_yours'); end if;
  if s.ended_at is not null or s.starts_at <= now() then perform private.refuse('session_has_ended'); end if;
  if s.guest_id is null then perform private.refuse('seat_is_free_again'); end if;
  if (select count(*) from practice.seat_waits w where w.session_id = s.id) >= 30 then perform private.refuse('many_wait_already'); end if;
  insert into practice.seat_waits (session_id, person_id) values (s.id, me) on conflict do nothing;
end $$;
revoke all on function private.wait_for_seat(uuid) from public;
grant execute on function private.wait_for_seat(uuid) to authenticated;

create function private.wait_no_longer(session uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.seat_waits w where w.session_id = wait_no_longer.session and w.person_id = auth.uid()
$$;
revoke all on function private.wait_no_longer(uuid) from public;
grant execute on function private.wait_no_longer(uuid) to authenticated;

-- One trigger on the session's row: whoever leaves, is parted, or is released for not having come, the seat is free. Whoever sits down,
-- and everybody else once it has begun or is off, waits no longer.
create function private.seat_is_waited_for() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  if new.guest_id is not null then
    delete from practice.seat_waits w where w.session_id = new.id and w.person_id = new.guest_id;
  end if;
  if new.guest_id is null and old.guest_id is not null and coalesce(new.cancelled_at, new.ended_at) is null and new.starts_at > now() then
    perform private.notify(w.person_id, 'practice.seat-free-again', 'A seat you waited for is free', 'Whoever comes first has it.',
      '/practice/offers/' || new.id)
    from practice.seat_waits w
    where w.session_id = new.id and w.person_id is distinct from old.guest_id and w.person_id <> all (array(select private.kept_from(new.host_id)))
    order by w.person_id;
  end if;
  if coalesce(new.cancelled_at, new.ended_at) is not null then delete from practice.seat_waits w where w.session_id = new.id; end if;
  return null;
end $$;
revoke all on function private.seat_is_waited_for() from public;
create trigger seat_is_waited_for after update on practice.practice_sessions
  for each row when ((new.guest_id, new.cancelled_at, new.ended_at) is distinct from (old.guest_id, old.cancelled_at, old.ended_at))
  execute function private.seat_is_waited_for();

-- For the job that tends wishes, and for somebody who leaves for good.
create function private.sweep_waits() returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.seat_waits w using practice.practice_sessions s where s.id = w.session_id and s.starts_at <= now()
$$;
revoke all on function private.sweep_waits() from public;
grant execute on function private.sweep_waits() to service_role;

create function private.forget_wishes(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.lock_wishes();
  perform private.drop_wish(w.id) from practice.wishes w where w.person_id = forget_wishes.person order by w.id;
  delete from practice.seat_waits w where w.person_id = forget_wishes.person;
end $$;
revoke all on function private.forget_wishes(uuid) from public;
grant execute on function private.forget_wishes(uuid) to service_role;
