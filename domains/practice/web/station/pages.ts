import type { Pages, Place, Words } from '#platform/web/part.ts'

// A session from the seat to the end, and the same by oneself.
export const stationPages: Pages = {
  '/practice/sessions/:id': { load: async () => (await import('./session-page.tsx')).SessionPage },
  '/practice/alone': { load: async () => (await import('./alone-page.tsx')).AlonePage },
}

export const stationPlaces: Place[] = [{ label: 'Practise alone', to: '/practice/alone' }]

export const stationWords: Words = {
  session_is_cancelled: 'This session was withdrawn meanwhile. Nothing was done.',
  session_has_ended: 'This session is over.',
  session_has_changed: 'The other one has just changed something here. Look at it, then try again if you still want to.',
  candidate_has_a_seat: 'Only one of the two of you can be the candidate. Somebody has just left or come; choose again.',
  phase_out_of_order: 'The station has gone on meanwhile, so this was not done. What you see now is how it stands.',
  case_already_opened: 'One of you has opened this case here already. Choose another one, or a surprise.',
  candidate_knows_the_case: 'The candidate wrote this case or was asked to check it. Choose another one, or a surprise.',
  seat_is_free: 'Nobody sits across from you yet. A station begins with two.',
  roles_are_open: 'Say first which of you is the candidate.',
  too_early: 'A station begins a quarter of an hour before its time at the earliest.',
  no_case_left: 'There is no case left that neither of you has opened here. Choose one by its name in another session.',
  not_your_seat: 'You have left this session already.',
  not_yet: 'This may not be read yet. It opens by itself when its phase begins.',
  nothing_to_mark: 'Nothing is marked when a case is talked through.',
  sheet_is_submitted: 'The sheet is handed in, so it stays as it is.',
  no_such_item: 'This line is not on the checklist of this case.',
  no_such_scale: 'This is not rated in this format.',
  score_is_off_the_scale: 'There is no such place on this scale.',
  rating_is_off_the_scale: 'Choose one of the overall ratings.',
  sheet_is_not_finished: 'Something is not rated yet. Give each skill its word, then hand the sheet in.',
  no_such_format: 'This format is not there any more. Choose another one.',
  there_is_time_to_come: 'Give them ten minutes. Somebody may still be looking for their headphones.',
  check_in_first: 'Say first that you are there yourself.',
  the_other_is_here: 'The other one has come.',
}
