import type { Pages, Place, Words } from '#platform/web/part.ts'

// Finding each other, and when.
export const findingPages: Pages = {
  '/practice': { load: async () => (await import('./find.tsx')).Find, who: 'anyone' },
  '/practice/offer': { load: async () => (await import('./offer-a-session.tsx')).OfferASession },
  '/practice/offers/:id': { load: async () => (await import('./offer-page.tsx')).OfferPage, who: 'anyone' },
  '/practice/wishes': { load: async () => (await import('./wishes.tsx')).WishesPage },
  '/practice/you': { load: async () => (await import('./you.tsx')).You },
  '/practice/sessions': { load: async () => (await import('./sessions.tsx')).Sessions },
}

export const findingPlaces: Place[] = [
  { label: 'Offer a practice session', to: '/practice/offer' },
  { label: 'Find me a practice partner', to: '/practice/wishes' },
  { label: 'My practice sessions', to: '/practice/sessions' },
  { label: 'How you appear in practice', to: '/practice/you' },
]

export const findingWords: Words = {
  seat_taken: 'Somebody was faster: the seat is taken.',
  seat_is_yours: 'The seat is yours already. It stands among your sessions.',
  you_are_the_host: 'This is your own session. Whoever takes the seat sits across from you.',
  you_are_busy: 'You have something else planned at that time. Look into your calendar, or choose another time.',
  host_is_busy: 'Whoever offers this has something else planned by now. Choose another time.',
  session_is_cancelled: 'This session was withdrawn.',
  session_has_ended: 'This session is over.',
  session_has_changed: 'This has changed since you looked. Look at it again, then do it if you still want to.',
  session_has_begun: 'The session has begun already.',
  guest_is_seated: 'Somebody has taken the seat meanwhile, and agreed to this time. You can withdraw it, and they are told.',
  host_only: 'Only whoever offered this session can do that.',
  not_your_seat: 'You have no seat there any more.',
  no_profile_yet: 'Say first how you appear to others here.',
  name_is_given: 'A first name, and where you are in your training, with 60 letters at most.',
  starts_in_the_past: 'That time is over. Choose one that is to come.',
  wish_has_room_for_a_session: 'These hours are shorter than the session. Say until when you could, or choose a shorter session.',
  wish_is_a_day_at_most: 'That is longer than a day. Say it day by day.',
  you_wish_for_that_already: 'You have said already when you could in these hours. Take that back first, or choose others.',
  wishes_are_twelve_at_most: 'You have said twelve times when you could; that is enough to look for. Take one back first.',
  no_such_wish: 'That is taken back already, or its time is over.',
  proposal_is_off: 'This is off: one of you could not after all, or the time to answer is over. We go on looking.',
  partner_is_busy: 'The other one has something else planned by now. Nothing was planned for you; we go on looking.',
  seat_is_free_again: 'The seat is free: take it.',
  offers_are_forty_at_most: 'Forty seats of yours are free already. Withdraw one first, or wait until somebody sits down.',
  many_wait_already: 'Thirty people wait for this seat already. Look at the other free seats.',
  too_far_ahead: 'That is more than half a year from now. Choose an earlier day.',
  no_such_format: 'This format is not there any more. Choose another one.',
  avatar_is_ours: 'That picture is not one of yours here.',
}
