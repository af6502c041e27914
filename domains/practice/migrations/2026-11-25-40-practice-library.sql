-- What a library knows of a case beside its texts: for whom it is, in which formats it can be played, what may distress. Listable,
-- because somebody chooses by it before anything is opened; so none of it may give the condition away.
alter table practice.cases
  add column level        text not null default 'any',
  add column formats      text[] not null default '{}',    -- none: any; that they exist is checked by whatever writes them
  add column content_note text not null default '',
  add column author       text not null default '',        -- as its file names them, which need not be somebody with an account
  add column file_version integer not null default 1,      -- as its file counts; the edition counts what happened here
  add column synonyms     text[] not null default '{}',    -- what else would give the condition away, and so as secret
  add constraint level_is_known check (level in ('any', 'student', 'foundation', 'core', 'higher')),
  add constraint formats_are_few check (cardinality(formats) <= 20 and array_position(formats, null) is null),
  add constraint content_note_is_short check (length(content_note) <= 300),
  add constraint author_is_short check (length(author) <= 120),
  add constraint file_version_counts_up check (file_version between 1 and 999999),
  add constraint synonyms_are_few check (cardinality(synonyms) <= 20 and array_position(synonyms, null) is null),
  add constraint note_gives_the_case_away check (strpos(
    ' ' || regexp_replace(lower(content_note), '[^[:alnum:]]+', ' ', 'g') || ' ',
    trim(regexp_replace(lower(condition), '[^[:alnum:]]+', ' ', 'g'))) = 0);
grant select (level, formats, content_note, author, file_version) on practice.cases to anon, authenticated, service_role;

-- An item says what it takes to earn it, and on which lines of the actor brief it rests: nobody can ask for what no actor knows.
-- A sheet is about the items as they were when its round began. So an item that was in use is never rewritten: the next one takes
-- its place from a certain instant on, and the old one stays for the sheets it belongs to.
alter table practice.checklist_items
  add column kind       text not null default 'does',
  add column rests_on   text[] not null default '{}',
  add column used_from  timestamptz not null default '-infinity',
  add column used_until timestamptz,
  add constraint kind_is_known check (kind in ('asks', 'says', 'does')),
  add constraint rests_on_lines check (cardinality(rests_on) <= 20 and array_position(rests_on, null) is null),
  add constraint used_from_before_until check (used_until >= used_from);
alter table practice.checklist_items drop constraint place_is_taken;
create unique index place_is_taken on practice.checklist_items (case_id, position) where used_until is null;
create index checklist_items_case_idx on practice.checklist_items (case_id, position);

-- As before, with the items of that hour.
create or replace function private.see_sheet(session uuid, round integer default null)
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
        from practice.rounds r
          join practice.checklist_items i on i.case_id = r.case_id and i.used_from <= r.reading_at
            and (i.used_until is null or i.used_until > r.reading_at)
          left join practice.ticks t on t.session_id = sheet.session_id and t.round = sheet.round and t.item_id = i.id
        where r.session_id = see_sheet.session and r.number = part.number), '[]'),
      shown,
      case when shown then coalesce((select jsonb_object_agg(x.domain, x.points) from practice.scores x
        where x.session_id = sheet.session_id and x.round = sheet.round), '{}') end,
      case when shown then sheet.rating::integer end, case when shown then coalesce(sheet.words, '') end, sheet.submitted_at;
end $$;

-- Authors and reviewers, and not while they are the candidate with this very case.
create function private.must_know_the_case(case_id uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from practice.case_authors a where a.case_id = must_know_the_case.case_id and a.person_id = auth.uid())
    and not exists (select from practice.case_reviewers a where a.case_id = must_know_the_case.case_id and a.person_id = auth.uid()) then
    perform private.refuse('not_your_case');
  end if;
  if private.is_candidate_elsewhere(must_know_the_case.case_id) then perform private.refuse('not_yet'); end if;
end $$;
revoke all on function private.must_know_the_case(uuid) from public;

-- As before, with the items in use.
create or replace function private.read_case(case_id uuid) returns table (id uuid, edition integer, category text, condition text, case_name text, domain text,
  candidate_brief text, actor_brief text, markscheme text, checklist jsonb, published_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_know_the_case(read_case.case_id);
  return query
    select c.id, c.edition, c.category, c.condition, c.case_name, c.domain, c.candidate_brief, c.actor_brief, c.markscheme,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'position', i.position, 'domain', i.domain, 'words', i.words, 'weight', i.weight,
        'safety_critical', i.safety_critical) order by i.position) from practice.checklist_items i
        where i.case_id = c.id and i.used_until is null), '[]'), c.published_at
    from practice.cases c where c.id = read_case.case_id;
end $$;
