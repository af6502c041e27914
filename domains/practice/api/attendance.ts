import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { changed, held, id, seen } from './values.ts'

// Who came

export const checkIn = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/attendance',
  summary: 'Say that I am there, from a quarter of an hour before; needs no version, and saying it again changes nothing',
  input: z.object({ id }),
  output: changed,
  refusals: { session_not_found: 404, session_is_cancelled: 409, session_has_ended: 409, seat_is_free: 409, too_early: 409 },
})

export const noteAbsence = operation({
  method: 'POST',
  path: '/practice/sessions/:id/absence',
  summary: 'Ten minutes after the beginning, the other has not come: the guest’s seat is free again, whichever of the two waited',
  input: z.object(seen),
  output: nothing,
  refusals: { ...held, seat_is_free: 409, there_is_time_to_come: 409, check_in_first: 409, the_other_is_here: 409 },
})
