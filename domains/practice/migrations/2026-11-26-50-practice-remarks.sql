-- A remark is what one of the two writes to the other after a round: the candidate to whoever played the patient, with a rating of how
-- that was, and the actor to the candidate, beside what stands on the sheet. Each sees their own row; the other's comes by
-- private.see_result, which knows who is kept from whom.
create table practice.remarks (
  session_id uuid not null,
  round      integer not null,
  writer_id  uuid not null references practice.profiles,
  words      text not null default '',
  rating     smallint,                 -- of the actor, by the candidate: 1 to 5
  written_at timestamptz not null default clock_timestamp(),
  primary key (session_id, round, writer_id),
  constraint remark_on_a_round foreign key (session_id, round) references practice.rounds on delete cascade,
  constraint words_are_short check (length(words) <= 2000),
  constraint rating_is_one_to_five check (rating between 1 and 5),
  constraint a_remark_says_something check (rating is not null or length(trim(words)) > 0)
);
alter table practice.remarks enable row level security;
revoke all on practice.remarks from anon, authenticated, service_role;
create index remarks_writer_idx on practice.remarks (writer_id);
create policy "people see the remarks they wrote" on practice.remarks for select to authenticated using (writer_id = (select auth.uid()));
create policy "the server sees remarks" on practice.remarks for select to service_role using (true);
grant select on practice.remarks to authenticated, service_role;

-- The other one of a round, as long as one may write to them: somebody who has left is nobody, and whoever is kept from me looks the same.
create function private.partner_in(session uuid, round integer) returns uuid language sql stable security definer set search_path = '' as $$
  select p.user_id
  from practice.rounds r join practice.profiles p on p.user_id = case when r.candidate_id = (select auth.uid()) then r.actor_id else r.candidate_id end
  where r.session_id = partner_in.session and r.number = partner_in.round and (select auth.uid()) in (r.candidate_id, r.actor_id)
    and p.left_at is null and p.user_id <> (select auth.uid()) and p.user_id <> all (array(select private.my_blocked()))
$$;
revoke all on function private.partner_in(uuid, integer) from public;

-- Written from the feedback on, for a fortnight: later nobody remembers the station, only the quarrel. Written again, it replaces what
-- stood there; without a word or a rating it is taken back.
create function private.write_remark(session uuid, round integer, words text default '', rating integer default null) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  partner uuid;
  page text;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  part := private.my_part(write_remark.session, write_remark.round);
  partner := private.partner_in(write_remark.session, part.number);
  if partner is null then perform private.refuse('nobody_to_write_to'); end if;
  if private.has_reached(part.reached, 'feedback') is not true then perform private.refuse('not_yet'); end if;
  if part.role <> 'candidate' and write_remark.rating is not null then perform private.refuse('not_your_role'); end if;
  if exists (select from practice.rounds r where r.session_id = write_remark.session and r.number = part.number
    and clock_timestamp() >= r.feedback_at + interval '14 days') then
    perform private.refuse('too_late_to_write');
  end if;
  if trim(coalesce(write_remark.words, '')) = '' and write_remark.rating is null then
    delete from practice.remarks x where x.session_id = write_remark.session and x.round = part.number and x.writer_id = auth.uid();
    return;
  end if;
  insert into practice.remarks (session_id, round, writer_id, words, rating)
  values (write_remark.session, part.number, auth.uid(), trim(coalesce(write_remark.words, '')), write_remark.rating)
  on conflict do nothing;
  if not found then
    update practice.remarks x set words = trim(coalesce(write_remark.words, '')), rating = write_remark.rating, written_at = clock_timestamp()
    where x.session_id = write_remark.session and x.round = part.number and x.writer_id = auth.uid();
  end if;
  -- Once for each round: somebody who mends a word, or takes it back and writes it again, tells nobody twice. Never a word of it, nor a name.
  page := '/practice/results/' || write_remark.session || '/' || part.number;
  if not exists (select from notices.notices n where n.person_id = partner and n.kind = 'practice.remark' and n.leads_to = page) then
    perform private.notify(partner, 'practice.remark', 'Your partner wrote to you about a station', leads_to => page, urgency => 'later');
  end if;
end $$;
revoke all on function private.write_remark(uuid, integer, text, integer) from public;
grant execute on function private.write_remark(uuid, integer, text, integer) to authenticated;

-- Both may have the result open while they talk. That something was written is said, not what; at the commit, because topics are last.
create function private.remark_is_heard() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.emit(new.session_id, 'practice.remark-written', jsonb_build_object('session', new.session_id, 'round', new.round));
  return null;
end $$;
revoke all on function private.remark_is_heard() from public;
create constraint trigger remark_is_heard after insert or update on practice.remarks
  deferrable initially deferred for each row execute function private.remark_is_heard();
