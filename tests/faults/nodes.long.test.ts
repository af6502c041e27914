import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { listen } from '#platform/live/tests/ear.ts'
import { follow, send, type Sent } from './follower.ts'
import { much, openStage, stand, tell, wrongIn } from './scene.ts'

const stage = await openStage()
const [amara, jonas] = [await stage.somebody(), await stage.somebody()]
const [east, west] = [await stand(stage), await stand(stage)]

describe('two nodes on one database', { concurrency: 1 }, () => {
  test('hear each other’s words, and who is present where', async () => {
    const topic = await stage.talk(amara, jonas)
    const ears = [await listen(east.address(), bearer(amara)), await listen(west.address(), bearer(jonas))] as const
    for (const ear of ears) ear.say({ say: 'listen', topics: { [topic]: null } })
    await Promise.all(ears.map((ear) => ear.hears('ready')))
    ears[0].say({ say: 'here', topic, state: 'reading' })
    assert.deepEqual((await ears[1].hears('present', ({ people }) => people.length > 0)).people, [{ person: amara.id, state: 'reading' }])
    const long = 'A long signal, with an ä and a 🩺. '.repeat(500)
    ears[0].say({ say: 'word', topic, kind: 'sample.signal', body: { long } })
    assert.deepEqual((await ears[1].hears('word')).body, { long })
    ears[1].say({ say: 'here', topic, state: 'writing' })
    await ears[0].hears('present', ({ people }) => people.length === 2)
    ears[0].ws.terminate()
    await ears[1].hears('present', ({ people }) => people.length === 1 && people[0]!.person === jonas.id)
    ears[1].close()
  })

  test('one is started again, and again, under load: nothing is lost, doubled or out of order', async (t) => {
    const topic = await stage.talk(amara, jonas)
    const over = new AbortController()
    const followers = [follow({ ...amara, address: east.address }, [topic]), follow({ ...jonas, address: west.address }, [topic])]
    const sent: Sent = { acknowledged: [], tries: 0, stop: over.signal }
    const count = much(1_000, 60)
    try {
      const sending = Promise.all([
        send({ ...amara, address: east.address }, topic, count, sent, 5),
        send({ ...jonas, address: west.address }, topic, count, sent, 5),
      ])
      for (const signal of much(['SIGTERM', 'SIGKILL', 'SIGTERM', 'SIGKILL'], ['SIGKILL']) as NodeJS.Signals[]) {
        await pause(100)
        await west.again(signal)
      }
      await sending
      const wrong = await wrongIn(stage, topic, sent.acknowledged, followers)
      tell(
        t,
        `${sent.acknowledged.length} acknowledged in ${sent.tries} tries, connections ${followers.map((one) => one.connections()).join(', ')}, wrong ${wrong.length}`,
      )
      assert.deepEqual(wrong, [])
      assert.equal(sent.acknowledged.length, 2 * count)
    } finally {
      over.abort()
      for (const follower of followers) follower.stop()
    }
  })
})

const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })
