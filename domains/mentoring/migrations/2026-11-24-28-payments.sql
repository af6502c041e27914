-- Money for one booking. It outlives the booking's people, for the books must be kept: so nothing cascades into it, and each
-- thing that happened to it is a row that stays.
create table mentoring.payments (
  id            uuid primary key default gen_random_uuid(),
  booking_id    uuid not null references mentoring.bookings on delete restrict,
  status        text not null,
  amount_cents  integer not null,
  currency      text not null,                     -- an amount alone is not money
  provider      text not null,
  txn_id        text,
  refund_txn_id text,                              -- of the last refund; each has its own in payment_events
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  constraint status_is_known check (status in ('pending', 'paid', 'failed', 'cancelled', 'partly_refunded', 'refunded')),
  constraint amount_is_positive check (amount_cents > 0),
  -- What is paid is what it costs: the booking's price cannot change, and another cannot be asked for.
  constraint price_is_the_bookings foreign key (booking_id, amount_cents, currency)
    references mentoring.bookings (id, price_cents, currency) on delete restrict,
  constraint payment_has_one_currency unique (id, currency),
  constraint provider_is_known check (provider in ('test', 'stripe')),
  constraint txn_is_short check (length(txn_id) <= 200 and length(refund_txn_id) <= 200)
);
alter table mentoring.payments enable row level security;
revoke all on mentoring.payments from anon, authenticated, service_role;
create index payments_booking_idx on mentoring.payments (booking_id, amount_cents, currency);
-- One that failed may be followed by another; two that count would be paying twice.
create unique index paid_once on mentoring.payments (booking_id) where status in ('pending', 'paid', 'partly_refunded', 'refunded');
create unique index txn_counts_once on mentoring.payments (provider, txn_id);
create trigger touch_payments before update on mentoring.payments for each row execute function private.touch_updated_at();

create table mentoring.payment_events (
  id                bigint generated always as identity primary key,
  payment_id        uuid not null,
  kind              text not null,
  amount_cents      integer not null,              -- of a paid or refunded: how much; of all else nothing
  currency          text not null,
  provider_event_id text,                          -- a webhook that comes twice changes nothing
  happened_at       timestamptz not null default now(),
  constraint event_in_the_payments_currency foreign key (payment_id, currency)
    references mentoring.payments (id, currency) on delete restrict,
  constraint kind_is_known check (kind in ('opened', 'paid', 'failed', 'cancelled', 'refunded')),
  constraint only_money_has_an_amount check (case when kind in ('paid', 'refunded') then amount_cents > 0 else amount_cents = 0 end),
  constraint event_id_is_short check (length(provider_event_id) between 1 and 200),
  constraint event_counts_once unique (payment_id, provider_event_id)
);
alter table mentoring.payment_events enable row level security;
revoke all on mentoring.payment_events from anon, authenticated, service_role;
create index payment_events_payment_idx on mentoring.payment_events (payment_id, currency);
create trigger payment_events_stay before update or delete or truncate on mentoring.payment_events for each statement
  execute function private.audit_stays();

create function private.my_payments() returns setof uuid language sql stable security definer set search_path = '' as $$
  select p.id from mentoring.payments p where p.booking_id = any (array(select private.my_bookings()))
$$;
revoke all on function private.my_payments() from public;
grant execute on function private.my_payments() to authenticated;

-- The provider's own numbers are the server's.
create policy "both people see the payment" on mentoring.payments for select to authenticated
  using (booking_id = any (array(select private.my_bookings())));
create policy "the server sees payments" on mentoring.payments for select to service_role using (true);
create policy "the server opens payments" on mentoring.payments for insert to service_role with check (true);
create policy "the server moves payments on" on mentoring.payments for update to service_role using (true) with check (true);
grant select (id, booking_id, status, amount_cents, currency, provider, created_at, updated_at) on mentoring.payments to authenticated;
grant select, insert (id, booking_id, status, amount_cents, currency, provider, txn_id), update (status, txn_id, refund_txn_id)
  on mentoring.payments to service_role;
create policy "both people see what happened to it" on mentoring.payment_events for select to authenticated
  using (payment_id = any (array(select private.my_payments())));
create policy "the server sees payment events" on mentoring.payment_events for select to service_role using (true);
create policy "the server writes payment events" on mentoring.payment_events for insert to service_role with check (true);
grant select (id, payment_id, kind, amount_cents, currency, happened_at) on mentoring.payment_events to authenticated;
grant select, insert (payment_id, kind, amount_cents, currency, provider_event_id) on mentoring.payment_events to service_role;

-- At the end of each transaction the events add up to what the payment says of itself. The payment's row is locked for the sum:
-- of two refunds in the same instant the second sees the first, and does not give back more than came in.
create function private.money_adds_up() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  payment uuid;
  its record;
  came bigint;
  went bigint;
begin
  if tg_table_name = 'payments' then payment := new.id; else payment := new.payment_id; end if;
  select p.status, p.amount_cents into its from mentoring.payments p where p.id = payment for no key update;
  select coalesce(sum(e.amount_cents) filter (where e.kind = 'paid'), 0), coalesce(sum(e.amount_cents) filter (where e.kind = 'refunded'), 0)
  into came, went from mentoring.payment_events e where e.payment_id = payment;
  if not (case its.status
      when 'paid' then came = its.amount_cents and went = 0
      when 'partly_refunded' then came = its.amount_cents and went > 0 and went < came
      when 'refunded' then came = its.amount_cents and went = came
      else came = 0 and went = 0 end) then
    perform private.refuse('money_must_add_up');
  end if;
  return null;
end $$;
revoke all on function private.money_adds_up() from public;
create constraint trigger payments_add_up after insert or update on mentoring.payments deferrable initially deferred
  for each row execute function private.money_adds_up();
create constraint trigger payment_events_add_up after insert on mentoring.payment_events deferrable initially deferred
  for each row execute function private.money_adds_up();

-- Where money has been there is no way back to where it was not, and what it is for stays what it is for.
create function private.payment_steps_forward() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.id, new.booking_id, new.amount_cents, new.currency, new.provider) is distinct from (old.id, old.booking_id, old.amount_cents, old.currency, old.provider)
    or new.status <> old.status and (old.status, new.status) not in (('pending', 'paid'), ('pending', 'failed'), ('pending', 'cancelled'),
      ('paid', 'partly_refunded'), ('paid', 'refunded'), ('partly_refunded', 'refunded')) then
    perform private.refuse('payment_cannot_do_that');
  end if;
  return new;
end $$;
revoke all on function private.payment_steps_forward() from public;
create trigger payment_steps_forward before update on mentoring.payments for each row execute function private.payment_steps_forward();
