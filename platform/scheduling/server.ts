import { handle } from '#platform/operations/handle.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { knownHere, plannedBetween, type Known } from './calendar.ts'
import { addressOf, newFeed, serveFeed, tokenOf } from './feed.ts'
import { jobsBy } from './jobs.ts'
import { unchosen } from './leads.ts'
import { schedulingMails } from './mails.ts'
import { schedulingOfPerson } from './person.ts'
import { plansByKind, type Plans } from './plans.ts'

const day = 86_400_000
const longest = 62 * day // two months, as a page may show

/** `all`: what every part plans, asked when it is needed, because this is one of them. */
export function scheduling(all: () => readonly Plans[]): Part {
  const known = (): Known => plansByKind(all())
  return {
    name: 'scheduling',
    api,
    jobs: jobsBy(known),
    mails: schedulingMails,
    people: [schedulingOfPerson],
    serve: (app, server) => serveFeed(app, server, known),
    handlers: (server) => [
      handle(api.readCalendar, async ({ input: { from, until }, db, person, refuse }) => {
        if (!isSpan(from, until)) return refuse('span_is_not_one')
        return { items: await plannedBetween(db, knownHere(known(), server.configuration), person.id, from, until) }
      }),

      handle(api.readNext, async ({ db, person }) => {
        const now = Date.now()
        const plans = knownHere(known(), server.configuration)
        const items = await plannedBetween(db, plans, person.id, new Date(now).toISOString(), new Date(now + longest).toISOString())
        return {
          next: items
            .filter(({ starts_at, state }) => Date.parse(starts_at) < now + 14 * day && state !== 'held' && state !== 'yours')
            .filter(({ starts_at, ends_at }) => Date.parse(ends_at) - Date.parse(starts_at) > 1_000) // over before its time: private.finish
            .slice(0, 5),
          waiting: items.filter(({ state }) => state === 'yours'),
        }
      }),

      handle(api.amIFree, async ({ input: { from, until, meeting }, db, person, refuse }) => {
        if (!isSpan(from, until)) return refuse('span_is_not_one')
        const plans = knownHere(known(), server.configuration)
        const inTheWay = (await plannedBetween(db, plans, person.id, from, until)).filter(({ id }) => id !== meeting)
        const others = meeting ? await db.call('private.others_are_free', { meeting, within: `[${from},${until})` }) : null
        return { free: inTheWay.length === 0, in_the_way: inTheWay, others_are_free: others }
      }),

      handle(api.readFeed, async ({ db, person }) => {
        const feed = await db.selectFrom('scheduling.feeds').select(['id', 'made_at', 'fetched_at']).executeTakeFirst()
        if (!feed) return { feed: null }
        const url = addressOf(server.configuration.publicUrl, tokenOf(server.keys.secrets, person.id, feed.id))
        return { feed: { url, made_at: feed.made_at, fetched_at: feed.fetched_at } }
      }),

      handle(api.makeFeed, async ({ db, person }) => {
        const { id, token, hash } = newFeed(server.keys.secrets, person.id)
        await db.call('private.make_feed', { id, token_hash: hash })
        return { url: addressOf(server.configuration.publicUrl, token) }
      }),

      handle(api.revokeFeed, async ({ db }) => {
        await db.deleteFrom('scheduling.feeds').execute()
        return {}
      }),

      handle(api.readReminders, async ({ db }) => {
        const chosen = await db.selectFrom('scheduling.choices').select(['day_before', 'hour_before', 'ten_minutes']).executeTakeFirst()
        return chosen ?? unchosen
      }),

      handle(api.chooseReminders, async ({ input, db }) => {
        await db
          .insertInto('scheduling.choices')
          .values(input)
          .onConflict((mine) => mine.column('person_id').doUpdateSet(input))
          .execute()
        return {}
      }),
    ],
  }
}

// The years are those of calendars: PostgreSQL, ISO 8601 and JavaScript do not agree about year 0.
const isSpan = (from: string, until: string) => {
  const length = Date.parse(until) - Date.parse(from)
  return length > 0 && length <= longest && from >= '2000' && until < '2200'
}
