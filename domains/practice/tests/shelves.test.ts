import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator } from '#platform/identity/tests/cast.ts'
import { dayOf, plusDays } from '#platform/scheduling/time.ts'
import { done, no, nobody, stage } from './operations-scene.ts'

// The library as one looks through it: what of a case may be known, what I know of it already.
const { server, person, stranger, aCase, offer, act, take } = await stage()
const { sql } = server.db
const called = async (name: string) => {
  const made = await aCase()
  await sql('update practice.cases set case_name = $2 where id = $1', [made.id, name])
  return made
}
const shown = async (who: { get: typeof stranger.get }, query: Record<string, string>) =>
  (await done(who.get('/practice/cases', query))).items.map(({ case_name, opened }) => [case_name, opened])
const signed = (id: string, by: string, days: number) =>
  sql(
    `insert into practice.case_signatures (case_id, edition, person_id, named_as, signed_on, review_by)
     select id, edition, $2, 'Dr Leila', current_date - 30, current_date + $3::integer from practice.cases where id = $1`,
    [id, by, days],
  )

describe('A case in the library', () => {
  test('is seen by anybody, without a word of its texts', async () => {
    const { id, word } = await called('Lion in the hall')
    const seen = await done(stranger.get(`/practice/cases/${id}`))
    assert.deepEqual(Object.keys(seen).toSorted(), [
      'author',
      'case_name',
      'category',
      'content_note',
      'domain',
      'file_version',
      'formats',
      'id',
      'level',
      'mine',
      'part',
      'published',
      'review',
    ])
    assert.ok(!JSON.stringify(seen).includes(word))
    assert.deepEqual(
      [seen['part'], seen['published'], seen['mine']],
      [null, true, { opened_at: null, as_candidate: 0, as_actor: 0, last_at: null }],
    )
    assert.equal(await no(stranger.get(`/practice/cases/${nobody}`)), '404 no_such_case')
    assert.equal(await no(stranger.get('/practice/cases/none')), '400 invalid_input')
  })

  test('that is a draft is seen by its author, its reviewer and an administrator, and is not there for anybody else', async () => {
    const { id } = await called('Lynx, not yet')
    await sql('update practice.cases set published_at = null where id = $1', [id])
    const mira = await administrator(server, 'Mira Boss')
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
    await sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, ada.id])
    await sql('insert into practice.case_reviewers (case_id, person_id) values ($1, $2)', [id, bo.id])
    for (const [who, part] of [
      [ada, 'author'],
      [bo, 'reviewer'],
      [mira, null],
    ] as const) {
      const seen = await done(who.get(`/practice/cases/${id}`))
      assert.deepEqual([seen['published'], seen['part']], [false, part])
    }
    for (const who of [cem, stranger]) {
      assert.equal(await no(who.get(`/practice/cases/${id}`)), '404 no_such_case')
      assert.deepEqual(await shown(who, { search: 'lynx' }), [])
    }
  })

  test('says that I have opened it, and how often I had it; nobody else is told', async () => {
    const { id } = await called('Tiger after lunch')
    await called('Tiger before lunch')
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
    const both = [
      ['Tiger after lunch', false],
      ['Tiger before lunch', false],
    ]
    assert.deepEqual(await shown(ada, { search: 'tiger' }), both)

    const session = await offer(ada, 10, { case_id: id, as_candidate: true })
    await done(take(bo, session))
    await done(act(ada, 'post', session, 'beginning'))
    await done(ada.get(`/practice/sessions/${session}/texts`))
    const hers = (await done(ada.get(`/practice/cases/${id}`)))['mine'] as Record<string, unknown>
    assert.deepEqual([hers['as_candidate'], hers['as_actor']], [1, 0])
    assert.ok(hers['opened_at'] && hers['last_at'])
    const his = (await done(bo.get(`/practice/cases/${id}`)))['mine'] as Record<string, unknown>
    assert.deepEqual([his['as_candidate'], his['as_actor'], his['opened_at']], [0, 1, null], 'he has not read it yet')

    assert.deepEqual(await shown(ada, { search: 'tiger' }), [
      ['Tiger after lunch', true],
      ['Tiger before lunch', false],
    ])
    assert.deepEqual(await shown(ada, { search: 'tiger', fresh: 'yes' }), [['Tiger before lunch', false]])
    for (const who of [cem, stranger]) {
      assert.deepEqual(await shown(who, { search: 'tiger' }), both)
      assert.deepEqual(await shown(who, { search: 'tiger', fresh: 'yes' }), both)
    }
  })

  test('is among the reviewed ones from a signature to its review-by date, and not after a change', async () => {
    const leila = await person('Leila')
    const [now, old, none] = [await called('Puma one'), await called('Puma two'), await called('Puma three')]
    await signed(now.id, leila.id, 0)
    await signed(old.id, leila.id, -1)
    const reviewed = () => shown(stranger, { search: 'puma', reviewed: 'yes' })
    assert.deepEqual(await reviewed(), [['Puma one', false]])
    assert.deepEqual((await done(stranger.get(`/practice/cases/${now.id}`)))['review'], {
      named_as: 'Dr Leila',
      signed_on: plusDays(dayOf(new Date(), 'UTC'), -30),
      review_by: dayOf(new Date(), 'UTC'),
    })
    for (const { id } of [old, none]) assert.equal((await done(stranger.get(`/practice/cases/${id}`)))['review'], null)
    await sql(`update practice.cases set actor_brief = 'another' where id = $1`, [now.id])
    assert.deepEqual(await reviewed(), [])
  })

  test('cannot be narrowed by what is no filter', async () => {
    for (const query of [{ fresh: 'no' }, { reviewed: '' }, { level: 'professor' }, { condition: 'asthma' }] as Record<string, string>[])
      assert.equal(await no(stranger.get('/practice/cases', query)), '400 invalid_input')
  })
})
