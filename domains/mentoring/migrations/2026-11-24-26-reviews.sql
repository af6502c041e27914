-- What one side says of the other, when the hour is over. Who reads first writes in answer: so the other side and the public see
-- a review once both wrote, or fourteen days after it was written.
create table mentoring.reviews (
  id               uuid primary key default gen_random_uuid(),
  booking_id       uuid not null references mentoring.bookings,
  reviewer_user_id uuid not null references auth.users,
  reviewee_user_id uuid not null references auth.users,
  rating           smallint not null,
  feedback         text not null default '',
  is_public        boolean not null default true,  -- false: it stays between the two
  created_at       timestamptz not null default now(),
  opens_at         timestamptz not null default now() + interval '14 days',
  constraint one_review_each unique (booking_id, reviewer_user_id),
  constraint nobody_reviews_themselves check (reviewer_user_id <> reviewee_user_id),
  constraint rating_from_one_to_five check (rating between 1 and 5),
  constraint feedback_is_short check (length(feedback) <= 4000)
);
alter table mentoring.reviews enable row level security;
revoke all on mentoring.reviews from anon, authenticated, service_role;
create index reviews_reviewer_idx on mentoring.reviews (reviewer_user_id);
create index reviews_reviewee_idx on mentoring.reviews (reviewee_user_id, opens_at);

-- Of whom a stranger may not see the page, a stranger reads no reviews either; and whoever wrote one is not named to them.
create policy "strangers read open reviews of public people" on mentoring.reviews for select to anon
  using (is_public and opens_at <= (select now()) and exists (select from mentoring.profiles p where p.user_id = reviewee_user_id and p.is_public));
create policy "people read their own reviews, and open ones" on mentoring.reviews for select to authenticated
  using (reviewer_user_id = (select auth.uid())
    or opens_at <= (select now()) and reviewer_user_id <> all (array(select private.my_blocked()))
    and (reviewee_user_id = (select auth.uid())
      or is_public and exists (select from mentoring.profiles p where p.user_id = reviewee_user_id)));
create policy "the server reads reviews" on mentoring.reviews for select to service_role using (true);
-- is_public and opens_at are true and past of every row that strangers see.
grant select (id, reviewee_user_id, rating, feedback, created_at) on mentoring.reviews to anon;
grant select on mentoring.reviews to authenticated, service_role;

-- By whoever had the hour, once it is over and was not called off. Two who write at once take turns at the booking's row, or
-- neither would see that both have written.
create function private.review_booking(booking uuid, rating integer, feedback text default '', is_public boolean default true) returns uuid
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := auth.uid();
  its record;
  review uuid;
begin
  if me is null then perform private.refuse('not_signed_in'); end if;
  select b.mentor_user_id, b.mentee_user_id, b.status, b.end_time into its from mentoring.bookings b
  where b.id = review_booking.booking and me in (b.mentor_user_id, b.mentee_user_id) for no key update;
  if not found then perform private.refuse('no_such_booking'); end if;
  if its.status not in ('confirmed', 'completed') or its.end_time > clock_timestamp() then perform private.refuse('review_not_open_yet'); end if;
  insert into mentoring.reviews (booking_id, reviewer_user_id, reviewee_user_id, rating, feedback, is_public)
  values (booking, me, case me when its.mentor_user_id then its.mentee_user_id else its.mentor_user_id end, review_booking.rating,
    coalesce(review_booking.feedback, ''), coalesce(review_booking.is_public, true))
  returning id into review;
  if (select count(*) from mentoring.reviews r where r.booking_id = review_booking.booking) = 2 then
    update mentoring.reviews r set opens_at = clock_timestamp() where r.booking_id = review_booking.booking and r.opens_at > clock_timestamp();
  end if;
  return review;
end $$;
revoke all on function private.review_booking(uuid, integer, text, boolean) from public;
grant execute on function private.review_booking(uuid, integer, text, boolean) to authenticated;
