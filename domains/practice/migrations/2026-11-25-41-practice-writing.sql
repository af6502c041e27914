-- A case comes and goes as one file (domains/practice/cases/case-file.ts says how it is written): what goes in by put_case comes
-- out by case_as_file, to the letter. Both are for the functions below and for shipping; nobody is granted either.
create function private.case_as_file(case_id uuid) returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('name', c.case_name, 'category', c.category, 'domain', c.domain, 'level', c.level, 'formats', c.formats,
    'condition', c.condition, 'synonyms', c.synonyms, 'content_note', c.content_note, 'author', c.author, 'version', c.file_version,
    'candidate_brief', c.candidate_brief, 'actor_brief', c.actor_brief, 'markscheme', c.markscheme,
    'checklist', coalesce((
      select jsonb_agg(jsonb_build_object('domain', i.domain, 'kind', i.kind, 'weight', i.weight, 'safety_critical', i.safety_critical,
        'words', i.words, 'rests_on', i.rests_on) order by i.position)
      from practice.checklist_items i where i.case_id = c.id and i.used_until is null), '[]'))
  from practice.cases c where c.id = case_as_file.case_id
$$;
revoke all on function private.case_as_file(uuid) from public;

-- Makes or rewrites a case. Whoever begins a round with it waits for the row, and so has the old list or the new one, never a mixture.
create function private.put_case(case_id uuid, file jsonb) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  told record;
  is_new boolean;
  was_played boolean;
  first_list boolean;
  item record;
  -- The instant from which the new items hold: later than the beginning of every round that has seen the old ones.
  from_now timestamptz;
begin
  select * into told from jsonb_to_record(put_case.file) as f (name text, category text, domain text, level text, formats text[], condition text,
    synonyms text[], content_note text, author text, version integer, candidate_brief text, actor_brief text, markscheme text, checklist jsonb);
  if exists (select from unnest(told.formats) f (id) where not exists (select from practice.formats x where x.id = f.id)) then
    perform private.refuse('no_such_format');
  end if;
  if exists (
    select told.domain union select i ->> 'domain' from jsonb_array_elements(told.checklist) i
    except select d.key from practice.domains d) then
    perform private.refuse('no_such_domain');
  end if;

  perform from practice.cases c where c.id = put_case.case_id for update;
  is_new := not found;
  insert into practice.cases as c (id, case_name, category, domain, level, formats, condition, synonyms, content_note, author, file_version,
    candidate_brief, actor_brief, markscheme)
  values (put_case.case_id, told.name, told.category, told.domain, told.level, told.formats, told.condition, told.synonyms, told.content_note,
    told.author, told.version, told.candidate_brief, told.actor_brief, told.markscheme)
  on conflict (id) do update set case_name = excluded.case_name, category = excluded.category, domain = excluded.domain, level = excluded.level,
    formats = excluded.formats, condition = excluded.condition, synonyms = excluded.synonyms, content_note = excluded.content_note,
    author = excluded.author, file_version = excluded.file_version, candidate_brief = excluded.candidate_brief,
    actor_brief = excluded.actor_brief, markscheme = excluded.markscheme;

  was_played := exists (select from practice.rounds r where r.case_id = put_case.case_id);
  first_list := not exists (select from practice.checklist_items i where i.case_id = put_case.case_id);
  from_now := case when was_played then clock_timestamp() else '-infinity' end;
  -- Those that are in the list no longer, or another way or at another place.
  for item in
    select i.id from practice.checklist_items i
    where i.case_id = put_case.case_id and i.used_until is null and jsonb_build_object('domain', i.domain, 'kind', i.kind, 'weight', i.weight,
      'safety_critical', i.safety_critical, 'words', i.words, 'rests_on', i.rests_on) is distinct from told.checklist -> (i.position - 1)
  loop
    if was_played then
      update practice.checklist_items i set used_until = from_now where i.id = item.id;
    else
      delete from practice.checklist_items i where i.id = item.id;
    end if;
  end loop;
  insert into practice.checklist_items (id, case_id, position, domain, kind, weight, safety_critical, words, rests_on, used_from)
  -- The first list of a case has the same ids wherever it is loaded.
  select case when first_list then overlay(put_case.case_id::text placing lpad(l.position::text, 4, '0') from 25 for 4)::uuid else gen_random_uuid() end,
    put_case.case_id, l.position, f.domain, f.kind, f.weight, f.safety_critical, f.words, f.rests_on, from_now
  from jsonb_array_elements(told.checklist) with ordinality l (item, position),
    jsonb_to_record(l.item) as f (domain text, kind text, weight smallint, safety_critical boolean, words text, rests_on text[])
  where not exists (select from practice.checklist_items i where i.case_id = put_case.case_id and i.used_until is null and i.position = l.position);
  -- Each item counted as a change. Nobody can have signed what was not there: a new case begins with its first edition.
  if is_new then update practice.cases c set edition = 1 where c.id = put_case.case_id; end if;
end $$;
revoke all on function private.put_case(uuid, jsonb) from public;

-- For its authors and reviewers: a case as they may take it with them.
create function private.case_file(case_id uuid) returns jsonb language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_know_the_case(case_file.case_id);
  return private.case_as_file(case_file.case_id) || jsonb_build_object('id', case_file.case_id);
end $$;
revoke all on function private.case_file(uuid) from public;
grant execute on function private.case_file(uuid) to authenticated;

-- A new case, as a draft, is brought by an administrator, who is its author until they ask somebody else; a draft is rewritten by its
-- authors. What is published is not rewritten under the hands of those who play it: it is withdrawn first.
create function private.write_case(case_id uuid, edition integer, file jsonb, out id uuid, out is_edition integer)
language plpgsql volatile security definer set search_path = '' as $$
declare
  present practice.cases;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if write_case.case_id is null then
    if not private.is_admin() then perform private.refuse('administrators_only'); end if;
    id := gen_random_uuid();
    perform private.put_case(id, write_case.file);
    insert into practice.case_authors (case_id, person_id) values (id, auth.uid());
  else
    id := write_case.case_id;
    if not exists (select from practice.case_authors a where a.case_id = id and a.person_id = auth.uid()) then perform private.refuse('not_your_case'); end if;
    select c.* into present from practice.cases c where c.id = write_case.case_id for update;
    if present.published_at is not null then perform private.refuse('case_is_published'); end if;
    if present.edition is distinct from write_case.edition then perform private.refuse('case_has_changed'); end if;
    perform private.put_case(id, write_case.file);
  end if;
  select c.edition into is_edition from practice.cases c where c.id = write_case.id;
end $$;
revoke all on function private.write_case(uuid, integer, jsonb) from public;
grant execute on function private.write_case(uuid, integer, jsonb) to authenticated;

create function private.ask_to_write(case_id uuid, person uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('practice.author-asked', ask_to_write.person, ask_to_write.reason, jsonb_build_object('case', ask_to_write.case_id));
  perform private.must_be_here(ask_to_write.person);
  if not exists (select from practice.cases c where c.id = ask_to_write.case_id) then perform private.refuse('no_such_case'); end if;
  if exists (select from practice.case_reviewers a where a.case_id = ask_to_write.case_id and a.person_id = ask_to_write.person) then
    perform private.refuse('nobody_reviews_their_own_case');
  end if;
  insert into practice.case_authors (case_id, person_id) values (ask_to_write.case_id, ask_to_write.person) on conflict do nothing;
end $$;
revoke all on function private.ask_to_write(uuid, uuid, text) from public;
grant execute on function private.ask_to_write(uuid, uuid, text) to authenticated;

-- What people wrote is read by a clinician before anybody plays it. An author's own signature cannot be: sign_case refuses it.
create function private.publish_case(case_id uuid, edition integer, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  present practice.cases;
begin
  perform private.administer('practice.case-published', null, publish_case.reason, jsonb_build_object('case', publish_case.case_id));
  select c.* into present from practice.cases c where c.id = publish_case.case_id for update;
  if not found then perform private.refuse('no_such_case'); end if;
  if present.edition is distinct from publish_case.edition then perform private.refuse('case_has_changed'); end if;
  if not exists (select from practice.case_signatures s where s.case_id = present.id and s.edition = present.edition and s.review_by >= current_date) then
    perform private.refuse('case_is_not_reviewed');
  end if;
  update practice.cases c set published_at = coalesce(c.published_at, now()) where c.id = present.id;
end $$;
revoke all on function private.publish_case(uuid, integer, text) from public;
grant execute on function private.publish_case(uuid, integer, text) to authenticated;

-- Nobody begins with it any more; what has begun goes on.
create function private.withdraw_case(case_id uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('practice.case-withdrawn', null, withdraw_case.reason, jsonb_build_object('case', withdraw_case.case_id));
  update practice.cases c set published_at = null where c.id = withdraw_case.case_id;
  if not found then perform private.refuse('no_such_case'); end if;
end $$;
revoke all on function private.withdraw_case(uuid, text) from public;
grant execute on function private.withdraw_case(uuid, text) to authenticated;
