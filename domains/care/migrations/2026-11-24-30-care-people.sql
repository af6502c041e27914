-- Patients and their doctors. Whoever wants to be here makes a profile, as one or the other; the account itself is auth.users.
create schema care;
grant usage on schema care to authenticated, service_role;

create type care.user_role as enum ('patient', 'doctor');
revoke all on type care.user_role from public;

create table care.profiles (
  id             uuid primary key references auth.users,
  full_name      text not null,
  phone          text,
  address        text,
  country        text,
  role           care.user_role not null default 'patient',
  license_number text,
  certification  text,
  is_verified    boolean default false,              -- never more than what 2026-11-24-31 says: it stays because the seed has it
  created_at     timestamptz default now(),
  updated_at     timestamptz default now(),
  listed         boolean not null default false,     -- a doctor's own choice: nobody is in a list who did not ask for it
  constraint full_name_is_short check (length(trim(full_name)) between 1 and 120),
  constraint phone_is_short check (length(phone) <= 40),
  constraint address_is_short check (length(address) <= 500),
  constraint country_is_a_code check (country ~ '^[A-Z]{2}$'),
  constraint license_number_is_short check (length(trim(license_number)) between 1 and 60),
  constraint certification_is_short check (length(trim(certification)) between 1 and 200),
  constraint only_doctors_are_verified check (role = 'doctor' or is_verified is not true),
  constraint only_doctors_are_listed check (role = 'doctor' or not listed)
);
alter table care.profiles enable row level security;
revoke all on care.profiles from anon, authenticated, service_role;

-- A profile holds a telephone number and an address, so nobody reads the row of another: names come by function
-- (private.my_care_people, private.listed_doctors). The role is chosen once: links say who is the doctor in them.
create policy "people see their own care profile" on care.profiles for select to authenticated using (id = (select auth.uid()));
create policy "people make their own care profile" on care.profiles for insert to authenticated with check (id = (select auth.uid()));
create policy "people change their own care profile" on care.profiles for update to authenticated
  using (id = (select auth.uid())) with check (id = (select auth.uid()));
create policy "the server sees care profiles" on care.profiles for select to service_role using (true);
grant select, insert (id, full_name, phone, address, country, role, license_number, certification, listed),
  update (full_name, phone, address, country, license_number, certification, listed) on care.profiles to authenticated;
grant select on care.profiles to service_role;

create trigger touch_profiles before update on care.profiles for each row execute function private.touch_updated_at();
