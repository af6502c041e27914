-- What a case said when a round with it began. A case that is withdrawn is a draft again, and whoever has played it is none of those who
-- write and check it: what it says next is not theirs to read. Nor does anything change under two who are in the middle of a station. The
-- checklist was kept so from the beginning (practice.checklist_items).
create function private.case_as_played(session uuid, round integer) returns jsonb language sql stable security definer set search_path = '' as $$
  select coalesce(
    (select v.file from practice.case_versions v where v.case_id = r.case_id and v.written_at <= r.reading_at order by v.number desc limit 1),
    (select v.file from practice.case_versions v where v.case_id = r.case_id and v.number = 1),   -- what was there before anybody rewrote it
    (select '{}'::jsonb where exists (select from practice.case_versions v where v.case_id = r.case_id)),   -- rewritten fifty times since: kept no longer
    (select jsonb_build_object('candidate_brief', c.candidate_brief, 'actor_brief', c.actor_brief, 'condition', c.condition, 'markscheme', c.markscheme)
      from practice.cases c where c.id = r.case_id))
  from practice.rounds r where r.session_id = case_as_played.session and r.number = case_as_played.round
$$;
revoke all on function private.case_as_played(uuid, integer) from public;

-- As before, but for that.
create or replace function private.disclose(session uuid, text text default null, round integer default null) returns table (name text, words text)
language plpgsql volatile security definer set search_path = '' as $$
declare
  part record;
  asked text;
  only_the_brief boolean;
  played jsonb;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  part := private.my_view(disclose.session, disclose.round);
  if disclose.text not in ('candidate_brief', 'actor_brief', 'condition', 'markscheme') then perform private.refuse('no_such_text'); end if;
  only_the_brief := private.is_candidate_elsewhere(part.case_id, disclose.session, part.number);
  if disclose.text is not null and private.has_reached(part.reached, private.opens_in(part.role, disclose.text, part.marked)) is not true then
    perform private.refuse(case
      when part.role in ('candidate', 'observer') and private.has_reached(part.reached, private.opens_in('actor', disclose.text, part.marked)) then 'not_your_role'
      else 'not_yet' end);
  end if;
  if only_the_brief and disclose.text <> 'candidate_brief' then perform private.refuse('not_yet'); end if;
  played := private.case_as_played(disclose.session, part.number);
  foreach asked in array array['candidate_brief', 'actor_brief', 'condition', 'markscheme'] loop
    continue when asked <> disclose.text or (only_the_brief and asked <> 'candidate_brief')
      or private.has_reached(part.reached, private.opens_in(part.role, asked, part.marked)) is not true;
    insert into practice.disclosures (session_id, round, person_id, text) values (disclose.session, part.number, auth.uid(), asked)
    on conflict do nothing;
    return query select asked, coalesce(played ->> asked, '');
  end loop;
end $$;

create or replace function private.open_shared(share uuid, knowing boolean default false)
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
    select coalesce(private.case_as_played(x.session_id, x.round) ->> 'condition', ''), coalesce((
        select jsonb_agg(jsonb_build_object('id', i.id, 'domain', i.domain, 'words', i.words, 'weight', i.weight,
          'safety_critical', i.safety_critical, 'ticked', t.item_id is not null) order by i.position)
        from practice.checklist_items i
          left join practice.ticks t on t.session_id = x.session_id and t.round = x.round and t.item_id = i.id
        where i.case_id = c.id and i.used_from <= r.reading_at and (i.used_until is null or i.used_until > r.reading_at)), '[]'),
      x.words
    from practice.sheets x join practice.rounds r on r.session_id = x.session_id and r.number = x.round join practice.cases c on c.id = r.case_id
    where x.session_id = shown.session_id and x.round = shown.round;
end $$;
