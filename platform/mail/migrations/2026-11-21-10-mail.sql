-- Mail to people. A mail is written in the transaction that causes it and sent by a job that rides with the same commit:
-- no cause, no mail. What a mail says is somebody's personal data and often a secret (a link that signs in, a code), so
-- it is here only until it is sent; the row that stays tells that a mail of some kind went out, and when.
create schema mail;
grant usage on schema mail to authenticated, service_role;

-- What a person said about a kind of mail. No row: they get it. Which kinds there are, and which of them are sent whatever
-- somebody prefers, is known to the code of the part that sends them; so a row about one of those does nothing.
create table mail.preferences (
  user_id uuid not null default auth.uid() references auth.users,
  kind    text not null,                       -- 'mentoring.booking-confirmed'
  wanted  boolean not null,
  primary key (user_id, kind),
  constraint kind_is_part_and_what check (kind ~ '^[a-z]+\.[a-z0-9-]+$' and length(kind) <= 100)
);
alter table mail.preferences enable row level security;
revoke all on mail.preferences from anon, authenticated, service_role;
create policy "people see which mails they want" on mail.preferences for select to authenticated
  using (user_id = (select auth.uid()));
create policy "people say which mails they want" on mail.preferences for insert to authenticated
  with check (user_id = (select auth.uid()));
create policy "people change which mails they want" on mail.preferences for update to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy "the server exports what people want" on mail.preferences for select to service_role using (true);
grant select, insert (kind, wanted), update (wanted) on mail.preferences to authenticated;
grant select on mail.preferences to service_role;

-- The id is also the mail's Message-ID: whoever gets a mail twice, because we died after their server had taken it and
-- before we wrote that down, can tell that it is the same.
create table mail.messages (
  id         uuid primary key,
  user_id    uuid references auth.users,       -- null: to an address that is nobody's account (yet)
  kind       text not null,
  state      text not null default 'waiting',
  code       text,                             -- why it was skipped or failed: a name, never what a mail server said
  attempts   integer not null default 0,       -- to hand it over
  created_at timestamptz not null default now(),
  sent_at    timestamptz,
  -- The four that say too much: gone as soon as another server has the mail. Without one (the outbox of a server on
  -- somebody's own machine) and where it failed, an operator may still want them; they go after a week with the row.
  address    text,
  subject    text,
  text       text,
  html       text,
  constraint kind_is_part_and_what check (kind ~ '^[a-z]+\.[a-z0-9-]+$' and length(kind) <= 100),
  constraint state_is_known check (state in ('waiting', 'sent', 'failed', 'skipped')),
  constraint sent_means_when check ((state = 'sent') = (sent_at is not null)),
  constraint code_is_a_name check (code ~ '^[A-Za-z0-9_.-]{1,60}$' and (code is not null) = (state in ('failed', 'skipped'))),
  constraint content_goes_as_a_whole check (num_nulls(address, subject, text, html) in (0, 4)),
  constraint what_is_to_be_sent_is_there check (state not in ('waiting', 'failed') or address is not null),
  constraint what_is_skipped_says_nothing check (state <> 'skipped' or address is null),
  -- A line break would begin another header of the mail, a comma another address: neither comes from anywhere honest.
  constraint address_is_one_address check (address ~ '^[^[:space:][:cntrl:]<>(),;:"\\@]+@[^[:space:][:cntrl:]<>(),;"\\@]+$' and length(address) <= 320),
  constraint subject_is_one_line check (subject !~ '[[:cntrl:]]' and length(subject) between 1 and 200),
  constraint content_is_a_letter_not_a_book check (length(text) <= 50000 and length(html) <= 200000)
);
create index messages_user_id_idx on mail.messages (user_id);
create index messages_created_at_idx on mail.messages (created_at);   -- the outbox's order, and what the sweep looks for
alter table mail.messages enable row level security;
revoke all on mail.messages from anon, authenticated, service_role;

-- Only the server reads mails; people read theirs where they were sent to.
create policy "the server sees mails" on mail.messages for select to service_role using (true);
create policy "the server notes what became of mails" on mail.messages for update to service_role using (true) with check (true);
create policy "the server sweeps old mails" on mail.messages for delete to service_role using (true);
grant select, delete, update (state, code, attempts, sent_at, address, subject, text, html) on mail.messages to service_role;

-- What was sent or skipped stays so: a job that runs once more must find nothing to do.
create function private.mail_is_done() returns trigger language plpgsql set search_path = '' as $$
begin
  perform private.refuse('mail_is_done');
  return null;
end $$;
revoke all on function private.mail_is_done() from public;
create trigger what_is_done_stays before update on mail.messages for each row when (old.state in ('sent', 'skipped'))
  execute function private.mail_is_done();

-- The one way in. Says whether there is something to send. To a person it goes to the address that their account has
-- now, unless another one of theirs is named (the new address that they want to confirm, the old one that is warned).
-- The reasons not to send, the strongest first: there is no such person any more, or no address; they do not want mails of
-- this kind; nobody has proved yet that the address is theirs, so it gets what the account needs and nothing else.
create function private.write_mail(
  id uuid, kind text, mandatory boolean, subject text, "text" text, html text, person uuid default null, address text default null
) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
declare
  goes_to text := write_mail.address;
  why_not text;
begin
  if write_mail.person is not null then
    select coalesce(write_mail.address, u.email),
      case
        when u.deleted_at is not null then 'person_is_gone'
        when coalesce(write_mail.address, u.email, '') = '' then 'person_has_no_address'
        when write_mail.mandatory then null
        when p.wanted is false then 'person_does_not_want_it'
        when u.email_confirmed_at is null then 'address_is_not_confirmed'
      end
    into goes_to, why_not
    from auth.users u left join mail.preferences p on p.user_id = u.id and p.kind = write_mail.kind
    where u.id = write_mail.person;
    if not found then perform private.refuse('no_such_person'); end if;
  end if;
  if why_not is null then
    insert into mail.messages (id, user_id, kind, address, subject, text, html)
    values (write_mail.id, write_mail.person, write_mail.kind, goes_to, write_mail.subject, write_mail.text, write_mail.html);
  else
    insert into mail.messages (id, user_id, kind, state, code) values (write_mail.id, write_mail.person, write_mail.kind, 'skipped', why_not);
  end if;
  return why_not is null;
end $$;
revoke all on function private.write_mail(uuid, text, boolean, text, text, text, uuid, text) from public;
grant execute on function private.write_mail(uuid, text, boolean, text, text, text, uuid, text) to service_role;

-- Nothing of a person stays here, not even what was written to their bare address. Called before the account's own row is
-- scrubbed, while it still says which address that is.
create function private.erase_mail(person uuid) returns void
language sql volatile security definer set search_path = '' as $$
  delete from mail.preferences p where p.user_id = erase_mail.person;
  delete from mail.messages m where m.user_id = erase_mail.person
    or m.address is not null and lower(m.address) = (select lower(u.email) from auth.users u where u.id = erase_mail.person);
$$;
revoke all on function private.erase_mail(uuid) from public;
grant execute on function private.erase_mail(uuid) to service_role;
