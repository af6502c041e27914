import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { freshDatabase, theServer } from '#tests/database.ts'
import { startingLine } from '#tests/race.ts'
import { practiceOfPerson } from '../person.ts'
import { type Person, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, act, seated, later } = await theatre(db)
const line = await startingLine(db)
after(line.close)
for (let n = 0; n < 4; n++) await aCase()

const write = ({ acting }: Person, session: string, words: string | null, rating: number | null = null, round = 1) =>
  ask(acting, 'select private.write_remark($1, $2, $3, $4)', [session, round, words, rating])
type Result = { mine: { words: string; rating: number | null } | null; theirs: { words: string; rating: number | null } | null }
const result = async ({ acting }: Person, session: string, round = 1) =>
  (await ask<Result & Record<string, unknown>>(acting, 'select * from private.see_result($1, $2)', [session, round]))[0]!
const toldOf = async ({ id }: Person) =>
  db.sql<{ leads_to: string; title: string; body: string }>(
    `select leads_to, title, body from notices.notices where person_id = $1 and kind = 'practice.remark'`,
    [id],
  )

describe('after a round', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')] // Ada is the candidate
  const session = await seated(ada, bo)
  await act(ada, 'begin_station', session)

  test('nobody writes before the feedback', async () => {
    for (const minutes of [0, 10, 20]) {
      await later(session, minutes)
      for (const who of [ada, bo]) await assert.rejects(write(who, session, 'Good.'), refused('not_yet'))
    }
    await later(session, 10)
  })

  test('the candidate rates the actor, the actor nobody', async () => {
    await write(ada, session, ' You never gave it away. ', 5)
    await assert.rejects(write(bo, session, 'Good.', 3), refused('not_your_role'))
    for (const rating of [0, 6]) await assert.rejects(write(ada, session, '', rating), refused('rating_is_one_to_five'))
    await assert.rejects(write(ada, session, 'x'.repeat(2001)), refused('words_are_short'))
    await write(bo, session, 'Thank you.')
  })

  test('each reads what the other wrote, and is told once that they did, without a word or a name of it', async () => {
    assert.deepEqual((await result(bo, session)).theirs, { words: 'You never gave it away.', rating: 5 })
    assert.deepEqual((await result(ada, session)).theirs, { words: 'Thank you.', rating: null })
    await write(ada, session, 'You never gave it away, and I tried.', 4)
    assert.deepEqual((await result(ada, session)).mine, { words: 'You never gave it away, and I tried.', rating: 4 })
    assert.deepEqual(await toldOf(bo), [
      { leads_to: `/practice/results/${session}/1`, title: 'Your partner wrote to you about a station', body: '' },
    ])
    assert.equal((await toldOf(ada)).length, 1)
  })

  test('the session’s page hears that something was written, and not what', async () => {
    const events = await db.sql<{ kind: string; body: object }>(
      `select kind, body from live.events where topic_id = $1 and kind = 'practice.remark-written'`,
      [session],
    )
    assert.deepEqual([...new Set(events.map(({ body }) => JSON.stringify(body)))], [JSON.stringify({ round: 1, session })])
  })

  test('a third person neither writes nor reads', async () => {
    await assert.rejects(write(cem, session, 'Me too.'), refused('session_not_found'))
    await assert.rejects(result(cem, session), refused('result_not_found'))
    assert.deepEqual(await ask(cem.acting, 'select words from practice.remarks'), [])
    assert.deepEqual(await ask(bo.acting, 'select words from practice.remarks'), [{ words: 'Thank you.' }])
  })

  test('somebody takes back what they wrote by writing nothing', async () => {
    await write(bo, session, '  ')
    assert.equal((await result(ada, session)).theirs, null)
    await write(bo, session, 'Thank you.')
    assert.equal((await toldOf(ada)).length, 1)
  })

  test('nobody reads or writes across a block, on either side', async () => {
    await ask(bo.acting, 'insert into safety.blocks (blocked_id) values ($1)', [ada.id])
    for (const who of [ada, bo]) {
      assert.equal((await result(who, session)).theirs, null)
      assert.equal((await result(who, session))['with_name'], null)
      await assert.rejects(write(who, session, 'And another thing.'), refused('nobody_to_write_to'))
    }
    await ask(bo.acting, 'delete from safety.blocks')
    assert.equal((await result(ada, session)).theirs?.words, 'Thank you.')
  })

  test('nobody writes after a fortnight', async () => {
    await db.sql(
      `update practice.rounds set reading_at = reading_at - s, running_at = running_at - s, marking_at = marking_at - s, feedback_at = feedback_at - s
       from make_interval(days => 14) s where session_id = $1`,
      [session],
    )
    await assert.rejects(write(ada, session, 'I have thought about it.'), refused('too_late_to_write'))
    assert.equal((await result(ada, session)).theirs?.words, 'Thank you.')
  })
})

test('who plays alone has nobody to write to', async () => {
  const ada = await person('Ada')
  const [{ session } = { session: '' }] = await ask<{ session: string }>(
    ada.acting,
    `select private.practise_alone('mock', 'short') as session`,
  )
  await later(session, 40)
  await assert.rejects(write(ada, session, 'Well done, me.', 5), refused('nobody_to_write_to'))
})

test('a partner who has left is nobody to write to; what they wrote stays without them, and what was written about them goes', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo)
  await act(ada, 'begin_station', session)
  await later(session, 40)
  await write(ada, session, 'Kind.', 5)
  await write(bo, session, 'Clear.')
  const exported = async ({ id }: Person) => db.database.read(theServer, (reader) => practiceOfPerson.export(reader, id))
  const [hers, his] = [await exported(ada), await exported(bo)]
  for (const [mine, theirs] of [
    [hers, his],
    [his, hers],
  ] as const)
    assert.deepEqual([mine['remarks_you_wrote']!.length, mine['remarks_you_wrote']], [1, theirs['remarks_to_you']])
  assert.ok(!JSON.stringify(his).includes(ada.id))
  await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, ada.id))
  const seen = await result(bo, session)
  assert.deepEqual([seen.mine, seen.theirs, seen['with_name']], [null, { words: 'Kind.', rating: 5 }, null])
  await assert.rejects(write(bo, session, 'Are you there?'), refused('nobody_to_write_to'))
  await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, bo.id))
  assert.deepEqual(await db.sql('select 1 from practice.remarks where session_id = $1', [session]), [])
})

test('of ten of one’s own browsers that send at once, one remark is left, and one notice', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo)
  await act(ada, 'begin_station', session)
  await later(session, 40)
  const { won } = await line.race(
    Array.from({ length: 10 }, (_, n) => ({
      as: ada.acting,
      does: 'select private.write_remark($1, 1, $2, 4)',
      with: [session, `Take ${n}`],
    })),
  )
  assert.equal(won.length, 10)
  assert.equal((await db.sql('select 1 from practice.remarks where session_id = $1', [session])).length, 1)
  assert.equal((await toldOf(bo)).length, 1)
})
