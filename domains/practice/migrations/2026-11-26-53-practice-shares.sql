-- Somebody shows a result of theirs to a person they choose: one they have practised with, or whoever reads the mail of an address. It is
-- taken back at once by deleting the row: whoever looks afterwards finds nothing.
--
-- An address is looked up when somebody reads, never when it is written: so sharing answers alike whether it has an account or not, and
-- nobody finds out by it who is here.
create table practice.shares (
  id         uuid primary key default gen_random_uuid(),
  session_id uuid not null,
  round      integer not null,
  person_id  uuid references auth.users,
  address    text,
  shared_at  timestamptz not null default clock_timestamp(),
  cut_at     timestamptz,              -- one of the two has blocked the other since; unblocking brings nothing back
  constraint shared_once_with_a_person unique (session_id, round, person_id),
  constraint shared_once_with_an_address unique (session_id, round, address),
  -- Who is forgotten takes the sheets about them along, and with these goes whom they were shown to.
  constraint share_of_a_sheet foreign key (session_id, round) references practice.sheets on delete cascade,
  constraint a_person_or_an_address check (num_nonnulls(person_id, address) = 1),
  constraint address_is_one check (address = lower(trim(address)) and address ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(address) <= 320)
);
alter table practice.shares enable row level security;
revoke all on practice.shares from anon, authenticated, service_role;
create index shares_person_idx on practice.shares (person_id);
create index shares_address_idx on practice.shares (address);
create policy "the server sees what is shared" on practice.shares for select to service_role using (true);
grant select on practice.shares to service_role;   -- people by the functions below, which know whose result it is

-- The address under which the asking person is known, once they have shown that they read its mail.
create function private.my_address() returns text language sql stable security definer set search_path = '' as $$
  select lower(u.email) from auth.users u where u.id = (select auth.uid()) and u.email_confirmed_at is not null and u.deleted_at is null
$$;
revoke all on function private.my_address() from public;

-- Of the one whom it is about, and nobody else: whoever played the patient has marked it, and it is not theirs to show. A sheet is shown
-- when its candidate may read it.
create function private.must_be_my_result(session uuid, round integer) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  part := private.my_part(must_be_my_result.session, must_be_my_result.round);
  if part.role not in ('candidate', 'alone') then perform private.refuse('not_your_role'); end if;
  if private.has_reached(part.reached, private.opens_in(part.role, 'markscheme', part.marked)) is not true then perform private.refuse('not_yet'); end if;
  if not exists (select from practice.sheets x where x.session_id = must_be_my_result.session and x.round = must_be_my_result.round
    and x.submitted_at is not null) then
    perform private.refuse('nothing_to_share');
  end if;
end $$;
revoke all on function private.must_be_my_result(uuid, integer) from public;

-- Those to whom a result may be shown by name: with whom one has played a round, in whatever part, or who teaches a group one is in; and
-- whom one still sees. In PL/pgSQL, because groups are made by a later migration.
create function private.whom_to_show() returns table (id uuid, name text, avatar text, teaches boolean)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query
    select p.user_id, trim(p.first_name || ' ' || p.last_name), p.avatar, k.teaches
    from (
      select m.person, bool_or(m.teaches) as teaches, max(m.at) as at
      from (
        select case when r.candidate_id = auth.uid() then r.actor_id else r.candidate_id end as person, false as teaches, r.reading_at as at
        from practice.rounds r where r.candidate_id = auth.uid() or r.actor_id = auth.uid()
        union all
        select g.teacher_id, true, m.joined_at from practice.group_members m join practice.groups g on g.id = m.group_id where m.person_id = auth.uid()
      ) m where m.person <> auth.uid() group by m.person
    ) k join practice.profiles p on p.user_id = k.person
    where p.left_at is null and p.user_id <> all (array(select private.my_blocked()))
    order by k.teaches desc, k.at desc, p.user_id;
end $$;
revoke all on function private.whom_to_show() from public;
grant execute on function private.whom_to_show() to authenticated;

-- Twenty are enough for one result: beyond that it is published, not shown. Sharing again is sharing once, and tells nobody twice. Who
-- reads an address is told as well, if they have an account and the two are not kept from each other; the answer is the same.
create function private.share_result(session uuid, round integer, person uuid default null, address text default null) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  asked text := lower(trim(share_result.address));
  told uuid := share_result.person;
  made uuid;
begin
  perform private.must_be_my_result(share_result.session, share_result.round);
  perform 1 from practice.sheets x where x.session_id = share_result.session and x.round = share_result.round for update;   -- so that twenty are twenty
  if num_nonnulls(share_result.person, asked) <> 1 then perform private.refuse('choose_one'); end if;
  if share_result.person is not null and not exists (select from private.whom_to_show() p where p.id = share_result.person) then
    perform private.refuse('no_such_partner');
  end if;
  if share_result.person in (select r.actor_id from practice.rounds r where r.session_id = share_result.session and r.number = share_result.round) then
    perform private.refuse('they_marked_it');
  end if;
  if asked = private.my_address() then perform private.refuse('that_is_you'); end if;
  select s.id into made from practice.shares s
  where s.session_id = share_result.session and s.round = share_result.round and (s.person_id = share_result.person or s.address = asked);
  if found then
    update practice.shares s set cut_at = null where s.id = made and s.cut_at is not null;   -- said anew: whom a block hides stays hidden all the same
    return made;
  end if;
  if (select count(*) from practice.shares s where s.session_id = share_result.session and s.round = share_result.round) >= 20 then
    perform private.refuse('shared_with_twenty');
  end if;
  insert into practice.shares (session_id, round, person_id, address) values (share_result.session, share_result.round, share_result.person, asked)
  returning id into made;
  if told is null then
    select u.id into told from auth.users u
    where u.email = asked and not u.is_sso_user and u.email_confirmed_at is not null and u.deleted_at is null and u.id <> all (array(select private.my_blocked()));
  end if;
  -- One notice until it is read: whoever shows and takes back a hundred times fills nobody's bell, unnamed.
  if told is not null and not exists (
    select from notices.notices n where n.person_id = told and n.kind = 'practice.result-shared' and n.read_at is null) then
    perform private.notify(told, 'practice.result-shared', 'Somebody shows you a practice result', leads_to => '/practice/results/shared', urgency => 'later');
  end if;
  return made;
end $$;
revoke all on function private.share_result(uuid, integer, uuid, text) from public;
grant execute on function private.share_result(uuid, integer, uuid, text) to authenticated;

create function private.take_back_share(share uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  delete from practice.shares s using practice.rounds r
  where s.id = take_back_share.share and r.session_id = s.session_id and r.number = s.round and r.candidate_id = auth.uid();
  if not found then perform private.refuse('no_such_share'); end if;
end $$;
revoke all on function private.take_back_share(uuid) from public;
grant execute on function private.take_back_share(uuid) to authenticated;

-- To whom I show a result of mine. Of somebody who is kept from me no name is left; taking it back is still mine.
create function private.shares_of(session uuid, round integer) returns table (id uuid, name text, address text, shared_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select s.id, nullif(trim(p.first_name || ' ' || p.last_name), ''), s.address, s.shared_at
  from practice.shares s join practice.rounds r on r.session_id = s.session_id and r.number = s.round
    left join practice.profiles p on p.user_id = s.person_id and p.user_id <> all (array(select private.my_blocked()))
  where s.session_id = shares_of.session and s.round = shares_of.round and r.candidate_id = (select auth.uid())
  order by s.shared_at, s.id
$$;
revoke all on function private.shares_of(uuid, integer) from public;
grant execute on function private.shares_of(uuid, integer) to authenticated;

-- What others show me: by whom, which case, how it was rated. Not what the case says, nor anybody's words about it: that is opened below,
-- knowingly. Who played the patient is not named: their name is theirs.
create function private.shared_with_me(share uuid default null)
returns table (id uuid, shared_at timestamptz, from_id uuid, from_name text, from_avatar text, session_id uuid, round integer, case_id uuid,
  case_name text, category text, content_note text, format text, began_at timestamptz, marked_by text, rating integer, scores jsonb, known boolean)
language sql stable security definer set search_path = '' as $$
  select s.id, s.shared_at, p.user_id, trim(p.first_name || ' ' || p.last_name), p.avatar, s.session_id, s.round, c.id, c.case_name, c.category,
    c.content_note, m.format, r.reading_at, case when r.actor_id is null then 'self' else 'partner' end, x.rating::integer,
    coalesce((select jsonb_object_agg(o.domain, o.points) from practice.scores o where o.session_id = s.session_id and o.round = s.round), '{}'),
    c.id in (select private.cases_known_to((select auth.uid()))) or exists (
      select from practice.disclosures d join practice.rounds o on o.session_id = d.session_id and o.number = d.round
      where d.person_id = (select auth.uid()) and d.text = 'markscheme' and o.case_id = c.id)
  from practice.shares s
    join practice.sheets x on x.session_id = s.session_id and x.round = s.round and x.submitted_at is not null
    join practice.rounds r on r.session_id = s.session_id and r.number = s.round
    join practice.practice_sessions m on m.id = s.session_id
    join practice.cases c on c.id = r.case_id
    join practice.profiles p on p.user_id = r.candidate_id and p.left_at is null
  where (select auth.uid()) is not null and (s.person_id = (select auth.uid()) or s.address = (select private.my_address()))
    and s.cut_at is null and r.candidate_id <> (select auth.uid()) and r.candidate_id <> all (array(select private.my_blocked()))
    and (shared_with_me.share is null or s.id = shared_with_me.share)
  order by s.shared_at desc, s.id
$$;
revoke all on function private.shared_with_me(uuid) from public;
grant execute on function private.shared_with_me(uuid) to authenticated;

-- The whole of a shared sheet gives its case away, and so it is opened like a markscheme: by somebody who has opened it already or knows
-- the case by writing or checking it, or says that they want to; on record; and not while they are its candidate (not_yet).
create function private.open_shared(share uuid, knowing boolean default false)
returns table (condition text, checklist jsonb, words text) language plpgsql volatile security definer set search_path = '' as $$
declare
  shown record;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  select * into shown from private.shared_with_me(open_shared.share);
  if not found then perform private.refuse('no_such_share'); end if;
  if private.is_candidate_elsewhere(shown.case_id) then perform private.refuse('not_yet'); end if;
  if not shown.known then
    if open_shared.knowing is not true then perform private.refuse('gives_the_case_away'); end if;
    perform private.must_appear_in_practice();
  end if;
  insert into practice.disclosures (session_id, round, person_id, text)
  select shown.session_id, shown.round, p.user_id, 'markscheme' from practice.profiles p where p.user_id = auth.uid() and p.left_at is null
  on conflict do nothing;
  return query
    select c.condition, coalesce((
        select jsonb_agg(jsonb_build_object('id', i.id, 'domain', i.domain, 'words', i.words, 'weight', i.weight,
          'safety_critical', i.safety_critical, 'ticked', t.item_id is not null) order by i.position)
        from practice.checklist_items i
          left join practice.ticks t on t.session_id = x.session_id and t.round = x.round and t.item_id = i.id
        where i.case_id = c.id and i.used_from <= r.reading_at and (i.used_until is null or i.used_until > r.reading_at)), '[]'),
      x.words
    from practice.sheets x join practice.rounds r on r.session_id = x.session_id and r.number = x.round join practice.cases c on c.id = r.case_id
    where x.session_id = shown.session_id and x.round = shown.round;
end $$;
revoke all on function private.open_shared(uuid, boolean) from public;
grant execute on function private.open_shared(uuid, boolean) to authenticated;

-- A block ends what the two have shown each other, for good. The row stays, else whoever has shown something would learn from its going
-- that they are blocked. After private.practice_partners_part, which locks both: triggers go by their names.
create function private.practice_shares_are_cut() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  update practice.shares s set cut_at = clock_timestamp()
  from practice.rounds r, (values (new.blocker_id, new.blocked_id), (new.blocked_id, new.blocker_id)) pair (giver, taker)
  where r.session_id = s.session_id and r.number = s.round and r.candidate_id = pair.giver and s.cut_at is null
    and (s.person_id = pair.taker or s.address = (select lower(u.email) from auth.users u where u.id = pair.taker));
  return null;
end $$;
revoke all on function private.practice_shares_are_cut() from public;
create trigger practice_shares_are_cut after insert on safety.blocks for each row execute function private.practice_shares_are_cut();

-- Whoever has it open hears that what is shown to them is other than it was, and asks again: shown, taken back, or cut.
create function private.share_is_heard() returns trigger language plpgsql volatile security definer set search_path = '' as $$
declare
  share practice.shares;
begin
  if tg_op = 'DELETE' then share := old; else share := new; end if;
  perform private.emit_to(array(
    select share.person_id where share.person_id is not null
    union select u.id from auth.users u where u.email = share.address and not u.is_sso_user and u.email_confirmed_at is not null), 'practice.shares-changed');
  return null;
end $$;
revoke all on function private.share_is_heard() from public;
create trigger share_is_heard after insert or update or delete on practice.shares for each row execute function private.share_is_heard();

-- What was shown to somebody who leaves, by whichever name. Asked while their account still has its address.
create function private.forget_shares(person uuid) returns void language sql volatile security definer set search_path = '' as $$
  delete from practice.shares s where s.person_id = forget_shares.person
    or s.address = (select lower(u.email) from auth.users u where u.id = forget_shares.person)
$$;
revoke all on function private.forget_shares(uuid) from public;
grant execute on function private.forget_shares(uuid) to service_role;
