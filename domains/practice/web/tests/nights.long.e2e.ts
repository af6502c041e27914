import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { theatre } from '#domains/practice/tests/scene.ts'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { daysOff } from '#platform/rooms/web/tests/clocks.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { sql } = pages.server.db
await theatre(pages.server.db)

describe('When a session is, each reads by their own wall:', () => {
  for (const [what, starts, hers, his] of [
    ['over midnight UTC', '2027-01-15T23:30:00Z', /Friday 15 January.*, 23:30–Sat 00:30/, /Saturday 16 January.*, 05:00–06:00/],
    [
      'in the night in which London loses an hour',
      '2027-03-28T00:30:00Z',
      /Sunday 28 March.*, 00:30–02:30/,
      /Sunday 28 March.*, 06:00–07:00/,
    ],
    [
      'in the night in which London has an hour twice',
      '2027-10-31T00:30:00Z',
      /Sunday 31 October.*, 01:30–01:30/,
      /Sunday 31 October.*, 06:00–07:00/,
    ],
  ] as const)
    test(what, async () => {
      const [ada, bo] = await Promise.all([appears('Ada Bell', 'Europe/London'), appears('Bo Carr', 'Asia/Kolkata')])
      const { body } = await ada.post('/practice/offers', {
        starts_at: new Date(Date.now() + 86_400_000).toISOString(),
        minutes: 60,
        type: 'mock',
        format: 'short',
      })
      const { id, version } = body as { id: string; version: number }
      assert.equal((await bo.post(`/practice/offers/${id}/guest`, { version })).status, 200)
      // Planned half a year ahead at most: a night further on is set by the owner.
      await sql(
        `update practice.practice_sessions set date = ($2::timestamptz at time zone 'UTC')::date, time = ($2::timestamptz at time zone 'UTC')::time where id = $1`,
        [id, starts],
      )
      for (const [who, zone, reads] of [
        [ada, 'Europe/London', hers],
        [bo, 'Asia/Kolkata', his],
      ] as const)
        for (const before of [undefined, daysOff(1)]) {
          const page = await browserOf(pages, who, '/healthz', { timezoneId: zone })
          if (before) await page.context().addInitScript(before)
          await page.goto(`/practice/sessions/${id}`)
          await page.getByText(reads).first().waitFor()
          await page.context().close()
        }
    })
})

const appears = async (name: string, zone: string) => {
  const who = await somebody(pages.server, name)
  await sql('update identity.accounts set zone = $2 where user_id = $1', [who.id, zone])
  const [first_name, last_name] = name.split(' ')
  await who.put('/practice/profile', { first_name, last_name, training_level: 'Student' })
  return who
}
