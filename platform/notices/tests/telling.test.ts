import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signedIn, someoneInABrowser, subscribe, queued, runningOn } from '#platform/push/tests/scene.ts'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { rounds, startingLine, tell as tellOutcome } from '#tests/race.ts'
import { handOn } from '../hand-on.ts'
import { notify, type Notice } from '../notify.ts'

const db = await freshDatabase()
let browsers = 0
type Told = { id: string; urgency: string; handed_on_at: string | null }

/** Somebody who may be poked in one browser. */
async function ada() {
  const who = await someoneInABrowser(db, 'ada')
  await subscribe(db, who, `https://push.example.test/${++browsers}`)
  return { ...who, ...talkingTo(who.id) }
}
const talkingTo = (id: string) => ({
  tell: (notice: Partial<Notice> = {}) =>
    db.database.write(theServer, (tx) => notify(tx, id, { kind: 'sample.x', title: 'Something is ready', ...notice })),
  told: () => db.sql<Told>('select id, urgency, handed_on_at from notices.notices where person_id = $1 order by made_at', [id]),
  chooses: (choices: string) =>
    db.sql(`insert into notices.choices (person_id, ${choices.split('=')[0]}) values ($1, ${choices.split('=')[1]})`, [id]),
  /** Of what waits to be handed on: from when. */
  handedOnFrom: async () => {
    const ids = (await db.sql<{ id: string }>('select id from notices.notices where person_id = $1', [id])).map((row) => row.id)
    return (await queued(db, 'notices.hand-on')).filter(({ data }) => ids.includes(data['notice']!)).map(({ start_after }) => start_after)
  },
  handOn: async () => {
    for (const { id: notice } of await db.sql<{ id: string }>('select id from notices.notices where person_id = $1', [id]))
      await handOn.run(runningOn(db, { notice }))
  },
  pokes: async () =>
    (
      await db.sql<{ urgency: string }>(
        'select p.urgency from push.pokes p join push.subscriptions s on s.id = p.subscription_id where s.person_id = $1',
        [id],
      )
    ).map(({ urgency }) => urgency),
})
// Quiet from a minute ago until in an hour, by UTC's clock: whatever the time is.
const quietNow = `quiet_from, quiet_until=(now() at time zone 'UTC' - interval '1 minute')::time(0), (now() at time zone 'UTC' + interval '1 hour')::time(0)`

describe('Ada is poked', () => {
  test('for what is to be seen soon: once, however often the job runs', async () => {
    const { tell, told, handedOnFrom, handOn, pokes } = await ada()
    await tell()
    assert.deepEqual(await handedOnFrom(), [null])
    await handOn()
    const [first] = await told()
    assert.ok(first!.handed_on_at)
    await handOn()
    assert.deepEqual(await told(), [first])
    assert.deepEqual(await pokes(), ['soon'])
    assert.deepEqual(await db.sql('select reasons from push.pokes where reasons > 1'), [])
  })

  test('in every browser of hers', async () => {
    const { id, tell, handOn, pokes } = await ada()
    await subscribe(db, await signedIn(db, id), `https://push.example.test/${++browsers}`)
    await tell()
    await handOn()
    assert.deepEqual(await pokes(), ['soon', 'soon'])
  })

  test('after quiet hours; but at once for what is of no use afterwards', async () => {
    const { tell, handedOnFrom, handOn, chooses, pokes } = await ada()
    await chooses(quietNow)
    await tell()
    await handOn() // too early: it looks again when they end
    const [first, again] = await handedOnFrom()
    assert.ok(Date.parse(first!) > Date.now())
    assert.equal(again, first)
    assert.deepEqual(await pokes(), [])
    await tell({ urgency: 'now' })
    assert.deepEqual(
      (await handedOnFrom()).filter((at) => at === null),
      [null],
    )
    await handOn()
    assert.deepEqual(await pokes(), ['now'])
  })

  test('for what could not wait and had to, as for anything else', async () => {
    const { id, tell, handOn, chooses, pokes } = await ada()
    await tell({ urgency: 'now' })
    await db.sql(`update notices.notices set made_at = now() - interval '11 minutes' where person_id = $1`, [id])
    await chooses(quietNow)
    await handOn()
    assert.deepEqual(await pokes(), [])
    await db.sql('update notices.choices set quiet_from = null, quiet_until = null where person_id = $1', [id])
    await handOn()
    assert.deepEqual(await pokes(), ['soon'])
  })

  test('by the hours she chose meanwhile', async () => {
    const { id, tell, handOn, chooses, pokes } = await ada()
    await chooses(quietNow)
    await tell()
    await db.sql('update notices.choices set quiet_from = null, quiet_until = null where person_id = $1', [id])
    await handOn()
    assert.deepEqual(await pokes(), ['soon'])
  })
})

describe('Ada is not poked', () => {
  test('for what can wait', async () => {
    const { tell, told, handedOnFrom, handOn, pokes } = await ada()
    await tell({ urgency: 'later' })
    assert.deepEqual(await handedOnFrom(), [])
    assert.equal((await told()).length, 1)
    await handOn()
    assert.deepEqual(await pokes(), [])
  })

  test('for what she has read meanwhile', async () => {
    const { acting, tell, handOn, pokes } = await ada()
    await tell()
    await db.database.write(acting, (tx) => tx.updateTable('notices.notices').set({ read_at: new Date().toISOString() }).execute())
    await handOn()
    assert.deepEqual(await pokes(), [])
  })

  test('where she wants none, before or meanwhile', async () => {
    const { tell, handedOnFrom, handOn, chooses, pokes } = await ada()
    await tell()
    await chooses('push=false')
    await tell({ urgency: 'now' })
    assert.equal((await handedOnFrom()).length, 1)
    await handOn()
    assert.deepEqual(await pokes(), [])
  })

  test('where she is signed out', async () => {
    const { session, tell, handedOnFrom, handOn, pokes } = await ada()
    await tell()
    await db.sql('delete from auth.sessions where id = $1', [session])
    await tell()
    assert.equal((await handedOnFrom()).length, 1)
    await handOn()
    assert.deepEqual(await pokes(), [])
  })
})

test('Bo, who asked for it nowhere, is told, and nothing is queued for it', async () => {
  const bo = await someone(db, 'bo')
  const { tell, told, handedOnFrom } = talkingTo(bo.id)
  await tell({ urgency: 'now' })
  assert.equal((await told()).length, 1)
  assert.deepEqual(await handedOnFrom(), [])
  await assert.rejects(
    db.database.write(bo.acting, (tx) => tx.call('private.try_me', {})),
    { constraint: 'nothing_is_on' },
  )
})

describe('open pages hear', () => {
  const heard = async (id: string) =>
    (await db.sql<{ kind: string; body: object }>('select kind, body from live.events where topic_id = $1 order by seq', [id])).map(
      ({ kind, body }) => [kind, body],
    )

  test('of a notice, without a word of it', async () => {
    const bo = await someone(db, 'bo')
    await talkingTo(bo.id).tell({ urgency: 'later' })
    assert.deepEqual(await heard(bo.id), [['notices.told', {}]])
  })

  test('once of all that one deed tells them, and of the next one’s again', async () => {
    const [bo, cleo] = [await someone(db, 'bo'), await someone(db, 'cleo')]
    const notice = { kind: 'sample.x', title: 'Something is ready' }
    await db.database.write(theServer, async (tx) => {
      for (const { id } of [bo, cleo, bo]) await notify(tx, id, notice)
    })
    assert.equal((await heard(bo.id)).length, 1)
    assert.equal((await heard(cleo.id)).length, 1)
    await db.database.write(theServer, (tx) => notify(tx, bo.id, notice))
    assert.equal((await heard(bo.id)).length, 2)
  })

  test('nothing of a deed that came to nothing', async () => {
    const bo = await someone(db, 'bo')
    await assert.rejects(
      db.database.write(theServer, async (tx) => {
        await notify(tx, bo.id, { kind: 'sample.x', title: 'Something is ready' })
        throw new Error('and then it failed')
      }),
    )
    assert.deepEqual(await heard(bo.id), [])
  })
})

test('deeds that tell the same people in opposite orders do not wait for each other for ever', async (t) => {
  const { race, close } = await startingLine(db)
  t.after(close)
  const people = [await someone(db, 'bo'), await someone(db, 'cleo'), await someone(db, 'dan')].map(({ id }) => id)
  const outcomes = []
  for (let round = 0; round < rounds; round++)
    outcomes.push(
      await race(
        Array.from({ length: 24 }, (_, lane) => ({
          as: theServer,
          does: `select private.notify(p, 'sample.x', 'Something is ready') from unnest($1::uuid[]) with ordinality as u (p, n) order by n`,
          with: [lane % 2 ? people : people.toReversed()],
        })),
      ),
    )
  for (const { won, refused } of outcomes) {
    assert.equal(won.length, 24)
    assert.deepEqual(refused, {})
  }
  for (const id of people) {
    const [counted] = await db.sql('select seq::int as seq from live.topics where id = $1', [id])
    assert.deepEqual(counted, { seq: 24 * rounds })
  }
  tellOutcome(t, outcomes)
})

test('two workers hand one notice on once', async (t) => {
  const { race, close } = await startingLine(db)
  t.after(close)
  const outcomes = []
  for (let round = 0; round < rounds; round++) {
    const { id, tell, told } = await ada()
    await tell()
    const [notice] = await told()
    const racers = Array.from({ length: 8 }, () => ({ as: theServer, does: 'select private.hand_on($1)', with: [notice!.id] }))
    outcomes.push(await race(racers))
    const reasons = await db.sql(
      'select p.reasons from push.pokes p join push.subscriptions s on s.id = p.subscription_id where s.person_id = $1',
      [id],
    )
    assert.deepEqual(reasons, [{ reasons: 1 }])
  }
  tellOutcome(t, outcomes)
})
