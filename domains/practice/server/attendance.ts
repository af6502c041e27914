import { handle } from '#platform/operations/handle.ts'
import * as api from '../api/attendance.ts'

/** Who came, and who waited in vain. */
export const attendance = [
  handle(api.checkIn, async ({ input: { id: session }, db }) => ({ version: await db.call('private.check_in', { session }) })),

  handle(api.noteAbsence, async ({ input: { id: session, version }, db }) => {
    await db.call('private.note_absence', { session, version })
    return {}
  }),
]
