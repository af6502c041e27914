-- Names beside ids. A profile is read by its owner alone, so these two say of others what may be said.

-- Doctors who chose to be found and whose papers were checked and still hold; without those who are kept apart from me, and
-- without whoever is suspended.
create function private.listed_doctors(within text default null)
returns table (id uuid, full_name text, country text, certification text, verified_at timestamptz, verified_until timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
begin
  if (select auth.uid()) is null then perform private.refuse('not_signed_in'); end if;
  return query
    select p.id, p.full_name, p.country, p.certification, v.reviewed_at, v.expires_at
    from care.profiles p join care.verification_requests v on v.doctor_id = p.id and v.status = 'approved' and v.expires_at > now()
      join auth.users u on u.id = p.id and u.deleted_at is null
      left join identity.accounts a on a.user_id = p.id
    where a.suspended_at is null and p.listed and p.is_verified and (listed_doctors.within is null or p.country = listed_doctors.within)
      and p.id <> all (array(select private.my_blocked()));
end $$;
revoke all on function private.listed_doctors(text) from public;
grant execute on function private.listed_doctors(text) to authenticated;

-- The other side of each of my links and conversations: whoever was asked is told by whom. Of somebody who was blocked, either
-- way, there is no name any more: what they call themselves from then on is kept from the other side too.
create function private.my_care_people()
returns table (id uuid, full_name text, role care.user_role, verified boolean, verified_at timestamptz, verified_until timestamptz)
language plpgsql stable security definer set search_path = '' as $$
#variable_conflict use_column
declare
  me uuid := auth.uid();
begin
  return query
    select p.id, p.full_name, p.role, v.id is not null, v.reviewed_at, v.expires_at
    from care.profiles p left join care.verification_requests v on v.doctor_id = p.id and v.status = 'approved' and v.expires_at > now()
    where p.id in (
      select l.doctor_id from care.patient_doctor_links l where l.patient_id = me
      union
      select l.patient_id from care.patient_doctor_links l where l.doctor_id = me
    ) and p.id <> all (array(select private.my_blocked()));
end $$;
revoke all on function private.my_care_people() from public;
grant execute on function private.my_care_people() to authenticated;
