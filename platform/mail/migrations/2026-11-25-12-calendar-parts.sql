-- A mail may bring an appointment: an iCalendar object, which mail programs take into the calendar (RFC 6047). It says as much as the
-- letter, and goes with it.
alter table mail.messages add column calendar text;
alter table mail.messages add constraint calendar_goes_with_the_letter check (calendar is null or text is not null);
alter table mail.messages add constraint calendar_is_one_appointment check (
  calendar like 'BEGIN:VCALENDAR%' and calendar ~ '\nMETHOD:(REQUEST|CANCEL)\r?\n' and length(calendar) <= 10000);
grant update (calendar) on mail.messages to service_role;

drop function private.write_mail(uuid, text, boolean, text, text, text, uuid, text);
create function private.write_mail(
  id uuid, kind text, mandatory boolean, subject text, "text" text, html text, person uuid default null, address text default null,
  calendar text default null
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
    insert into mail.messages (id, user_id, kind, address, subject, text, html, calendar)
    values (write_mail.id, write_mail.person, write_mail.kind, goes_to, write_mail.subject, write_mail.text, write_mail.html, write_mail.calendar);
  else
    insert into mail.messages (id, user_id, kind, state, code) values (write_mail.id, write_mail.person, write_mail.kind, 'skipped', why_not);
  end if;
  return why_not is null;
end $$;
revoke all on function private.write_mail(uuid, text, boolean, text, text, text, uuid, text, text) from public;
grant execute on function private.write_mail(uuid, text, boolean, text, text, text, uuid, text, text) to service_role;
