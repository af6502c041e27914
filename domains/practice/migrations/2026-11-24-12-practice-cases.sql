-- A case: two briefs and a markscheme. Whoever reads one column of a row could read all, so the texts and the condition, which is
-- the diagnosis, are granted to nobody, not even to the server: they come from private.disclose, which knows role and phase, and
-- for authors and reviewers from private.read_case.
create table practice.cases (
  id              uuid primary key default gen_random_uuid(),
  candidate_brief text not null,
  actor_brief     text not null,
  markscheme      text not null,
  category        text not null,
  condition       text not null,
  case_name       text not null,
  domain          text not null references practice.domains,
  edition         integer not null default 1,   -- counts how often the texts changed: a signature is for one edition
  published_at    timestamptz,                  -- null: a draft, or withdrawn
  constraint briefs_are_written check (length(candidate_brief) between 1 and 6000 and length(actor_brief) between 1 and 12000),
  constraint markscheme_is_written check (length(markscheme) between 1 and 12000),
  constraint category_is_short check (length(category) between 1 and 60),
  constraint condition_is_named check (length(condition) <= 120 and condition ~ '[[:alnum:]]'),
  constraint case_name_is_short check (length(case_name) between 1 and 80),
  -- Spelt in whatever way: "Acute-Asthma" gives "acute asthma" away too.
  constraint name_gives_the_case_away check (strpos(
    ' ' || regexp_replace(lower(case_name), '[^[:alnum:]]+', ' ', 'g') || ' ',
    trim(regexp_replace(lower(condition), '[^[:alnum:]]+', ' ', 'g'))) = 0)
);
alter table practice.cases enable row level security;
revoke all on practice.cases from anon, authenticated, service_role;
create index cases_domain_idx on practice.cases (domain);
create index cases_published_idx on practice.cases (published_at);
create policy "strangers see which cases there are" on practice.cases for select to anon using (published_at is not null);
create policy "people see which cases there are" on practice.cases for select to authenticated using (published_at is not null);
create policy "the server sees which cases there are" on practice.cases for select to service_role using (true);
grant select (id, category, case_name, domain) on practice.cases to anon, authenticated, service_role;

-- The markscheme as a list to tick. As secret as the markscheme, so nothing of it is granted.
create table practice.checklist_items (
  id              uuid primary key default gen_random_uuid(),
  case_id         uuid not null references practice.cases,
  position        integer not null,
  domain          text not null references practice.domains,
  words           text not null,
  weight          smallint not null default 1,
  safety_critical boolean not null default false,   -- left out, it fails the station whatever else was done
  constraint place_is_taken unique (case_id, position),
  constraint item_is_of_one_case unique (case_id, id),   -- for ticks, which say whose item they tick
  constraint words_are_short check (length(words) between 1 and 400),
  constraint weight_is_small check (weight between 1 and 10)
);
alter table practice.checklist_items enable row level security;
revoke all on practice.checklist_items from anon, authenticated, service_role;
create index checklist_items_domain_idx on practice.checklist_items (domain);

-- Somebody signed what they had read: after any change it has to be read again.
create function private.case_is_rewritten() returns trigger language plpgsql set search_path = '' as $$
begin
  if (old.candidate_brief, old.actor_brief, old.markscheme, old.condition, old.case_name)
    is distinct from (new.candidate_brief, new.actor_brief, new.markscheme, new.condition, new.case_name) then
    new.edition := old.edition + 1;
  end if;
  return new;
end $$;
revoke all on function private.case_is_rewritten() from public;
create trigger case_is_rewritten before update on practice.cases for each row execute function private.case_is_rewritten();

create function private.checklist_is_rewritten() returns trigger language plpgsql set search_path = '' as $$
begin
  update practice.cases c set edition = c.edition + 1 where c.id in (old.case_id, new.case_id);
  return null;
end $$;
revoke all on function private.checklist_is_rewritten() from public;
create trigger checklist_is_rewritten after insert or update or delete on practice.checklist_items for each row
  execute function private.checklist_is_rewritten();

-- Who wrote a case, and whom an administrator asked to check it.
create table practice.case_authors (
  case_id   uuid not null references practice.cases,
  person_id uuid not null references auth.users,
  since     timestamptz not null default now(),
  primary key (case_id, person_id)
);
alter table practice.case_authors enable row level security;
revoke all on practice.case_authors from anon, authenticated, service_role;
create index case_authors_person_idx on practice.case_authors (person_id);
create policy "people see which cases they wrote" on practice.case_authors for select to authenticated using (person_id = (select auth.uid()));
create policy "the server sees who wrote cases" on practice.case_authors for select to service_role using (true);
grant select on practice.case_authors to authenticated, service_role;

create table practice.case_reviewers (
  case_id   uuid not null references practice.cases,
  person_id uuid not null references auth.users,
  since     timestamptz not null default now(),
  primary key (case_id, person_id)
);
alter table practice.case_reviewers enable row level security;
revoke all on practice.case_reviewers from anon, authenticated, service_role;
create index case_reviewers_person_idx on practice.case_reviewers (person_id);
create policy "people see which cases they are asked to check" on practice.case_reviewers for select to authenticated
  using (person_id = (select auth.uid()));
create policy "the server sees who checks cases" on practice.case_reviewers for select to service_role using (true);
grant select on practice.case_reviewers to authenticated, service_role;

-- A case is "not clinically reviewed" but for the time between a signature and its review-by date.
create table practice.case_signatures (
  case_id   uuid not null references practice.cases,
  edition   integer not null,
  person_id uuid not null references auth.users,
  named_as  text not null,               -- as the clinician is named beside the case, which signing agrees to
  signed_on date not null default current_date,
  review_by date not null,
  constraint case_is_signed_already primary key (case_id, edition, person_id),
  constraint named_as_is_short check (length(trim(named_as)) > 0 and length(named_as) <= 120),
  constraint review_is_due_within_three_years check (review_by > signed_on and review_by <= signed_on + 1096)
);
alter table practice.case_signatures enable row level security;
revoke all on practice.case_signatures from anon, authenticated, service_role;
create index case_signatures_person_idx on practice.case_signatures (person_id);
create policy "people see what they signed" on practice.case_signatures for select to authenticated using (person_id = (select auth.uid()));
create policy "the server sees who signed cases" on practice.case_signatures for select to service_role using (true);
grant select on practice.case_signatures to authenticated, service_role;

-- For everybody, beside the list of cases: who signed what can be had now. Cases that are not in here are not clinically reviewed.
create function private.reviewed_cases() returns table (case_id uuid, named_as text, signed_on date, review_by date)
language sql stable security definer set search_path = '' as $$
  select distinct on (c.id) c.id, s.named_as, s.signed_on, s.review_by
  from practice.cases c join practice.case_signatures s on s.case_id = c.id and s.edition = c.edition
  where c.published_at is not null and s.review_by >= current_date
  order by c.id, s.signed_on desc, s.person_id
$$;
revoke all on function private.reviewed_cases() from public;
grant execute on function private.reviewed_cases() to anon, authenticated, service_role;

create function private.ask_to_review(case_id uuid, person uuid, reason text) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.administer('practice.reviewer-asked', ask_to_review.person, ask_to_review.reason,
    jsonb_build_object('case', ask_to_review.case_id));
  perform private.must_be_here(ask_to_review.person);
  if not exists (select from practice.cases c where c.id = ask_to_review.case_id) then perform private.refuse('no_such_case'); end if;
  if exists (select from practice.case_authors a where a.case_id = ask_to_review.case_id and a.person_id = ask_to_review.person) then
    perform private.refuse('nobody_reviews_their_own_case');
  end if;
  insert into practice.case_reviewers (case_id, person_id) values (ask_to_review.case_id, ask_to_review.person) on conflict do nothing;
end $$;
revoke all on function private.ask_to_review(uuid, uuid, text) from public;
grant execute on function private.ask_to_review(uuid, uuid, text) to authenticated;

create function private.sign_case(case_id uuid, edition integer, named_as text, review_by date) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  current integer;
begin
  if not exists (select from practice.case_reviewers r where r.case_id = sign_case.case_id and r.person_id = auth.uid()) then
    perform private.refuse('not_your_case');
  end if;
  if exists (select from practice.case_authors a where a.case_id = sign_case.case_id and a.person_id = auth.uid()) then
    perform private.refuse('nobody_reviews_their_own_case');
  end if;
  select c.edition into current from practice.cases c where c.id = sign_case.case_id for share;   -- or it changes while they sign
  if current is distinct from sign_case.edition then perform private.refuse('case_has_changed'); end if;
  insert into practice.case_signatures (case_id, edition, person_id, named_as, review_by)
  values (sign_case.case_id, sign_case.edition, auth.uid(), sign_case.named_as, sign_case.review_by);
end $$;
revoke all on function private.sign_case(uuid, integer, text, date) from public;
grant execute on function private.sign_case(uuid, integer, text, date) to authenticated;
