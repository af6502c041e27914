-- How somebody is getting on: one row for each skill of each of their sheets that they may see, and one without a skill for the global
-- rating. As rows and not as averages, because what a page says of them is a rule of its own (what-next.ts), and rules are read better
-- there. Of the checklist only numbers: a line of it is as secret as the markscheme.
create function private.my_progress()
returns table (session_id uuid, round integer, began_at timestamptz, marked_by text, domain text, points integer, most integer, lines integer,
  done integer, critical integer, missed integer)
language sql stable security definer set search_path = '' as $$
  with mine as (
    select m.session_id, m.round, m.format, m.reading_at, x.case_id, x.rating, case m.role when 'alone' then 'self' else 'partner' end as marked_by
    from private.my_rounds() m
      join practice.sheets x on x.session_id = m.session_id and x.round = m.round and x.submitted_at is not null
    where m.role = 'alone' or (m.role = 'candidate' and m.reached = 'feedback')
  ), scored as (
    select m.session_id, m.round, s.domain, s.points::integer as points, cardinality(f.points) - 1 as most
    from mine m join practice.scores s on s.session_id = m.session_id and s.round = m.round
      join practice.format_scales f on f.format = m.format and f.domain = s.domain
  ), ticked as (
    select m.session_id, m.round, i.domain, count(*)::integer as lines, count(t.item_id)::integer as done,
      count(*) filter (where i.safety_critical)::integer as critical,
      count(*) filter (where i.safety_critical and t.item_id is null)::integer as missed
    from mine m
      join practice.checklist_items i on i.case_id = m.case_id and i.used_from <= m.reading_at and (i.used_until is null or i.used_until > m.reading_at)
      left join practice.ticks t on t.session_id = m.session_id and t.round = m.round and t.item_id = i.id
    group by m.session_id, m.round, i.domain
  ), by_skill as (
    select session_id, round, domain, s.points, s.most, t.lines, t.done, t.critical, t.missed
    from scored s full join ticked t using (session_id, round, domain)
  )
  select m.session_id, m.round, m.reading_at, m.marked_by, b.domain, b.points, b.most, coalesce(b.lines, 0), coalesce(b.done, 0),
    coalesce(b.critical, 0), coalesce(b.missed, 0)
  from mine m join by_skill b on b.session_id = m.session_id and b.round = m.round
  union all
  select m.session_id, m.round, m.reading_at, m.marked_by, null, m.rating::integer, cardinality(f.rating) - 1, 0, 0, 0, 0
  from mine m join practice.formats f on f.id = m.format
  order by 3, 1, 2, 5
$$;
revoke all on function private.my_progress() from public;
grant execute on function private.my_progress() to authenticated;

-- One case for each skill that is new to the asking person: published, and neither played, opened, written nor checked by them. Clinically
-- reviewed ones first. Nothing of it but what the library lists.
create function private.cases_new_to_me() returns table (domain text, case_id uuid, case_name text, category text, content_note text)
language sql stable security definer set search_path = '' as $$
  select distinct on (c.domain) c.domain, c.id, c.case_name, c.category, c.content_note
  from practice.cases c
    left join practice.case_signatures s on s.case_id = c.id and s.edition = c.edition and s.review_by >= current_date
  where (select auth.uid()) is not null and c.published_at is not null
    and c.id not in (select private.cases_known_to((select auth.uid())))
    and not exists (select from practice.rounds r where r.case_id = c.id and (r.candidate_id = (select auth.uid()) or r.actor_id = (select auth.uid())))
    and not exists (
      select from practice.disclosures d join practice.rounds r on r.session_id = d.session_id and r.number = d.round
      where r.case_id = c.id and d.person_id = (select auth.uid()))
  order by c.domain, s.person_id is null, c.name_key, c.id
$$;
revoke all on function private.cases_new_to_me() from public;
grant execute on function private.cases_new_to_me() to authenticated;

-- How those who were the candidate found me as the patient. Of somebody I am kept from since, nothing.
create function private.my_ratings() returns table (times integer, mean double precision)
language sql stable security definer set search_path = '' as $$
  select count(*)::integer, avg(x.rating)::double precision
  from practice.remarks x join practice.rounds r on r.session_id = x.session_id and r.number = x.round
  where r.actor_id = (select auth.uid()) and x.writer_id = r.candidate_id and x.rating is not null
    and x.writer_id <> all (array(select private.my_blocked()))
$$;
revoke all on function private.my_ratings() from public;
grant execute on function private.my_ratings() to authenticated;
