import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cast } from '#platform/demo/cast.ts'
import { loadDemo } from '#platform/demo/load.ts'
import { demo } from '#platform/demo/server.ts'
import { actingAs, freshDatabase } from '#tests/database.ts'
import { speaking } from '../server.ts'
import { scenarioWays, sessionWays } from './scene.ts'

const db = await freshDatabase()
await loadDemo(db.url(), [demo, speaking])

test('the demo world has scenarios and sessions in every state, for several professions', async () => {
  const states = async (table: string) =>
    (await db.sql<{ status: string }>(`select distinct status from speaking.${table}`)).map(({ status }) => status)
  assert.deepEqual((await states('scenarios')).toSorted(), Object.keys(scenarioWays).toSorted())
  assert.deepEqual((await states('sessions')).toSorted(), Object.keys(sessionWays).toSorted())
  const [row] = await db.sql(
    `select count(distinct target_profession)::integer as professions from speaking.scenarios where status = 'published'`,
  )
  assert.ok(Number(row!['professions']) >= 4)
})

test('Amara reads four reports that quote her, and sees how she got on over the weeks; Robin sees none of it', async () => {
  const seen = (id: string) =>
    db.database.read(actingAs(id), (tx) =>
      tx.all(
        tx.selectFrom('speaking.feedback_reports').select('evidence'),
        tx.selectFrom('speaking.user_progress_snapshots').select('average_score').orderBy('snapshot_date'),
        tx.selectFrom('speaking.scenarios').select('title').where('status', '=', 'published'),
      ),
    )
  const [reports, snapshots] = await seen(cast.amara.id)
  assert.equal(reports.length, 4)
  assert.deepEqual(
    snapshots.map(({ average_score }) => average_score),
    [22, 23.5, 25, 26.5],
  )
  assert.deepEqual(
    (await seen(cast.robin.id)).map(({ length }) => length),
    [0, 0, 6],
  )
})

test('each snapshot says what its sessions say', async () => {
  const wrong = await db.sql(
    `select p.id from speaking.user_progress_snapshots p,
       lateral (select count(*)::integer as count, avg(r.score_raw) as average from speaking.sessions s join speaking.feedback_reports r on r.session_id = s.id
         where s.user_id = p.user_id and s.status = 'completed' and s.created_at <= p.created_at) so_far
     where p.sessions_completed_count <> so_far.count or p.average_score <> so_far.average`,
  )
  assert.deepEqual(wrong, [])
})
