-- What came with Vivavoce, so that a later version can bring it up to date where nobody has touched it, and leaves alone what
-- people changed or took away. Nobody but the owner reads or writes it: `npm run content` acts as the owner, as migrations do, and
-- so needs no administrator's account. What is shipped has an author by name and none by account.
create table practice.shipped (
  kind        text not null,
  key         text not null,               -- a case's or a format's id
  -- Of what was shipped, as case_as_file or format_as_file has it: whoever changes these renews the fingerprints that were right before.
  fingerprint text not null,
  shipped_at  timestamptz not null default now(),
  primary key (kind, key),
  constraint kind_is_known check (kind in ('case', 'format'))
);
alter table practice.shipped enable row level security;
revoke all on practice.shipped from anon, authenticated, service_role;

create function private.fingerprint(file jsonb) returns text language sql immutable set search_path = '' as $$
  select encode(sha256(convert_to(fingerprint.file::text, 'UTF8')), 'hex')
$$;
revoke all on function private.fingerprint(jsonb) from public;

-- made: it was not here; updated: it was, untouched; same: it is as it is shipped already; kept: people changed it or took it away.
create function private.shipping(kind text, key text, present jsonb, file jsonb) returns text language sql stable set search_path = '' as $$
  select case
    when shipping.present = shipping.file then 'same'
    when shipping.present is null and s.fingerprint is null then 'made'
    when s.fingerprint = private.fingerprint(shipping.present) then 'updated'
    else 'kept' end
  from (select) here left join practice.shipped s on s.kind = shipping.kind and s.key = shipping.key
$$;
revoke all on function private.shipping(text, text, jsonb, jsonb) from public;

create function private.has_shipped(kind text, key text, file jsonb) returns void language sql volatile set search_path = '' as $$
  insert into practice.shipped as s (kind, key, fingerprint) values (has_shipped.kind, has_shipped.key, private.fingerprint(has_shipped.file))
  on conflict (kind, key) do update set fingerprint = excluded.fingerprint, shipped_at = now() where s.fingerprint <> excluded.fingerprint
$$;
revoke all on function private.has_shipped(text, text, jsonb) from public;

-- One case. It is published when it is new; one that was withdrawn here stays withdrawn. Its signatures are for the edition before.
create function private.ship_case(file jsonb) returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  the_case uuid := (ship_case.file ->> 'id')::uuid;
  words jsonb := ship_case.file - 'id';
  done text;
begin
  perform from practice.cases c where c.id = the_case for update;
  done := private.shipping('case', the_case::text, private.case_as_file(the_case), words);
  if done in ('made', 'updated') then
    perform private.put_case(the_case, words);
    if private.case_as_file(the_case) is distinct from words then raise exception 'case % does not come out as it went in', the_case; end if;
  end if;
  if done = 'made' then update practice.cases c set published_at = now() where c.id = the_case; end if;
  if done <> 'kept' then perform private.has_shipped('case', the_case::text, words); end if;
  return done;
end $$;
revoke all on function private.ship_case(jsonb) from public;

create function private.format_as_file(format text) returns jsonb language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('name', f.name, 'words', f.words, 'rating', f.rating, 'position', f.position,
    'phases', coalesce((select jsonb_agg(jsonb_build_object('phase', p.phase, 'seconds', p.seconds, 'bells', p.bells)
      order by array_position(array['reading', 'running', 'marking', 'feedback'], p.phase)) from practice.format_phases p where p.format = f.id), '[]'),
    'scales', coalesce((select jsonb_agg(jsonb_build_object('domain', s.domain, 'points', s.points) order by s.position, s.domain)
      from practice.format_scales s where s.format = f.id), '[]'))
  from practice.formats f where f.id = format_as_file.format
$$;
revoke all on function private.format_as_file(text) from public;

-- One format. A score is a place on a scale: where somebody was marked on one, its points keep their meaning, and a better scale
-- comes as a format with another id. Phases may change, for a round has its own plan.
create function private.ship_format(file jsonb) returns text language plpgsql volatile security definer set search_path = '' as $$
declare
  slug text := ship_format.file ->> 'id';
  words jsonb := ship_format.file - 'id';
  present jsonb;
  done text;
begin
  perform from practice.formats f where f.id = slug for update;
  present := private.format_as_file(slug);
  done := private.shipping('format', slug, present, words);
  if done = 'updated' and (present -> 'rating', present -> 'scales') is distinct from (words -> 'rating', words -> 'scales') and exists (
    select from practice.sheets x join practice.practice_sessions s on s.id = x.session_id where s.format = slug) then
    done := 'kept';
  end if;
  if done in ('made', 'updated') then
    insert into practice.formats (id, name, words, rating, position)
    select slug, f.name, f.words, f.rating, f.position from jsonb_to_record(words) as f (name text, words text, rating text[], position integer)
    on conflict (id) do update set name = excluded.name, words = excluded.words, rating = excluded.rating, position = excluded.position;
    delete from practice.format_phases p where p.format = slug;
    insert into practice.format_phases (format, phase, seconds, bells)
    select slug, p.phase, p.seconds, p.bells from jsonb_to_recordset(words -> 'phases') as p (phase text, seconds integer, bells integer[]);
    delete from practice.format_scales s where s.format = slug;
    insert into practice.format_scales (format, domain, position, points)
    select slug, s.item ->> 'domain', s.nth - 1, array(select jsonb_array_elements_text(s.item -> 'points'))
    from jsonb_array_elements(words -> 'scales') with ordinality s (item, nth);
  end if;
  if done <> 'kept' then perform private.has_shipped('format', slug, words); end if;
  return done;
end $$;
revoke all on function private.ship_format(jsonb) from public;
