-- When two people are kept from each other, and when somebody leaves for good.

-- A block parts the two at once, in its own transaction: the guest of an unfinished session loses the seat as if they had left,
-- and is told what any guest of a withdrawn session is told. So nobody learns from it that they are blocked. Whoever takes a seat
-- at the same moment waits for the same persons' locks, and then sees the block, or is seen by it.
create function private.practice_partners_part() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  s record;
begin
  perform private.lock_persons(array[new.blocker_id, new.blocked_id]);
  for s in
    select p.id, p.guest_id, p.host_id from practice.practice_sessions p
    where ((p.host_id = new.blocker_id and p.guest_id = new.blocked_id) or (p.host_id = new.blocked_id and p.guest_id = new.blocker_id))
      and p.cancelled_at is null and p.ended_at is null
    order by p.id
  loop
    perform private.free_seat(s.id);
    if s.host_id = new.blocker_id then
      perform private.tell_it_is_off(s.guest_id);
    end if;
  end loop;
  return null;
end $$;
revoke all on function private.practice_partners_part() from public;
create trigger practice_partners_part after insert on safety.blocks for each row execute function private.practice_partners_part();

-- Their marks of a round, with everything below it.
create function private.forget_round(session uuid, round integer) returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.ticks t where t.session_id = forget_round.session and t.round = forget_round.round;
  delete from practice.scores x where x.session_id = forget_round.session and x.round = forget_round.round;
  delete from practice.sheets x where x.session_id = forget_round.session and x.round = forget_round.round;
$$;
revoke all on function private.forget_round(uuid, integer) from public;

-- What is planned is called off, and the other side told. What was played stays for the other side, without a name and without
-- what was marked about whoever leaves; what they marked about others is those others'. What no other side is left of, goes.
create function private.erase_practice(person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  s record;
begin
  perform private.lock_persons(array(
    select erase_practice.person union select p.host_id from practice.practice_sessions p where p.guest_id = erase_practice.person
    union select p.guest_id from practice.practice_sessions p where p.host_id = erase_practice.person));
  for s in
    select p.id, p.host_id, exists (select from practice.rounds r where r.session_id = p.id) as begun from practice.practice_sessions p
    where erase_practice.person in (p.host_id, p.guest_id) and p.cancelled_at is null and p.ended_at is null
    order by p.id
  loop
    if s.host_id <> erase_practice.person then
      perform private.free_seat(s.id);
    elsif s.begun then
      update practice.rounds r set ended_at = clock_timestamp() where r.session_id = s.id and r.ended_at is null;
      update practice.practice_sessions p set ended_at = clock_timestamp(), version = p.version + 1 where p.id = s.id;
    else
      perform private.call_off_session(s.id);
    end if;
  end loop;

  perform private.forget_round(r.session_id, r.number) from practice.rounds r where r.candidate_id = erase_practice.person;
  delete from practice.disclosures d where d.person_id = erase_practice.person;
  update practice.practice_sessions p set note = '' where p.host_id = erase_practice.person and p.note <> '';

  -- Sessions of which everybody who ever had a part in them has left, with whoever leaves now.
  for s in
    select p.id from practice.practice_sessions p
    where (erase_practice.person in (p.host_id, p.guest_id)
        or exists (select from practice.rounds r where r.session_id = p.id and erase_practice.person in (r.candidate_id, r.actor_id)))
      and not exists (
        select from practice.profiles q where q.left_at is null and q.user_id <> erase_practice.person and (q.user_id in (p.host_id, p.guest_id)
          or exists (select from practice.rounds r where r.session_id = p.id and q.user_id in (r.candidate_id, r.actor_id))))
    order by p.id
  loop
    perform private.forget_round(r.session_id, r.number) from practice.rounds r where r.session_id = s.id;
    delete from practice.disclosures d where d.session_id = s.id;
    delete from practice.rounds r where r.session_id = s.id;
    delete from practice.practice_sessions p where p.id = s.id;
  end loop;

  -- A signature nobody answers for any more is none: the case is "not clinically reviewed" again.
  delete from practice.case_signatures x where x.person_id = erase_practice.person;
  delete from practice.case_reviewers x where x.person_id = erase_practice.person;
  delete from practice.case_authors x where x.person_id = erase_practice.person;
  update practice.profiles p set first_name = '', last_name = '', training_level = '', avatar = null, left_at = coalesce(p.left_at, now())
  where p.user_id = erase_practice.person;
  delete from practice.profiles p where p.left_at is not null
    and not exists (select from practice.practice_sessions x where x.host_id = p.user_id)
    and not exists (select from practice.practice_sessions x where x.guest_id = p.user_id)
    and not exists (select from practice.rounds r where r.candidate_id = p.user_id)
    and not exists (select from practice.rounds r where r.actor_id = p.user_id)
    and not exists (select from practice.sheets x where x.marker_id = p.user_id);
end $$;
revoke all on function private.erase_practice(uuid) from public;
grant execute on function private.erase_practice(uuid) to service_role;
