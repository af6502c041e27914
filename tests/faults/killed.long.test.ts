import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { follow, send, type Sent } from './follower.ts'
import { faultsIn } from './history.ts'
import { much, openStage, stand, tell, wrongIn } from './scene.ts'

const sends = much(1_000, 60)
const stage = await openStage()
const [amara, jonas, mei] = [await stage.somebody(), await stage.somebody(), await stage.somebody()]
const server = await stand(stage)

/** Four send, three listen, and something happens each time so many more are acknowledged. */
async function through(t: TestContext, happens: () => Promise<void>, times = much(5, 1)): Promise<void> {
  const seed = Number(process.env['SEED'] ?? randomInt(1e9))
  const topic = await stage.talk(amara, jonas, mei)
  const over = new AbortController()
  const followers = [amara, jonas, mei].map((one) => follow({ ...one, address: server.address }, [topic]))
  const sent: Sent = { acknowledged: [], tries: 0, stop: over.signal }
  let wrong: string[]
  try {
    const sending = Promise.all([amara, jonas, mei, amara].map((one) => send({ ...one, address: server.address }, topic, sends / 4, sent)))
    for (let time = 1; time <= times; time++) {
      const from = (sends * time) / (times + 1) - ((seed * time) % 10)
      while (sent.acknowledged.length < from) await pause(1)
      await happens()
    }
    await sending
    wrong = await wrongIn(stage, topic, sent.acknowledged, followers)
  } finally {
    over.abort()
    for (const follower of followers) follower.stop()
  }
  const connections = followers.map((one) => one.connections()).join(', ')
  tell(
    t,
    `seed ${seed}: ${sent.acknowledged.length} acknowledged in ${sent.tries} tries, ${times} times, connections ${connections}, wrong ${wrong.length}`,
  )
  assert.equal(sent.acknowledged.length, sends)
  assert.deepEqual(wrong, [])
}

describe('every acknowledged event is there and heard, once and in order, through', { concurrency: 1 }, () => {
  test('kill -9 of PostgreSQL', (t) => through(t, async () => void process.kill(stage.postgres(), 'SIGKILL')))

  test('kill -9 of the server', (t) => through(t, () => server.again('SIGKILL')))

  test('kill -9 of both', (t) =>
    through(t, async () => {
      process.kill(stage.postgres(), 'SIGKILL')
      await server.again('SIGKILL')
    }))

  test('SIGTERM, of which everybody is told', async (t) => {
    await through(t, () => server.again('SIGTERM'))
  })
})

test('the checker finds what must not be', () => {
  const topic = 'talk'
  const event = (seq: number, line: string) => ({ at: 0, saw: 'event', topic, seq, kind: 'sample.said', line }) as const
  const kept: [number, string][] = [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]
  const [one, two, three] = [event(1, 'a'), event(2, 'b'), event(3, 'c')]
  const all = { acknowledged: ['a', 'b', 'c'], kept, topic, seen: [one, two, three] }
  assert.deepEqual(faultsIn(all), [])
  const another = event(2, 'x')
  for (const seen of [
    [one, two],
    [one, three],
    [one, two, two, three],
    [two, one, three],
    [one, another, three],
  ])
    assert.notDeepEqual(faultsIn({ ...all, seen }), [])
  assert.notDeepEqual(faultsIn({ ...all, acknowledged: ['a', 'd'] }), [])
  assert.notDeepEqual(faultsIn({ ...all, kept: [...kept, [5, 'e']], seen: [...all.seen, event(5, 'e')] }), [])
  assert.notDeepEqual(faultsIn({ ...all, kept: [...kept, [4, 'a']], seen: [...all.seen, event(4, 'a')] }), [])
})
