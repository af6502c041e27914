-- A page asks first who is signed in. Of a stranger there is no row: they are told so, and not refused.
grant execute on function private.my_account() to anon;
