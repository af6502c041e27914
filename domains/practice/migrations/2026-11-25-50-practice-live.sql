-- Both who sit in a session have its page open, and what one of them does reaches the other. Each session is a topic from its first
-- hour to its last; whoever sits there hears it. What is said is the session's next version and nothing else: what depends on role or
-- phase is asked for again.
--
-- One trigger on the session's row, not a line in each of the functions that change it: all of them count its version up, a change of
-- a round too, so none can forget to speak, nor the next one that is written. Deferred to the commit, because topics are locked last:
-- most of these functions still release time and tell people after they have written the row. (private.told_is_heard is deferred for
-- the same reason; a session's topic and its people's come in the order in which their rows were written, session first.)
create function private.practice_is_heard() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    perform private.open_topic(new.id, 'practice.session', array_remove(array[new.host_id, new.guest_id], null));
  elsif tg_op = 'DELETE' then
    perform private.drop_topic(old.id);
  else
    -- Who leaves hears nothing that is written from here on; who comes, no more than that.
    if new.guest_id is distinct from old.guest_id then
      perform private.leave_topic(new.id, array[old.guest_id]);
      if new.guest_id is not null then perform private.join_topic(new.id, array[new.guest_id]); end if;
    end if;
    perform private.emit(new.id, 'practice.changed', jsonb_build_object('session', new.id, 'version', new.version));
  end if;
  return null;
end $$;
revoke all on function private.practice_is_heard() from public;
create constraint trigger practice_begins_to_be_heard after insert on practice.practice_sessions
  deferrable initially deferred for each row execute function private.practice_is_heard();
create constraint trigger practice_is_heard after update on practice.practice_sessions
  deferrable initially deferred for each row when (new.version is distinct from old.version) execute function private.practice_is_heard();
create constraint trigger practice_is_heard_no_more after delete on practice.practice_sessions
  deferrable initially deferred for each row execute function private.practice_is_heard();

-- A sheet that is handed in counts no version up. The candidate may read it from the feedback on, and that it is there is not said
-- before either; at the bell their page asks anyway.
create function private.sheet_is_heard() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  if exists (select from practice.rounds r where r.session_id = new.session_id and r.number = new.round
    and r.feedback_at <= least(r.ended_at, clock_timestamp())) then
    perform private.emit(new.session_id, 'practice.sheet-submitted', jsonb_build_object('session', new.session_id, 'round', new.round));
  end if;
  return null;
end $$;
revoke all on function private.sheet_is_heard() from public;
create constraint trigger sheet_is_heard after update on practice.sheets
  deferrable initially deferred for each row when (old.submitted_at is null and new.submitted_at is not null)
  execute function private.sheet_is_heard();

-- Sessions that are there already.
insert into live.topics (id, kind) select s.id, 'practice.session' from practice.practice_sessions s;
insert into live.members (topic_id, person_id)
select s.id, p.user_id from practice.practice_sessions s join practice.profiles p on p.user_id in (s.host_id, s.guest_id) where p.left_at is null;
