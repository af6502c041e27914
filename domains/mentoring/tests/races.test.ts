import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import { freshDatabase, someone } from '#tests/database.ts'
import { connections, rounds, startingLine, tell, type Outcome, type Racer } from '#tests/race.ts'
import { alwaysOpen, aMentor } from './people.ts'

after(() => close()) // before the database goes, whose own end is said next
const db = await freshDatabase()
const { race, close } = await startingLine(db)
const [priya, second] = await Promise.all([
  aMentor(db, 'priya', { timezone: 'Asia/Kolkata', hourly_rate: 45.5, lengths: [30, 60], start_every: 30, horizon_days: 120 }),
  aMentor(db, 'second', { start_every: 5, lengths: [30, 60], horizon_days: 120 }),
])
for (const mentor of [priya, second]) await alwaysOpen(db, mentor)
const mentees = await Promise.all(Array.from({ length: connections }, (_, at) => someone(db, `mentee${at}`)))
const [mateo, mei] = mentees as [(typeof mentees)[0], (typeof mentees)[0]]

// On the half hour of Kolkata, from tomorrow on; each round takes hours of its own.
let next = Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 86_400_000
const anHour = () => new Date((next += 4 * 3_600_000)).toISOString()
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * 60_000).toISOString()
const book = (who: { acting: Racer['as'] }, mentor: { id: string }, at: string, minutes = 60): Racer => ({
  as: who.acting,
  does: 'select mentoring.create_booking_if_free($1, $2, $3) as id',
  with: [mentor.id, at, minutes],
})

// Nobody waits for the other and both are told no: the hour is one person's, and every other no has a name.
const again =
  (each: (n: number, at: string) => Racer, went: (through: number) => boolean, ...names: string[]) =>
  async (t: TestContext) => {
    const outcomes: Outcome[] = []
    for (let round = 0; round < rounds; round++) {
      const at = anHour()
      const outcome = await race(mentees.map((_, n) => each(n, at)))
      assert.deepEqual(
        Object.keys(outcome.refused).filter((name) => !names.includes(name)),
        [],
      )
      assert.ok(went(outcome.won.length), `${outcome.won.length} went through`)
      outcomes.push(outcome)
    }
    tell(t, outcomes)
  }
const one = (through: number) => through === 1

test(
  'for one hour of a mentor: one has it',
  again((n, at) => book(mentees[n]!, priya, at), one, 'mentor_is_busy'),
)

test(
  'for parts of an hour that overlap: nobody is taken twice',
  again(
    (n, at) => book(mentees[n]!, second, later(at, (n * 5) % 120), n % 2 ? 30 : 60),
    (through) => through >= 2,
    'mentor_is_busy',
  ),
)

test(
  'one mentee wants two mentors at once: one of them it is',
  again((n, at) => book(mateo, n % 2 ? priya : second, at), one, 'mentor_is_busy', 'you_are_busy'),
)

test('both step out of a booking, and it is stepped out of once', async (t) => {
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) {
    const { won } = await race([book(mei, priya, anHour())])
    const id = won[0]![0]!['id']
    await race([{ as: priya.acting, does: 'select private.confirm_booking($1)', with: [id] }])
    const cancel = 'select private.cancel_booking($1)'
    const outcome = await race(mentees.map((_, n) => ({ as: n % 2 ? priya.acting : mei.acting, does: cancel, with: [id] })))
    assert.deepEqual([outcome.won.length, outcome.refused], [1, { booking_cannot_do_that: connections - 1 }])
    assert.equal((await db.sql(`select from mentoring.booking_steps where booking_id = $1 and step = 'cancelled'`, [id])).length, 1)
    outcomes.push(outcome)
  }
  tell(t, outcomes)
})

test('and after all of it nobody is in two places', async () => {
  const twice = await db.sql(
    `select from scheduling.commitments a join scheduling.commitments b on a.person_id = b.person_id and a.meeting_id < b.meeting_id and a.during && b.during`,
  )
  assert.deepEqual(twice, [])
})
