-- All messages of one pair. It begins with the first time the link is active and never ends: what was said stays readable to
-- both, for it is the record of both; what can be said next depends on the link.
create table care.conversations (
  id              bigserial primary key,
  patient_id      uuid not null references care.profiles,
  doctor_id       uuid not null references care.profiles,
  created_at      timestamptz not null default now(),
  last_message_at timestamptz,
  last_seq        bigint not null default 0,         -- how many messages there are, and the place of the last one
  constraint last_seq_counts_up check (last_seq >= 0)
) with (fillfactor = 80);                            -- each message changes its row: room to do that in place
alter table care.conversations enable row level security;
revoke all on care.conversations from anon, authenticated, service_role;
revoke all on sequence care.conversations_id_seq from anon, authenticated, service_role;
create unique index conversations_unique_pair on care.conversations (patient_id, doctor_id);
create index conversations_doctor_idx on care.conversations (doctor_id);
create trigger conversations_stay before delete or truncate on care.conversations
  for each statement execute function private.care_record_stays();

create function private.my_conversations() returns setof bigint language sql stable security definer set search_path = '' as $$
  select c.id from care.conversations c where c.patient_id = (select auth.uid())
  union all
  select c.id from care.conversations c where c.doctor_id = (select auth.uid())
$$;
revoke all on function private.my_conversations() from public;
grant execute on function private.my_conversations() to authenticated;

create policy "patient and doctor see their conversation" on care.conversations for select to authenticated
  using (patient_id = (select auth.uid()) or doctor_id = (select auth.uid()));
create policy "the server sees conversations" on care.conversations for select to service_role using (true);
grant select on care.conversations to authenticated, service_role;

-- For functions: one that is mine, and to everybody else there is none.
create function private.must_be_my_conversation(conversation bigint) returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (
    select from care.conversations c where c.id = must_be_my_conversation.conversation and (select auth.uid()) in (c.patient_id, c.doctor_id)
  ) then perform private.refuse('no_such_conversation'); end if;
end $$;
revoke all on function private.must_be_my_conversation(bigint) from public;

create function private.conversation_begins() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  insert into care.conversations (patient_id, doctor_id, created_at) values (new.patient_id, new.doctor_id, new.updated_at)
  on conflict (patient_id, doctor_id) do nothing;
  return null;
end $$;
revoke all on function private.conversation_begins() from public;
create trigger conversation_begins after update of status on care.patient_doctor_links
  for each row when (new.status = 'active') execute function private.conversation_begins();

create table care.messages (
  id              bigserial primary key,
  conversation_id bigint not null references care.conversations,
  sender_id       uuid not null references care.profiles,
  body            text,
  message_type    text not null default 'text',
  created_at      timestamptz not null default now(),
  client_id       uuid not null,                     -- made by whoever sends, before it is sent: a retry bears the same one
  seq             bigint not null,                   -- its place in the conversation: two in one instant need an order
  edited_at       timestamptz,
  deleted_at      timestamptz,
  constraint message_type_is_known check (message_type in ('text', 'file', 'mixed', 'system')),
  constraint message_says_something check (case
    when deleted_at is not null or message_type = 'file' then body is null
    else body is not null and length(trim(body)) > 0 end),
  constraint body_is_short check (length(body) <= 8000),
  constraint message_sent_once unique (sender_id, client_id),
  constraint one_message_per_place unique (conversation_id, seq)
);
alter table care.messages enable row level security;
revoke all on care.messages from anon, authenticated, service_role;
revoke all on sequence care.messages_id_seq from anon, authenticated, service_role;
create index messages_conversation_created_idx on care.messages (conversation_id, created_at);
create trigger messages_stay before delete or truncate on care.messages for each statement execute function private.care_record_stays();

-- Nobody writes messages but through the functions below: they know the link, the place and what was there before.
create policy "patient and doctor see their messages" on care.messages for select to authenticated
  using (conversation_id = any (array(select private.my_conversations())));
create policy "the server sees messages" on care.messages for select to service_role using (true);
grant select on care.messages to authenticated, service_role;

-- Old words are kept for the record and shown to nobody: whoever must look does so by break-glass.
create table care.message_versions (
  message_id  bigint not null references care.messages,
  version     integer not null,                      -- 1 is what was said first
  body        text not null,
  replaced_at timestamptz not null,
  primary key (message_id, version)
);
alter table care.message_versions enable row level security;
revoke all on care.message_versions from anon, authenticated, service_role;
create policy "the server sees old words" on care.message_versions for select to service_role using (true);
grant select on care.message_versions to service_role;

-- Only when both sides have left is it nobody's record any more.
create function private.old_words_stay() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  if tg_op = 'DELETE' and not exists (
    select from care.messages m join care.conversations c on c.id = m.conversation_id join auth.users u on u.id in (c.patient_id, c.doctor_id)
    where m.id = old.message_id and u.deleted_at is null
  ) then return old; end if;
  perform private.refuse('care_record_stays');
  return null;
end $$;
revoke all on function private.old_words_stay() from public;
create trigger old_words_stay before update or delete on care.message_versions for each row execute function private.old_words_stay();
create trigger versions_stay before truncate on care.message_versions for each statement execute function private.care_record_stays();

-- Holds the link of a conversation as it is until this transaction ends: whoever ends or blocks it meanwhile waits, and
-- whoever comes after them finds it cut. Lock order: persons, link, conversation, message.
create function private.hold_active_link(conversation bigint) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform from care.conversations c join care.patient_doctor_links l on l.patient_id = c.patient_id and l.doctor_id = c.doctor_id
  where c.id = hold_active_link.conversation and l.status = 'active' for share of l;
  if not found then perform private.refuse('link_not_active'); end if;
end $$;
revoke all on function private.hold_active_link(bigint) from public;

-- Whoever writes a message: the link is active, the sender is one of the two, and the next place is theirs. The row of the
-- conversation is the counter, so places are given in the order of commits and without gaps; what is rolled back takes none.
create function private.message_takes_its_place() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.hold_active_link(new.conversation_id);
  update care.conversations c set last_seq = c.last_seq + 1, last_message_at = greatest(c.last_message_at, new.created_at)
  where c.id = new.conversation_id and new.sender_id in (c.patient_id, c.doctor_id) returning c.last_seq into new.seq;
  if not found then perform private.refuse('no_such_conversation'); end if;
  return new;
end $$;
revoke all on function private.message_takes_its_place() from public;
create trigger message_takes_its_place before insert on care.messages for each row execute function private.message_takes_its_place();

-- Whoever changes one: it stays where it is and whose it is, what is deleted stays deleted, and the words before are kept.
create function private.message_keeps_its_words() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  if (new.id, new.conversation_id, new.sender_id, new.client_id, new.seq, new.message_type, new.created_at) is distinct from
    (old.id, old.conversation_id, old.sender_id, old.client_id, old.seq, old.message_type, old.created_at)
    or old.deleted_at is not null and new.deleted_at is null
  then perform private.refuse('care_record_stays'); end if;
  if new.body is distinct from old.body and old.body is not null then
    if new.deleted_at is null and new.edited_at is not distinct from old.edited_at then new.edited_at := now(); end if;
    insert into care.message_versions (message_id, version, body, replaced_at)
    select old.id, coalesce(max(v.version), 0) + 1, old.body, coalesce(new.deleted_at, new.edited_at)
    from care.message_versions v where v.message_id = old.id;
  end if;
  return new;
end $$;
revoke all on function private.message_keeps_its_words() from public;
create trigger message_keeps_its_words before update on care.messages for each row execute function private.message_keeps_its_words();

-- A file that hangs on a message: an object of platform/files, by its id and, as the seed asks, by bucket and path.
create table care.message_attachments (
  id              bigserial primary key,
  message_id      bigint not null references care.messages,
  bucket          text not null default 'message-files',
  object_path     text not null,
  file_name       text,
  mime_type       text,
  file_size       bigint,
  created_at      timestamptz not null default now(),
  conversation_id bigint not null references care.conversations,   -- the message's: the policy asks for it and not for a thousand messages
  file_id         uuid not null references files.objects,
  removed_at      timestamptz,                       -- with its message; the file is kept for the record, out of reach
  constraint file_size_is_positive check (file_size > 0),
  constraint attachment_names_are_short check (length(bucket) between 1 and 60 and length(object_path) between 1 and 300
    and length(file_name) <= 200 and length(mime_type) <= 100),
  constraint file_hangs_on_one_message unique (file_id)
);
alter table care.message_attachments enable row level security;
revoke all on care.message_attachments from anon, authenticated, service_role;
revoke all on sequence care.message_attachments_id_seq from anon, authenticated, service_role;
create index message_attachments_message_idx on care.message_attachments (message_id);
create index message_attachments_conversation_idx on care.message_attachments (conversation_id);
create trigger attachments_stay before delete or truncate on care.message_attachments
  for each statement execute function private.care_record_stays();

-- Not where the bytes lie: they come by a link of platform/files, which asks again each time.
create policy "patient and doctor see what hangs on messages" on care.message_attachments for select to authenticated
  using (conversation_id = any (array(select private.my_conversations())) and removed_at is null);
create policy "the server sees attachments" on care.message_attachments for select to service_role using (true);
grant select (id, message_id, file_name, mime_type, file_size, created_at, conversation_id, file_id, removed_at)
  on care.message_attachments to authenticated;
grant select on care.message_attachments to service_role;

create function private.attachment_follows_message() returns trigger language plpgsql volatile security definer set search_path = '' as $$
begin
  select m.conversation_id into new.conversation_id from care.messages m
  where m.id = new.message_id and m.message_type in ('file', 'mixed') and m.deleted_at is null;
  if not found then perform private.refuse('no_such_message'); end if;
  return new;
end $$;
revoke all on function private.attachment_follows_message() from public;
create trigger attachment_follows_message before insert on care.message_attachments
  for each row execute function private.attachment_follows_message();

-- For the other side; whose it is has it anyway. Words that were read stay readable after a block, but nobody draws new
-- copies of somebody's letters or pictures who is kept away by them, or keeps them away.
create function private.may_download_message_file(file uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (
    select from care.message_attachments a join care.conversations c on c.id = a.conversation_id
      join care.patient_doctor_links l on l.patient_id = c.patient_id and l.doctor_id = c.doctor_id
    where a.file_id = may_download_message_file.file and a.removed_at is null
      and (select auth.uid()) in (c.patient_id, c.doctor_id) and l.status <> 'blocked');
end $$;
revoke all on function private.may_download_message_file(uuid) from public;

-- How far somebody has read. What is unread is what the other side said after that, counted from the index and not stored.
create table care.read_marks (
  person_id       uuid not null references care.profiles,
  conversation_id bigint not null references care.conversations,
  seq             bigint not null,
  read_at         timestamptz not null default now(),
  primary key (person_id, conversation_id),
  constraint seq_is_a_place check (seq >= 0)
);
alter table care.read_marks enable row level security;
revoke all on care.read_marks from anon, authenticated, service_role;
create index read_marks_conversation_idx on care.read_marks (conversation_id);

create policy "people see how far they have read" on care.read_marks for select to authenticated using (person_id = (select auth.uid()));
create policy "the server sees how far people have read" on care.read_marks for select to service_role using (true);
grant select on care.read_marks to authenticated, service_role;

-- Only ever forward, and never beyond what is there: a slow second device changes nothing.
create function private.read_up_to(conversation bigint, seq bigint) returns void
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_be_my_conversation(read_up_to.conversation);
  insert into care.read_marks as r (person_id, conversation_id, seq)
  select auth.uid(), c.id, greatest(0, least(read_up_to.seq, c.last_seq)) from care.conversations c where c.id = read_up_to.conversation
  on conflict on constraint read_marks_pkey do update set seq = excluded.seq, read_at = excluded.read_at where r.seq < excluded.seq;
end $$;
revoke all on function private.read_up_to(bigint, bigint) from public;
grant execute on function private.read_up_to(bigint, bigint) to authenticated;

-- How many messages of the other side each of my conversations holds behind my mark; a hundred is as many as anybody counts.
-- A function, because under the policy the planner takes a conversation for one row and counts it from its beginning.
create function private.my_unread() returns table (conversation_id bigint, unread integer)
language sql stable security definer set search_path = '' as $$
  select c.id, counted.unread
  from care.conversations c
    left join care.read_marks r on r.person_id = (select auth.uid()) and r.conversation_id = c.id
    cross join lateral (
      select count(*)::integer as unread from (
        select from care.messages m
        where m.conversation_id = c.id and m.seq > coalesce(r.seq, 0) and m.sender_id <> (select auth.uid()) limit 100) few
    ) counted
  where (c.patient_id = (select auth.uid()) or c.doctor_id = (select auth.uid())) and c.last_seq > coalesce(r.seq, 0) and counted.unread > 0
$$;
revoke all on function private.my_unread() from public;
grant execute on function private.my_unread() to authenticated;

-- Says something. Said again with the same client_id it gives the first row back, also after the link has ended: what was
-- acknowledged once is acknowledged. Files are uploads of the sender's own that nobody claimed yet.
create function private.send_message(conversation bigint, client_id uuid, body text, files uuid[] default '{}',
  out id bigint, out seq bigint, out created_at timestamptz)
language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  me uuid := auth.uid();
  those uuid[] := coalesce(send_message.files, '{}');
  file uuid;
begin
  perform private.must_be_my_conversation(send_message.conversation);
  select m.id, m.seq, m.created_at into send_message.id, send_message.seq, send_message.created_at from care.messages m
  where m.sender_id = me and m.client_id = send_message.client_id and m.conversation_id = send_message.conversation;
  if found then return; end if;
  perform private.hold_active_link(send_message.conversation);
  -- Two retries at once: the second one waits here, and then finds what the first one wrote.
  perform from care.conversations c where c.id = send_message.conversation for no key update;
  select m.id, m.seq, m.created_at into send_message.id, send_message.seq, send_message.created_at from care.messages m
  where m.sender_id = me and m.client_id = send_message.client_id and m.conversation_id = send_message.conversation;
  if found then return; end if;
  insert into care.messages as m (conversation_id, sender_id, body, message_type, created_at, client_id)
  values (send_message.conversation, me, send_message.body,
    case when cardinality(those) = 0 then 'text' when send_message.body is null then 'file' else 'mixed' end,
    clock_timestamp(),                               -- by the clock, and behind the lock: times then go as the places do
    send_message.client_id)
  returning m.id, m.seq, m.created_at into send_message.id, send_message.seq, send_message.created_at;
  foreach file in array those loop
    insert into care.message_attachments (message_id, object_path, file_name, mime_type, file_size, file_id)
    select send_message.id, f.object_path, f.name, f.mime, f.size, file from private.claim_file(file, 'message_file') f;
  end loop;
end $$;
revoke all on function private.send_message(bigint, uuid, text, uuid[]) from public;
grant execute on function private.send_message(bigint, uuid, text, uuid[]) to authenticated;

-- For the two functions that follow: it is there, it is mine, and the link still lets me.
create function private.must_be_my_message(message bigint) returns void language plpgsql volatile security definer set search_path = '' as $$
declare
  it care.messages;
begin
  select m.* into it from care.messages m join care.conversations c on c.id = m.conversation_id
  where m.id = must_be_my_message.message and (select auth.uid()) in (c.patient_id, c.doctor_id);
  if it.id is null then perform private.refuse('no_such_message'); end if;
  if it.sender_id <> auth.uid() or it.message_type = 'system' then perform private.refuse('not_your_message'); end if;
  perform private.hold_active_link(it.conversation_id);
end $$;
revoke all on function private.must_be_my_message(bigint) from public;

create function private.edit_message(message bigint, body text) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_be_my_message(edit_message.message);
  update care.messages m set body = edit_message.body where m.id = edit_message.message and m.deleted_at is null;
  if not found then perform private.refuse('message_is_deleted'); end if;
end $$;
revoke all on function private.edit_message(bigint, text) from public;
grant execute on function private.edit_message(bigint, text) to authenticated;

-- Done again it changes nothing.
create function private.delete_message(message bigint) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  perform private.must_be_my_message(delete_message.message);
  update care.messages m set body = null, deleted_at = now() where m.id = delete_message.message and m.deleted_at is null;
  update care.message_attachments a set removed_at = now() where a.message_id = delete_message.message and a.removed_at is null;
end $$;
revoke all on function private.delete_message(bigint) from public;
grant execute on function private.delete_message(bigint) to authenticated;
