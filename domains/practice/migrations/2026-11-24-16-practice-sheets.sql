-- The sheet of a round: who plays the actor marks it, who plays alone marks themselves. Ticks and scores are rows, written one by
-- one while the station runs, so that a reload or a kill loses none. They point at items of the markscheme and say how somebody
-- is doing, so nothing of them is granted to people: the marker reads them by private.see_sheet, the candidate once it is submitted
-- and the feedback has begun.
create table practice.sheets (
  session_id   uuid not null,
  round        integer not null,
  case_id      uuid not null,
  marker_id    uuid not null references practice.profiles,
  rating       smallint,                 -- the global one: the place of a word of the format's, from 0
  words        text not null default '',
  submitted_at timestamptz,
  primary key (session_id, round),
  constraint sheet_is_of_one_case unique (session_id, round, case_id),
  constraint sheet_of_a_round foreign key (session_id, round, case_id) references practice.rounds (session_id, number, case_id),
  constraint rating_is_a_place check (rating between 0 and 9),
  constraint words_are_short check (length(words) <= 4000),
  constraint submitted_as_a_whole check (submitted_at is null or rating is not null)
);
alter table practice.sheets enable row level security;
revoke all on practice.sheets from anon, authenticated, service_role;
create index sheets_round_idx on practice.sheets (session_id, round, case_id);
create index sheets_marker_idx on practice.sheets (marker_id);
create policy "the server sees sheets" on practice.sheets for select to service_role using (true);
grant select on practice.sheets to service_role;

-- An item that was seen to be done. Of this round's case and no other's: two keys that meet in case_id say so.
create table practice.ticks (
  session_id uuid not null,
  round      integer not null,
  case_id    uuid not null,
  item_id    uuid not null,
  ticked_at  timestamptz not null default clock_timestamp(),
  primary key (session_id, round, item_id),
  constraint tick_on_a_sheet foreign key (session_id, round, case_id) references practice.sheets (session_id, round, case_id),
  constraint no_such_item foreign key (case_id, item_id) references practice.checklist_items (case_id, id)
);
alter table practice.ticks enable row level security;
revoke all on practice.ticks from anon, authenticated, service_role;
create index ticks_sheet_idx on practice.ticks (session_id, round, case_id);
create index ticks_item_idx on practice.ticks (case_id, item_id);
create policy "the server sees ticks" on practice.ticks for select to service_role using (true);
grant select on practice.ticks to service_role;

create table practice.scores (
  session_id uuid not null,
  round      integer not null,
  domain     text not null references practice.domains,
  points     smallint not null,
  primary key (session_id, round, domain),
  constraint score_on_a_sheet foreign key (session_id, round) references practice.sheets,
  constraint score_is_off_the_scale check (points between 0 and 9)
);
alter table practice.scores enable row level security;
revoke all on practice.scores from anon, authenticated, service_role;
create index scores_domain_idx on practice.scores (domain);
create policy "the server sees scores" on practice.scores for select to service_role using (true);
grant select on practice.scores to service_role;

-- The sheet in the marker's hand, locked; made with the first mark. What role and phase say here is what they say in disclose.
create function private.hold_sheet(session uuid, round integer) returns practice.sheets
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  sheet practice.sheets;
begin
  part := private.my_part(hold_sheet.session, hold_sheet.round);
  if part.role = 'candidate' then perform private.refuse('not_your_role'); end if;
  if (select s.type from practice.practice_sessions s where s.id = hold_sheet.session) <> 'mock' then
    perform private.refuse('nothing_to_mark');
  end if;
  if private.has_reached(part.reached, private.opens_in(part.role, 'markscheme', part.marked)) is not true then
    perform private.refuse('not_yet');
  end if;
  insert into practice.sheets (session_id, round, case_id, marker_id) values (hold_sheet.session, part.number, part.case_id, auth.uid())
  on conflict do nothing;
  select x.* into sheet from practice.sheets x where x.session_id = hold_sheet.session and x.round = part.number for update;
  if sheet.submitted_at is not null then perform private.refuse('sheet_is_submitted'); end if;
  return sheet;
end $$;
revoke all on function private.hold_sheet(uuid, integer) from public;

-- Ticking twice is ticking once, so a browser may send what it is not sure of again.
create function private.tick_item(session uuid, round integer, item uuid, ticked boolean default true) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  sheet practice.sheets := private.hold_sheet(tick_item.session, tick_item.round);
begin
  if tick_item.ticked then
    insert into practice.ticks (session_id, round, case_id, item_id) values (sheet.session_id, sheet.round, sheet.case_id, tick_item.item)
    on conflict do nothing;
  else
    delete from practice.ticks t where t.session_id = sheet.session_id and t.round = sheet.round and t.item_id = tick_item.item;
  end if;
end $$;
revoke all on function private.tick_item(uuid, integer, uuid, boolean) from public;
grant execute on function private.tick_item(uuid, integer, uuid, boolean) to authenticated;

create function private.score_domain(session uuid, round integer, domain text, points integer) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  sheet practice.sheets := private.hold_sheet(score_domain.session, score_domain.round);
  scale text[];
begin
  select f.points into scale from practice.format_scales f join practice.practice_sessions s on s.format = f.format
  where s.id = sheet.session_id and f.domain = score_domain.domain;
  if not found then perform private.refuse('no_such_scale'); end if;
  if (score_domain.points between 0 and cardinality(scale) - 1) is not true then perform private.refuse('score_is_off_the_scale'); end if;
  insert into practice.scores (session_id, round, domain, points) values (sheet.session_id, sheet.round, score_domain.domain, score_domain.points)
  on conflict on constraint scores_pkey do update set points = excluded.points;
end $$;
revoke all on function private.score_domain(uuid, integer, text, integer) from public;
grant execute on function private.score_domain(uuid, integer, text, integer) to authenticated;

-- Handed in as a whole and for good: every scale, the global rating, and words. Not before the station is over.
create function private.submit_sheet(session uuid, round integer, rating integer, words text default '') returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  sheet practice.sheets := private.hold_sheet(submit_sheet.session, submit_sheet.round);
  part record := private.my_part(submit_sheet.session, submit_sheet.round);
begin
  if private.has_reached(part.reached, case when part.marked then 'marking' else 'feedback' end) is not true then
    perform private.refuse('not_yet');
  end if;
  if (submit_sheet.rating between 0 and (
    select cardinality(f.rating) - 1 from practice.formats f join practice.practice_sessions s on s.format = f.id
    where s.id = sheet.session_id)) is not true then
    perform private.refuse('rating_is_off_the_scale');
  end if;
  if exists (select from practice.format_scales f join practice.practice_sessions s on s.format = f.format
    where s.id = sheet.session_id and not exists (
      select from practice.scores x where x.session_id = sheet.session_id and x.round = sheet.round and x.domain = f.domain)) then
    perform private.refuse('sheet_is_not_finished');
  end if;
  update practice.sheets x set rating = submit_sheet.rating, words = coalesce(submit_sheet.words, ''), submitted_at = clock_timestamp()
  where x.session_id = sheet.session_id and x.round = sheet.round;
end $$;
revoke all on function private.submit_sheet(uuid, integer, integer, text) from public;
grant execute on function private.submit_sheet(uuid, integer, integer, text) to authenticated;

-- The checklist with its ticks, in one row with the scores and the words. The checklist is the markscheme, so it is asked for as one:
-- whoever may not read that gets its refusal. The marks are the marker's until they are submitted.
create function private.see_sheet(session uuid, round integer default null)
returns table (number integer, checklist jsonb, marks boolean, scores jsonb, rating integer, words text, submitted_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  sheet practice.sheets;
  shown boolean;
begin
  perform private.disclose(see_sheet.session, 'markscheme', see_sheet.round);
  part := private.my_part(see_sheet.session, see_sheet.round);
  select x.* into sheet from practice.sheets x where x.session_id = see_sheet.session and x.round = part.number;
  shown := part.role <> 'candidate' or sheet.submitted_at is not null;
  return query
    select part.number, coalesce((
        select jsonb_agg(jsonb_build_object('id', i.id, 'domain', i.domain, 'words', i.words, 'weight', i.weight,
            'safety_critical', i.safety_critical)
          || case when shown then jsonb_build_object('ticked', t.item_id is not null) else '{}' end order by i.position)
        from practice.checklist_items i
          left join practice.ticks t on t.session_id = sheet.session_id and t.round = sheet.round and t.item_id = i.id
        where i.case_id = part.case_id), '[]'),
      shown,
      case when shown then coalesce((select jsonb_object_agg(x.domain, x.points) from practice.scores x
        where x.session_id = sheet.session_id and x.round = sheet.round), '{}') end,
      case when shown then sheet.rating::integer end, case when shown then coalesce(sheet.words, '') end, sheet.submitted_at;
end $$;
revoke all on function private.see_sheet(uuid, integer) from public;
grant execute on function private.see_sheet(uuid, integer) to authenticated;
