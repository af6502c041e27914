import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { connections as many, type Outcome, type Racer, rounds, startingLine, tell } from '#tests/race.ts'
import { type Person, theatre } from './scene.ts'

// Each round on a day of its own; nothing but named refusals comes back, and what is left is what they were told.
after(() => close())
const db = await freshDatabase()
const { race, close } = await startingLine(db)
const { person } = await theatre(db)
const people: Person[] = []
for (let n = 0; n < many; n++) people.push(await person(`Person ${n}`))
let outcomes: Outcome[] = []
let day = 2
const again = (run: (day: number) => Promise<void>) => async (t: TestContext) => {
  outcomes = []
  for (let round = 1; round <= rounds; round++) await run(day++)
  tell(t, outcomes)
}
type Act = [who: Person, does: string, ...values: unknown[]]
async function atOnce(acts: Act[]): Promise<Record<string, number>> {
  const outcome = await race(acts.map(([{ acting }, does, ...values]): Racer => ({ as: acting, does, with: values })))
  outcomes.push(outcome)
  return { done: outcome.won.length, ...outcome.refused }
}

const wish = `select private.wish_for_a_partner(date_trunc('hour', now()) + make_interval(days => $1), date_trunc('hour', now()) + make_interval(days => $1, hours => 3), 60, 'mock')`
type Proposal = { id: string; one: string; two: string }
const proposals = () =>
  db.sql<Proposal>(`select p.id, a.person_id as one, b.person_id as two from practice.proposals p
    join practice.wishes a on a.id = p.wish_id join practice.wishes b on b.id = p.other_wish_id where p.declined_at is null`)
const agree = 'select private.agree_to_proposal($1)'
const named = (id: string) => people.find((one) => one.id === id)!
const seated = async () => (await db.sql('select from practice.practice_sessions where guest_id is not null')).length
const clear = async () => {
  await db.sql('delete from practice.wishes')
  await db.sql('delete from safety.blocks')
}

test(
  `${many} who wish for the same hours at once are proposed one partner each; all agree at once, and each sits in one session`,
  again(async (day) => {
    assert.deepEqual(await atOnce(people.map((who) => [who, wish, day])), { done: many })
    const made = await proposals()
    assert.equal(made.length, Math.floor(many / 2))
    assert.equal(new Set(made.flatMap(({ one, two }) => [one, two])).size, made.length * 2)
    const before = await seated()
    const said = await atOnce(made.flatMap(({ id, one, two }): Act[] => [one, two].map((who) => [named(who), agree, id])))
    assert.deepEqual(said, { done: made.length * 2 })
    assert.equal((await seated()) - before, made.length)
    assert.deepEqual(await proposals(), [])
    await clear()
  }),
)

test(
  'one agrees, the other declines, one takes the wish back and one blocks the other, all at once: a session or none, and nobody waits for ever',
  again(async (day) => {
    await atOnce(people.map((who) => [who, wish, day]))
    const made = await proposals()
    const acts = made.flatMap(({ id, one, two }, nth): Act[] => [
      [named(one), agree, id],
      [named(two), agree, id],
      nth % 3 === 0
        ? [named(two), 'select private.decline_proposal($1)', id]
        : nth % 3 === 1
          ? [named(one), 'select private.withdraw_wish(w.id) from private.my_wishes() w']
          : [named(two), 'insert into safety.blocks (blocked_id) values ($1)', one],
    ])
    const said = await atOnce(acts.slice(0, many)) // as many as there are connections
    assert.deepEqual(
      Object.keys(said).filter((word) => !['done', 'proposal_is_off', 'no_such_wish', 'you_are_busy', 'partner_is_busy'].includes(word)),
      [],
    )
    const busy = await db.sql<{ person_id: string }>(
      `select c.person_id from scheduling.commitments c left join practice.practice_sessions s on s.meeting_id = c.meeting_id and c.person_id in (s.host_id, s.guest_id)
       where s.id is null`,
    )
    assert.deepEqual(busy, [], 'nobody’s time is claimed for nothing')
    await clear()
  }),
)
