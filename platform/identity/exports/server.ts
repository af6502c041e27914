import { later } from '#platform/jobs/later.ts'
import { handle } from '#platform/operations/handle.ts'
import { page } from '#platform/operations/paging.ts'
import * as api from './api.ts'
import { exporting } from './exporting.ts'
import { tellOfHandOver } from './tell.ts'

export const exportHandlers = [
  handle(api.askForExport, async ({ db }) => {
    const id = await db.call('private.ask_for_export', {})
    await later(db, exporting, { id })
    return { id }
  }),

  handle(api.listExports, async ({ input, db }) =>
    page(
      db.selectFrom('identity.exports').select(['id', 'user_id', 'requested_at', 'ready_at', 'expires_at', 'bytes']),
      { by: ['requested_at', 'id'], descending: true },
      input,
    ),
  ),

  handle(api.handOver, async ({ input: { id: person, reason, to }, db }) => {
    const id = await db.call('private.hand_over', { person, reason, to_me: to === 'me' })
    await later(db, exporting, { id })
    if (to === 'me') await later(db, tellOfHandOver, { id })
    return { id }
  }),
]
