import { randomUUID } from 'node:crypto'
import { later } from '#platform/jobs/later.ts'
import { handle } from '#platform/operations/handle.ts'
import type { Server } from '#platform/part.ts'
import type { PersonHooks } from '../person-hooks.ts'
import { hashOfWord, wordOf } from '../word.ts'
import * as api from './api.ts'
import { erasure } from './erasure.ts'
import { mailDeletion } from './tell.ts'

export const leavingHandlers = (server: Server, people: () => readonly PersonHooks[]) => [
  handle(api.readDeletion, async ({ db }) => {
    const [leaving] = await db
      .selectFrom('identity.deletions')
      .select(['requested_at as asked_at', 'erases_at'])
      .where('cancelled_at', 'is', null)
      .execute()
    const keeps = people().flatMap(({ name, keeps }) => (keeps === undefined ? [] : [{ part: name, says: keeps }]))
    return { asked_at: leaving?.asked_at ?? null, erases_at: leaving?.erases_at ?? null, keeps }
  }),

  handle(api.askForDeletion, async ({ db }) => {
    const id = randomUUID()
    const cancel_hash = hashOfWord(wordOf(server.keys.secrets, 'cancelled deletion', id))
    const erases_at = await db.call('private.ask_for_deletion', { id, cancel_hash })
    await later(db, mailDeletion, { id })
    return { erases_at }
  }),

  handle(api.cancelDeletion, async ({ db }) => {
    await db.call('private.cancel_deletion', {})
    return {}
  }),

  handle(api.cancelDeletionByLink, async ({ input, db }) => {
    await db.call('private.cancel_deletion', { cancel_hash: hashOfWord(input.token) })
    return {}
  }),

  handle(api.erasePersonNow, async ({ input: { id, reason }, db }) => {
    const deletion = await db.call('private.erase_now', { person: id, reason })
    await later(db, erasure, { deletion })
    return {}
  }),
]
