-- Whoever was signed out by an administrator finds out, and not only that they are: why a device asks anew would else look like
-- a fault, or like somebody else's doing. The administrator's reason is for the record and not for them.
create or replace function private.end_sessions_of(person uuid, reason text) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
  ended integer;
begin
  perform private.administer('identity.sessions-ended', end_sessions_of.person, end_sessions_of.reason);
  perform private.must_be_here(end_sessions_of.person);
  ended := private.end_sessions(end_sessions_of.person);
  if ended > 0 then
    perform private.tell(end_sessions_of.person, 'identity.sessions-ended', 'An administrator ended your sessions',
      'You were signed out on every device, and nothing else was changed. If you do not know why, ask whoever runs this place; if somebody else may know your password, set a new one.',
      '/account/sign-in');
  end if;
  return ended;
end $$;
