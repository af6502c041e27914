import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { freshDatabase, someone } from '#tests/database.ts'
import { connections, crowdOf, rounds } from '#tests/race.ts'
import { evidence, scenarioIn, sessionIn } from './scene.ts'

// As the owner: the functions that take these steps come with the operations, and must not do worse than the tables let them.
const db = await freshDatabase()
const [amara, ruth] = [await someone(db, 'amara'), await someone(db, 'ruth')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
const scenario = await scenarioIn(db, ruth.id)

/** Everybody at once, each in a transaction of their own. What is no refusal by name ends the test. */
async function race(
  pool: pg.Pool,
  does: (client: pg.PoolClient, lane: number) => Promise<unknown>,
): Promise<{ won: number; refused: string[] }> {
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()))
  const refused: string[] = []
  await Promise.all(
    clients.map(async (client, lane) => {
      try {
        await client.query('begin')
        await does(client, lane)
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        const { constraint } = error as pg.DatabaseError
        if (!constraint) throw error
        refused.push(constraint)
      } finally {
        client.release()
      }
    }),
  )
  return { won: connections - refused.length, refused }
}

test('many write the report on one session at once, and it gets one', async (t) => {
  const pool = crowdOf(db, t)
  for (let round = 0; round < rounds; round++) {
    const session = await sessionIn(db, amara.id, scenario, 'assessing')
    const { won, refused } = await race(pool, async (client, lane) => {
      await client.query(
        `insert into speaking.feedback_reports (session_id, transcript, ai_summary, score_raw, strengths, areas_for_improvement, evidence)
         values ($1, 'What do you worry about?', 'Short.', $2, '', '', $3)`,
        [session, lane % 40, JSON.stringify(evidence)],
      )
      await client.query(`update speaking.sessions set status = 'completed' where id = $1`, [session])
    })
    assert.equal(won, 1)
    assert.deepEqual([...new Set(refused)], ['one_report_per_session'])
    assert.equal((await db.sql('select from speaking.feedback_reports where session_id = $1', [session])).length, 1)
  }
  t.diagnostic(`race: ${t.name}: ${rounds} rounds of ${connections}: one report each`)
})

test('while a report is written its candidate stops: one of the two comes first, and the session says which', async (t) => {
  const pool = crowdOf(db, t)
  const ends: string[] = []
  for (let round = 0; round < rounds; round++) {
    const session = await sessionIn(db, amara.id, scenario, 'assessing')
    const { refused } = await race(pool, async (client, lane) => {
      if (lane % 2 === round % 2) {
        const { rowCount } = await client.query(
          `update speaking.sessions set status = 'abandoned' where id = $1 and status = 'assessing'`,
          [session],
        )
        if (rowCount === 1) await client.query(`update speaking.sessions set status = 'removed' where id = $1`, [session])
        return
      }
      await client.query(
        `insert into speaking.feedback_reports (session_id, transcript, ai_summary, score_raw, strengths, areas_for_improvement, evidence)
         values ($1, 'What do you worry about?', 'Short.', 20, '', '', $2)`,
        [session, JSON.stringify(evidence)],
      )
      await client.query(`update speaking.sessions set status = 'completed' where id = $1`, [session])
    })
    assert.deepEqual(
      refused.filter((name) => !['one_report_per_session', 'session_cannot_do_that'].includes(name)),
      [],
    )
    const [row] = await db.sql<{ status: string; reports: number }>(
      `select status, (select count(*)::integer from speaking.feedback_reports r where r.session_id = s.id) as reports from speaking.sessions s where id = $1`,
      [session],
    )
    assert.ok((row!.status === 'completed' && row!.reports === 1) || (row!.status === 'removed' && row!.reports === 0), JSON.stringify(row))
    ends.push(row!.status)
  }
  t.diagnostic(`race: ${t.name}: ${rounds} rounds of ${connections}: ${ends.join(', ')}`)
})

test('many subscribe the same person at once, and they pay once', async (t) => {
  const pool = crowdOf(db, t)
  for (let round = 0; round < rounds; round++) {
    const { id } = await someone(db, 'subscriber')
    const { won, refused } = await race(pool, (client) =>
      client.query(
        `insert into speaking.subscriptions (user_id, plan_name, status, current_period_start, current_period_end)
         values ($1, 'monthly', 'pending', now(), now() + interval '30 days')`,
        [id],
      ),
    )
    assert.equal(won, 1)
    assert.deepEqual([...new Set(refused)], ['one_subscription_at_a_time'])
  }
  t.diagnostic(`race: ${t.name}: ${rounds} rounds of ${connections}: one subscription each`)
})
