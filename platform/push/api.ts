import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'

const at = z.iso.datetime()

export const listBrowsers = operation({
  method: 'GET',
  path: '/push/browsers',
  summary: 'Which of my browsers are poked when there is something new, latest first, and the key a browser subscribes to',
  output: z.object({
    key: z.string(),
    browsers: z.array(
      z.object({ id: z.uuid(), device: z.string(), made_at: at, last_ok_at: z.nullable(at), failures: z.int(), this_one: z.boolean() }),
    ),
  }),
})

export const pokeHere = operation({
  method: 'PUT',
  path: '/push/browsers/this-one',
  summary: 'Poke this browser at its push service from now on, as long as I am signed in here',
  input: z.object({ endpoint: z.string().check(z.maxLength(1_000)) }),
  output: nothing,
  refusals: { not_a_push_service: 422, only_browsers_are_poked: 409, too_many_browsers: 409 },
  limit: 20,
})

export const pokeNoMore = operation({
  method: 'DELETE',
  path: '/push/browsers/:id',
  summary: 'Poke one of my browsers no more',
  input: z.object({ id: z.uuid() }),
  output: nothing,
  refusals: { no_such_browser: 404 },
})
