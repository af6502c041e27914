-- When a person is erased: the answers they got, and those in which somebody else was shown them. A retry by that other one
-- within the day is then a new request, which finds that they are gone.
create function private.forget_answers(person uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
  address text;
  called text;
begin
  select nullif(u.email, ''), nullif(private.name_in(u.raw_user_meta_data), '') into address, called from auth.users u where u.id = forget_answers.person;
  delete from operations.answers a
  where a.asker = forget_answers.person or strpos(a.body, forget_answers.person::text) > 0
    or strpos(lower(a.body), lower(address)) > 0 or strpos(a.body, called) > 0;
end $$;
revoke all on function private.forget_answers(uuid) from public;
grant execute on function private.forget_answers(uuid) to service_role;
