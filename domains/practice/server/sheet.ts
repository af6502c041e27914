import type * as z from 'zod/mini'
import { handle } from '#platform/operations/handle.ts'
import * as api from '../api.ts'

/** The sheet of a round: read, marked mark by mark, handed in. */
export const sheet = [
  handle(api.readSheet, async ({ input: { id: session, round }, db }) => {
    const [found] = await db.rows('private.see_sheet', { session, round })
    return { ...found, round } as z.input<typeof api.readSheet.output>
  }),

  handle(api.tickItem, async ({ input: { id: session, ...tick }, db }) => {
    await db.call('private.tick_item', { session, ...tick })
    return {}
  }),

  handle(api.scoreDomain, async ({ input: { id: session, ...score }, db }) => {
    await db.call('private.score_domain', { session, ...score })
    return {}
  }),

  handle(api.submitSheet, async ({ input: { id: session, ...whole }, db }) => {
    await db.call('private.submit_sheet', { session, ...whole })
    return {}
  }),
]
