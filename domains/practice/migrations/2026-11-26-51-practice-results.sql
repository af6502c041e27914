-- What somebody has behind them: every round of theirs that came to its feedback or was stopped, with whom and how it was rated, as far
-- as they may see that. Who left a seat keeps their rounds; of somebody they are kept from since, no name is left.
create function private.my_results()
returns table (session_id uuid, round integer, case_id uuid, case_name text, category text, domain text, type text, format text, role text,
  reached text, began_at timestamptz, ended_at timestamptz, with_id uuid, with_name text, with_avatar text, handed_in boolean, rating integer)
language sql stable security definer set search_path = '' as $$
  select m.session_id, m.round, m.case_id, m.case_name, c.category, c.domain, m.type, m.format, m.role, m.reached, m.reading_at, m.ended_at,
    p.user_id, trim(p.first_name || ' ' || p.last_name), p.avatar, s.submitted_at is not null, s.rating::integer
  from private.my_rounds() m
    join practice.rounds r on r.session_id = m.session_id and r.number = m.round
    join practice.cases c on c.id = m.case_id
    left join practice.profiles p on p.user_id = case when r.candidate_id = (select auth.uid()) then r.actor_id else r.candidate_id end
      and p.left_at is null and p.user_id <> all (array(select private.my_blocked()))
    left join practice.sheets s on s.session_id = m.session_id and s.round = m.round and s.submitted_at is not null
      and (m.role <> 'candidate' or m.reached = 'feedback')
  where m.role in ('candidate', 'actor', 'alone') and (m.reached = 'feedback' or m.ended_at is not null)
$$;
revoke all on function private.my_results() from public;
grant execute on function private.my_results() to authenticated;

-- One of them, whole: the sheet as it was marked, beside what the case says, and both sides' words. What of it is open is decided where it
-- always is (private.disclose, private.see_sheet) and is on record; a round that stopped too early gives its facts and nothing else.
create function private.see_result(session uuid, round integer)
returns table (session_id uuid, number integer, case_id uuid, case_name text, category text, domain text, type text, format text, role text,
  reached text, began_at timestamptz, ended_at timestamptz, with_id uuid, with_name text, with_avatar text, condition text, markscheme text,
  checklist jsonb, marks boolean, scores jsonb, rating integer, words text, submitted_at timestamptz, mine jsonb, theirs jsonb,
  write_until timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  other practice.profiles;
  sheet record;
  said_condition text;
  said_markscheme text;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if not exists (select from practice.rounds r where r.session_id = see_result.session and r.number = see_result.round
    and (r.candidate_id = auth.uid() or r.actor_id = auth.uid())) then
    perform private.refuse('result_not_found');
  end if;
  part := private.my_part(see_result.session, see_result.round);
  select p.* into other from practice.profiles p where p.user_id = private.partner_in(see_result.session, part.number);
  if private.has_reached(part.reached, private.opens_in(part.role, 'markscheme', part.marked))
    and not private.is_candidate_elsewhere(part.case_id, see_result.session, part.number) then
    select d.words into said_condition from private.disclose(see_result.session, 'condition', part.number) d;
    select d.words into said_markscheme from private.disclose(see_result.session, 'markscheme', part.number) d;
    select * into sheet from private.see_sheet(see_result.session, part.number);
  else
    select null::jsonb as checklist, false as marks, null::jsonb as scores, null::integer as rating, null::text as words,
      null::timestamptz as submitted_at into sheet;
  end if;
  return query
    select s.id, part.number, part.case_id, c.case_name, c.category, c.domain, s.type, s.format, part.role, part.reached, r.reading_at, r.ended_at,
      other.user_id, trim(other.first_name || ' ' || other.last_name), other.avatar, said_condition, said_markscheme,
      case when part.marked then sheet.checklist end, part.marked and sheet.marks, case when part.marked then sheet.scores end,
      sheet.rating, case when part.marked then sheet.words end, sheet.submitted_at,
      (select jsonb_build_object('words', x.words, 'rating', x.rating) from practice.remarks x
        where x.session_id = s.id and x.round = part.number and x.writer_id = auth.uid()),
      (select jsonb_build_object('words', x.words, 'rating', x.rating) from practice.remarks x
        where x.session_id = s.id and x.round = part.number and x.writer_id <> auth.uid()
          and x.writer_id <> all (array(select private.my_blocked()))),
      case when other.user_id is not null and private.has_reached(part.reached, 'feedback')
        and clock_timestamp() < r.feedback_at + interval '14 days' then r.feedback_at + interval '14 days' end
    from practice.rounds r join practice.practice_sessions s on s.id = r.session_id join practice.cases c on c.id = r.case_id
    where r.session_id = see_result.session and r.number = part.number;
end $$;
revoke all on function private.see_result(uuid, integer) from public;
grant execute on function private.see_result(uuid, integer) to authenticated;

-- A sheet that is handed in when the round is over, and nobody is there any more to see it: its candidate is told. Before, their page says so.
create function private.late_sheet_is_told() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.notify(r.candidate_id, 'practice.sheet', 'Your sheet of a station is handed in',
    leads_to => '/practice/results/' || r.session_id || '/' || r.number, urgency => 'later')
  from practice.rounds r
  where r.session_id = new.session_id and r.number = new.round and r.actor_id is not null and r.feedback_at <= r.ended_at;
  return null;
end $$;
revoke all on function private.late_sheet_is_told() from public;
create trigger late_sheet_is_told after update on practice.sheets
  for each row when (old.submitted_at is null and new.submitted_at is not null) execute function private.late_sheet_is_told();

-- With a person go the remarks about them; what they wrote about others is those others', without a name. After private.erase_practice,
-- which has locked the persons.
create function private.forget_remarks(person uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.remarks x using practice.rounds r
  where r.session_id = x.session_id and r.number = x.round and x.writer_id <> forget_remarks.person
    and forget_remarks.person in (r.candidate_id, r.actor_id)
$$;
revoke all on function private.forget_remarks(uuid) from public;
grant execute on function private.forget_remarks(uuid) to service_role;
