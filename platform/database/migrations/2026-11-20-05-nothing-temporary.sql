-- An empty search_path still looks into a session's temporary schema first, for tables and for types. Whoever may make
-- things there makes a domain called uuid, with a check of their own: the next definer function that casts to uuid then
-- runs that check as the owner of everything. Nobody of ours needs temporary tables, so nobody but the owner makes any.
-- Privileges of a database are its own: a copy by CREATE DATABASE … TEMPLATE starts without this one.
do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
  if has_database_privilege('anon', current_database(), 'temporary') then   -- the database is somebody else's
    raise warning 'people may make temporary tables; let the owner of the database run: revoke temporary on database % from public;',
      quote_ident(current_database());
  end if;
end $$;
