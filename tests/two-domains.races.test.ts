import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aMentor, alwaysOpen } from '#domains/mentoring/tests/people.ts'
import { theatre } from '#domains/practice/tests/scene.ts'
import { freshDatabase } from './database.ts'
import { connections, rounds, startingLine, tell, type Outcome, type Racer } from './race.ts'

const db = await freshDatabase()
const { person, offer } = await theatre(db)
const half = connections / 2

// What no constraint of one domain could hold: the seats and the hours are all different, and only Ada is the same.
test('somebody who takes practice seats and books mentors for the same hour, all at once, has one of them', async (t) => {
  const { race, close } = await startingLine(db)
  t.after(close)
  const hosts = await Promise.all(Array.from({ length: half }, (_, n) => person(`host ${n}`)))
  const mentors = await Promise.all(
    Array.from({ length: half }, (_, n) => aMentor(db, `mentor${n}`, { start_every: 15, lengths: [30, 60] })),
  )
  await Promise.all(mentors.map((mentor) => alwaysOpen(db, mentor)))
  const outcomes: Outcome[] = []
  for (let round = 0; round < rounds; round++) {
    const ada = await person('Ada')
    const hour = Math.ceil(Date.now() / 3_600_000) * 60 + (2 + round * 3) * 60
    const minutes = hour - Math.ceil(Date.now() / 60_000) // the theatre counts in minutes from now
    const sessions = await Promise.all(hosts.map((host) => offer(host, { minutes })))
    const [begins] = await db.sql<{ at: Date }>('select starts_at as at from practice.practice_sessions where id = $1', [sessions[0]])
    const racers = Array.from(
      { length: connections },
      (_, n): Racer =>
        n % 2
          ? { as: ada.acting, does: 'select private.take_seat($1, 1)', with: [sessions[(n - 1) / 2]] }
          : {
              as: ada.acting,
              does: `select private.book($1, date_trunc('hour', $2::timestamptz), 60, '')`,
              with: [mentors[n / 2]!.id, begins!.at],
            },
    )
    const outcome = await race(racers)
    assert.deepEqual([outcome.won.length, outcome.refused], [1, { you_are_busy: connections - 1 }])
    outcomes.push(outcome)
  }
  tell(t, outcomes)
})
