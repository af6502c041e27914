-- What the library's pages show of a case beside its name: whether I know it already, and how often I had it.

-- Cases of which I have opened something, in whatever part. What surprises somebody (private.surprising_case) goes by the same.
create function private.cases_i_opened() returns table (case_id uuid, opened_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.case_id, min(d.opened_at)
  from practice.disclosures d join practice.rounds r on r.session_id = d.session_id and r.number = d.round
  where d.person_id = (select auth.uid()) group by r.case_id
$$;
revoke all on function private.cases_i_opened() from public;

-- As before, and narrowed to what I never opened and to what a clinician has signed. Still planned anew each time.
drop function private.published_cases(text, text, text, text, text, text, uuid, integer);
create function private.published_cases(search text default '', only_category text default null, only_domain text default null,
  only_level text default null, only_format text default null, after_name text default null, after uuid default null, most integer default 50,
  only_new boolean default false, only_reviewed boolean default false)
returns table (id uuid, case_name text, category text, domain text, level text, formats text[], content_note text, author text, name_key text,
  named_as text, signed_on date, review_by date, opened boolean)
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan as $$
declare
  many integer := least(greatest(published_cases.most, 0), 101);
  said text[] := array(select w from regexp_split_to_table(lower(trim(published_cases.search)), '\s+') w where w <> '' order by length(w) desc);
  patterns text[] := array(select '%' || regexp_replace(w, '([\\%_])', '\\\1', 'g') || '%' from unnest(said[2:]) w);
  known uuid[] := case when (select auth.uid()) is null then '{}' else array(select o.case_id from private.cases_i_opened() o) end;
begin
  return query
    select c.id, c.case_name, c.category, c.domain, c.level, c.formats, c.content_note, c.author, f.name_key, s.named_as, s.signed_on, s.review_by,
      c.id = any (known)
    from (
      select x.id, x.name_key from practice.cases x
      where x.published_at is not null
        and (published_cases.only_category is null or x.category = published_cases.only_category)
        and (published_cases.only_domain is null or x.domain = published_cases.only_domain)
        and (published_cases.only_level is null or x.level in (published_cases.only_level, 'any'))
        and (published_cases.only_format is null or x.formats = '{}' or published_cases.only_format = any (x.formats))
        and (said = '{}' or strpos(x.name_key, said[1]) > 0)   -- the longest word first, by the fastest way there is to look for one
        and (patterns = '{}' or x.name_key like all (patterns))
        and (not published_cases.only_new or x.id <> all (known))
        and (not published_cases.only_reviewed or exists (
          select from practice.case_signatures y where y.case_id = x.id and y.edition = x.edition and y.review_by >= current_date))
        and (published_cases.after_name is null or (x.name_key, x.id) > (published_cases.after_name, published_cases.after))
      order by x.name_key, x.id limit many
    ) f
      join practice.cases c on c.id = f.id
      left join lateral (
        select x.named_as, x.signed_on, x.review_by from practice.case_signatures x
        where x.case_id = c.id and x.edition = c.edition and x.review_by >= current_date order by x.signed_on desc, x.person_id limit 1
      ) s on true
    order by f.name_key, f.id;
end $$;
revoke all on function private.published_cases(text, text, text, text, text, text, uuid, integer, boolean, boolean) from public;
grant execute on function private.published_cases(text, text, text, text, text, text, uuid, integer, boolean, boolean) to anon, authenticated;

-- One case as the library shows it, and what I have to do with it: nothing of its texts. A draft is there for those who write, check and
-- administrate it. When I had it: whoever plays a surprise knows its brief by then, and a case's name gives nothing away.
create function private.case_for_me(case_id uuid)
returns table (id uuid, case_name text, category text, domain text, level text, formats text[], content_note text, author text, file_version integer,
  published boolean, named_as text, signed_on date, review_by date, part text, opened_at timestamptz, as_candidate integer, as_actor integer, last_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  my_part text := case
    when exists (select from practice.case_authors a where a.case_id = case_for_me.case_id and a.person_id = me) then 'author'
    when exists (select from practice.case_reviewers a where a.case_id = case_for_me.case_id and a.person_id = me) then 'reviewer' end;
begin
  return query
    select c.id, c.case_name, c.category, c.domain, c.level, c.formats, c.content_note, c.author, c.file_version, c.published_at is not null,
      s.named_as, s.signed_on, s.review_by, my_part,
      (select o.opened_at from private.cases_i_opened() o where o.case_id = c.id),
      had.as_candidate, had.as_actor, had.last_at
    from practice.cases c
      left join lateral (
        select x.named_as, x.signed_on, x.review_by from practice.case_signatures x
        where x.case_id = c.id and x.edition = c.edition and x.review_by >= current_date order by x.signed_on desc, x.person_id limit 1
      ) s on true
      cross join lateral (
        select (count(*) filter (where r.candidate_id = me))::integer as as_candidate, (count(*) filter (where r.actor_id = me))::integer as as_actor,
          max(r.reading_at) as last_at
        from practice.rounds r where r.case_id = c.id and me in (r.candidate_id, r.actor_id)
      ) had
    where c.id = case_for_me.case_id and (c.published_at is not null or my_part is not null or (me is not null and private.is_admin()));
  if not found then perform private.refuse('no_such_case'); end if;
end $$;
revoke all on function private.case_for_me(uuid) from public;
grant execute on function private.case_for_me(uuid) to anon, authenticated;
