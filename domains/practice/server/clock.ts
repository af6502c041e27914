import { handle } from '#platform/operations/handle.ts'
import * as api from '../api/clock.ts'

/** A pause and more time, as the two agree. */
export const clock = [
  handle(api.askTheClock, async ({ input: { id: session, ...asked }, db }) => ({
    version: await db.call('private.ask_round', { session, ...asked }),
  })),

  handle(api.agreeToTheClock, async ({ input: { id: session, version }, db }) => ({
    version: await db.call('private.agree_round', { session, version }),
  })),

  handle(api.declineTheClock, async ({ input: { id: session, version }, db }) => ({
    version: await db.call('private.decline_round', { session, version }),
  })),

  handle(api.resumeTheClock, async ({ input: { id: session, version }, db }) => ({
    version: await db.call('private.resume_round', { session, version }),
  })),
]
