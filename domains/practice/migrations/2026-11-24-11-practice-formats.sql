-- How a station goes: its phases with their lengths and bells, what is rated, on which scales. Data, not code, because an exam
-- changes its shape every few years. Open to strangers: nothing in here is anybody's, and a list of sessions names formats.

-- What a case exercises, what an item of its markscheme is about and what a scale rates is one thing, so it is one list.
create table practice.domains (
  key  text primary key,
  name text not null,
  constraint key_is_a_word check (key ~ '^[a-z]{1,30}$'),
  constraint name_is_short check (length(name) between 1 and 60)
);
alter table practice.domains enable row level security;
revoke all on practice.domains from anon, authenticated, service_role;
create policy "strangers see what can be practised" on practice.domains for select to anon using (true);
create policy "people see what can be practised" on practice.domains for select to authenticated using (true);
create policy "the server sees what can be practised" on practice.domains for select to service_role using (true);
grant select on practice.domains to anon, authenticated, service_role;

insert into practice.domains (key, name) values
  ('communication', 'Communication'), ('ethics', 'Ethics and law'), ('history', 'Taking a history'), ('examination', 'Examination'),
  ('reasoning', 'Clinical reasoning'), ('explanation', 'Explaining and planning'), ('management', 'Management'), ('safety', 'Safety');

create table practice.formats (
  id       text primary key,            -- named by its shape: exam names are others' trademarks
  name     text not null,
  words    text not null default '',
  rating   text[] not null,             -- the global rating, in words from worst to best
  position integer not null default 0,
  constraint id_is_a_slug check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(id) <= 60),
  constraint name_is_short check (length(name) between 1 and 80),
  constraint words_are_short check (length(words) <= 600),
  constraint rating_is_a_scale check (cardinality(rating) between 2 and 10 and array_position(rating, null) is null)
);
alter table practice.formats enable row level security;
revoke all on practice.formats from anon, authenticated, service_role;
create policy "strangers see formats" on practice.formats for select to anon using (true);
create policy "people see formats" on practice.formats for select to authenticated using (true);
create policy "the server sees formats" on practice.formats for select to service_role using (true);
grant select on practice.formats to anon, authenticated, service_role;

-- A phase that is not listed is left out; running and feedback are always there.
create table practice.format_phases (
  format  text not null references practice.formats,
  phase   text not null,
  seconds integer,                      -- null: until somebody goes on
  bells   integer[] not null default '{}',   -- seconds after the phase began; the one that ends it rings by itself
  primary key (format, phase),
  constraint phase_is_known check (phase in ('reading', 'running', 'marking', 'feedback')),
  constraint a_phase_takes_time check (seconds between 1 and 14400),
  constraint bells_ring_within_their_phase check (
    0 <= all (bells) and (seconds is null or seconds >= all (bells)) and cardinality(bells) <= 10 and array_position(bells, null) is null)
);
alter table practice.format_phases enable row level security;
revoke all on practice.format_phases from anon, authenticated, service_role;
create policy "strangers see the phases of formats" on practice.format_phases for select to anon using (true);
create policy "people see the phases of formats" on practice.format_phases for select to authenticated using (true);
create policy "the server sees the phases of formats" on practice.format_phases for select to service_role using (true);
grant select on practice.format_phases to anon, authenticated, service_role;

create table practice.format_scales (
  format   text not null references practice.formats,
  domain   text not null references practice.domains,
  position integer not null default 0,
  points   text[] not null,             -- in words from worst to best; a score is the place of one of them, from 0
  primary key (format, domain),
  constraint points_are_a_scale check (cardinality(points) between 2 and 10 and array_position(points, null) is null)
);
alter table practice.format_scales enable row level security;
revoke all on practice.format_scales from anon, authenticated, service_role;
create index format_scales_domain_idx on practice.format_scales (domain);
create policy "strangers see the scales of formats" on practice.format_scales for select to anon using (true);
create policy "people see the scales of formats" on practice.format_scales for select to authenticated using (true);
create policy "the server sees the scales of formats" on practice.format_scales for select to service_role using (true);
grant select on practice.format_scales to anon, authenticated, service_role;
