-- For tables that say when a row was last changed: nobody else writes that column.
create function private.touch_updated_at() returns trigger language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end $$;
revoke all on function private.touch_updated_at() from public;
