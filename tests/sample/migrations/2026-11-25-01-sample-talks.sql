-- A talk is what several people share and listen to: the pattern for a topic of a domain, and what live's tests, faults and bench send through.
create table sample.talks (
  id uuid primary key default gen_random_uuid()
);
alter table sample.talks enable row level security;
revoke all on sample.talks from anon, authenticated, service_role;

create table sample.lines (
  talk_id   uuid not null references sample.talks,
  client_id uuid not null,                -- the sender's own: who sends again finds the first one's row
  sender_id uuid not null references auth.users,
  words     text not null,
  sent_at   timestamptz not null default now(),
  primary key (talk_id, sender_id, client_id),
  constraint words_are_short check (length(words) <= 1000)
);
alter table sample.lines enable row level security;
revoke all on sample.lines from anon, authenticated, service_role;
create index lines_sender_idx on sample.lines (sender_id);
create policy "people see what they said" on sample.lines for select to authenticated using (sender_id = (select auth.uid()));
grant select on sample.lines to authenticated;

create function private.sample_talk(people uuid[]) returns uuid language plpgsql volatile security definer set search_path = '' as $$
declare
  made uuid;
begin
  if auth.uid() is null then perform private.refuse('not_signed_in'); end if;
  if exists (select from unnest(sample_talk.people) p where not exists (select from auth.users u where u.id = p)) then
    perform private.refuse('no_such_person');
  end if;
  insert into sample.talks default values returning id into made;
  perform private.open_topic(made, 'sample.talk', auth.uid() || sample_talk.people);
  return made;
end $$;
revoke all on function private.sample_talk(uuid[]) from public;
grant execute on function private.sample_talk(uuid[]) to authenticated;

-- Whether it was the first time. The event comes last: from there on to the commit everybody else in the talk waits.
create function private.sample_say(talk uuid, client_id uuid, words text) returns boolean
language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from live.members m where m.topic_id = sample_say.talk and m.person_id = auth.uid()) then
    perform private.refuse('not_in_this_talk');
  end if;
  insert into sample.lines (talk_id, client_id, sender_id, words) values (sample_say.talk, sample_say.client_id, auth.uid(), sample_say.words)
  on conflict do nothing;
  if not found then return false; end if;
  perform private.emit(sample_say.talk, 'sample.said', jsonb_build_object('line', sample_say.client_id, 'by', auth.uid()));
  return true;
end $$;
revoke all on function private.sample_say(uuid, uuid, text) from public;
grant execute on function private.sample_say(uuid, uuid, text) to authenticated;

create function private.sample_leave(talk uuid, person uuid) returns void language plpgsql volatile security definer set search_path = '' as $$
begin
  if not exists (select from live.members m where m.topic_id = sample_leave.talk and m.person_id = auth.uid()) then
    perform private.refuse('not_in_this_talk');
  end if;
  perform private.leave_topic(sample_leave.talk, array[sample_leave.person]);
end $$;
revoke all on function private.sample_leave(uuid, uuid) from public;
grant execute on function private.sample_leave(uuid, uuid) to authenticated;
