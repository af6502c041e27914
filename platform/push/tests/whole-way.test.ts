import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handOn } from '#platform/notices/hand-on.ts'
import { notify } from '#platform/notices/notify.ts'
import { supervise } from '#platform/jobs/supervise.ts'
import { until } from '#platform/jobs/tests/scene.ts'
import { logger } from '#platform/operations/log.ts'
import { freshDatabase, theServer } from '#tests/database.ts'
import { freshPushService, patiently } from '#tests/push-service.ts'
import { sendPokeBy } from '../send.ts'
import { publicKeyOf } from '../vapid.ts'
import { configuration, someoneInABrowser, subscribe, vapid } from './scene.ts'

// The real relay, queue and thread, on two nodes; outside of the building there is the push service alone.
const db = await freshDatabase()
const service = await freshPushService()
const key = publicKeyOf(vapid)
const node = () =>
  supervise({
    entry: new URL('./thread.ts', import.meta.url),
    jobs: [handOn, sendPokeBy(patiently)],
    url: db.url('vivavoce_worker'),
    configuration,
    log: logger('silent'),
    limits: { longestPauseSeconds: 0.1, goodbyeSeconds: 3 },
  })

async function people(count: number) {
  const all = []
  for (let one = 0; one < count; one++) {
    const who = await someoneInABrowser(db)
    const endpoint = service.endpoint(key)
    await subscribe(db, who, endpoint)
    all.push({ ...who, endpoint })
  }
  return all
}
const telling = (ids: string[], urgency: 'now' | 'soon' = 'soon') =>
  db.database.write(theServer, async (tx) => {
    for (const id of ids) await notify(tx, id, { kind: 'sample.x', title: 'Something is ready', urgency })
  })
const nothingIsLeft = async () => (await db.sql('select from jobs.queued union all select from push.pokes')).length === 0

test('a deed of the database’s reaches browsers through the real worker, each once, with two nodes at work', async (t) => {
  const nodes = [await node(), await node()]
  try {
    const all = await people(20)
    await telling(all.map(({ id }) => id))
    await until(async () => service.pokes.length >= 20 && (await nothingIsLeft()), 90) // a thread that a busy machine lets starve is begun anew, and its job again after half a minute
    assert.deepEqual(service.pokes.map(({ endpoint }) => endpoint).toSorted(), all.map(({ endpoint }) => endpoint).toSorted())

    const [ada] = await people(1)
    const began = performance.now()
    await telling([ada!.id], 'now')
    await until(async () => service.pokes.some(({ endpoint }) => endpoint === ada!.endpoint))
    t.diagnostic(`from the commit to the push service: ${Math.round(performance.now() - began)} ms`)

    const [bo] = await people(1)
    service.misbehave(500)
    await telling([bo!.id])
    await until(async () => service.asked.includes(bo!.endpoint))
    service.misbehave()
    await until(async () => service.pokes.some(({ endpoint }) => endpoint === bo!.endpoint))
    await until(nothingIsLeft)
    assert.deepEqual(await db.sql('select from jobs.dead_letters'), [])
    assert.equal(service.pokes.length, 22)
  } finally {
    await Promise.all(nodes.map((running) => running.stop()))
  }
})
