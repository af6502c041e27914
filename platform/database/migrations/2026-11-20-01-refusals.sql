-- The schema of what our own policies and functions use among themselves. No API serves it: people may execute what is
-- granted to their role by name, and see nothing else of it.
create schema private;
grant usage on schema private to anon, authenticated, service_role;

-- Says no, by a name that a person's screen can act on: `perform private.refuse('seat_taken')` reaches the server exactly
-- as the violation of a constraint called seat_taken would, and the server looks at nothing but that name.
-- One SQLSTATE for all: VV begins no class of the SQL standard's (0–4, A–H) nor any that PostgreSQL uses, so it can mean
-- only this; the P0001 of a plain RAISE could come from any extension or trigger.
-- Volatile, although it reads nothing: a stable or immutable one might be called while the query is still being planned.
create function private.refuse(name text) returns void language plpgsql volatile set search_path = '' as $$
begin
  raise exception using errcode = 'VV001', constraint = refuse.name, message = 'refused: ' || refuse.name;
end
$$;
revoke all on function private.refuse(text) from public;
grant execute on function private.refuse(text) to anon, authenticated, service_role;
