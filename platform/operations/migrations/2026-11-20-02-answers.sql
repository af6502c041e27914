-- What a write answered, kept for a day under the Idempotency-Key its sender chose: a retry gets the first answer and
-- nothing happens twice. The claim is made in the same transaction as the write, so there is no answer without its
-- effect and no effect without its answer; a second request with the same key waits for the first one's commit.
create schema operations;
grant usage on schema operations to service_role;

create table operations.answers (
  asker       uuid not null,          -- the person; all zeros for the operator's own programs
  key         text not null,
  fingerprint text not null,          -- of operation and input: the same key for another request is refused
  body        text,                   -- null only inside the transaction that makes it
  created_at  timestamptz not null default now(),
  primary key (asker, key),
  constraint key_is_short check (length(key) between 1 and 200)
);
alter table operations.answers enable row level security;
create index answers_created_at_idx on operations.answers (created_at);   -- for the sweep

-- People reach it through the three functions below only. Answers hold what the person was shown, so they end with the day.
create policy "the server sweeps old answers" on operations.answers for select to service_role using (true);
create policy "the server deletes old answers" on operations.answers for delete to service_role using (true);
grant select (asker, created_at), delete on operations.answers to service_role;

create function private.asker() returns uuid language sql stable set search_path = '' as $$
  select coalesce(auth.uid(), '00000000-0000-0000-0000-000000000000')
$$;
revoke all on function private.asker() from public;

-- Rides with the first statement of a write.
create function private.answer_once(key text, fingerprint text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into operations.answers (asker, key, fingerprint) values (private.asker(), answer_once.key, answer_once.fingerprint)
  on conflict do nothing;
  if not found then perform private.refuse('answered_before'); end if;
end $$;
revoke all on function private.answer_once(text, text) from public;
grant execute on function private.answer_once(text, text) to authenticated, service_role;

-- Rides with COMMIT.
create function private.answer_is(key text, body text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  update operations.answers a set body = answer_is.body where a.asker = private.asker() and a.key = answer_is.key;
end $$;
revoke all on function private.answer_is(text, text) from public;
grant execute on function private.answer_is(text, text) to authenticated, service_role;

create function private.answer_given(key text) returns table (fingerprint text, body text)
language plpgsql stable security definer set search_path = '' as $$
begin
  return query select a.fingerprint, a.body from operations.answers a where a.asker = private.asker() and a.key = answer_given.key;
end $$;
revoke all on function private.answer_given(text) from public;
grant execute on function private.answer_given(text) to authenticated, service_role;
