import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { TestDatabase } from '#tests/database.ts'
import type { Guest } from './scene.ts'

type Db = Pick<TestDatabase, 'sql'>

/**
 * Every page's clock is right within 250 ms: turns when the database's instants say so, and so when the others' do. Answers what it
 * found, in milliseconds.
 */
export async function clocksAgree(db: Db, room: string, people: readonly Pick<Guest, 'page'>[]): Promise<string> {
  await Promise.all(people.map(({ page }) => page.getByRole('timer').waitFor()))
  const ends = await endOfPhase(db, room)
  const late = await Promise.all(people.map(({ page }) => turnsLate(page, ends)))
  const found = `${late.map((one) => one.toFixed(1)).join(', ')} ms`
  assert.ok(
    late.every((one) => Math.abs(one) <= 250),
    `the clocks are wrong by ${found}`,
  )
  assert.ok(Math.max(...late) - Math.min(...late) <= 250, `the clocks do not agree: ${found}`)
  return found
}

/** When the database says that this phase is over, in milliseconds since 1970. */
export async function endOfPhase(db: Db, room: string): Promise<number> {
  const [found] = await db.sql<{ ends: number }>(
    `select (extract(epoch from min(instant)) * 1000)::float8 as ends
     from rooms.clocks, unnest(instants) as instant where room_id = $1 and instant > now()`,
    [room],
  )
  return found!.ends
}

/**
 * How much later a page turns to the next second than it should, by a time that no page can shift. A busy machine shows a second late,
 * and never early: of some, the one least late says what the page takes the time to be.
 */
const turnsLate = (page: Page, ends: number): Promise<number> =>
  page.evaluate(
    (ends) =>
      new Promise<number>((found) => {
        const timer = document.querySelector('[role=timer]')!
        let least = Infinity
        let turns = 0
        const watching = new MutationObserver(() => {
          const [minutes, seconds] = timer.textContent.split(':').map(Number)
          const due = ends - (minutes! * 60 + seconds!) * 1_000
          least = Math.min(least, performance.timeOrigin + performance.now() - due)
          if (++turns < 2 || (least > 100 && turns < 8)) return
          watching.disconnect()
          found(least)
        })
        watching.observe(timer, { subtree: true, childList: true, characterData: true })
      }),
    ends,
  )

/** For a browser whose own clock is so many days off. */
export const daysOff = (days: number): { content: string } => ({
  content: `{
    const Real = Date, off = ${days * 86_400_000}
    window.Date = class extends Real {
      constructor(...how) { how.length === 0 ? super(Real.now() + off) : super(...how) }
      static now() { return Real.now() + off }
    }
  }`,
})
