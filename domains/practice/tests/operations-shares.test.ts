import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { done, no, nobody, stage } from './operations-scene.ts'

const { server, person, stranger, aCase, act, offer, take, later } = await stage()

describe('a result is shown over HTTP', async () => {
  const [ada, bo, cem, dee] = [await person('Ada'), await person('Bo'), await person('Cem'), await person('Dee', { appears: false })]
  const { id, word, items } = await aCase()
  const session = await offer(ada, 10, { case_id: id, as_candidate: true })
  await done(take(bo, session))
  await done(act(ada, 'post', session, 'beginning'))
  await later(session, 30)
  const sheet = `/practice/sessions/${session}/rounds/1`
  await done(bo.put(`${sheet}/ticks/${items[0]}`, {}))
  for (const domain of ['communication', 'ethics']) await done(bo.put(`${sheet}/scores/${domain}`, { points: 1 }))
  await done(bo.post(`${sheet}/sheet`, { rating: 2, words: `${word} said` }))
  const shares = `/practice/results/${session}/1/shares`
  const [{ email } = { email: '' }] = await server.db.sql<{ email: string }>('select email from auth.users where id = $1', [dee.id])

  test('not before the feedback, not by Bo, not to nobody', async () => {
    assert.equal(await no(ada.post(shares, { address: email })), '403 not_yet')
    await later(session, 10)
    assert.equal(await no(bo.post(shares, { address: email })), '403 not_your_role')
    assert.equal(await no(cem.post(shares, { address: email })), '404 session_not_found')
    assert.equal(await no(stranger.post(shares, { address: email })), '401 not_signed_in')
    assert.equal(await no(ada.post(shares, {})), '422 choose_one')
    assert.equal(await no(ada.post(shares, { address: 'nobody' })), '422 address_is_one')
    assert.equal(await no(ada.post(shares, { person: nobody })), '404 no_such_partner')
  })

  test('Dee, of whose address it is, finds it without a word of the case, and Cem does not find it', async () => {
    const shown = await done(ada.post(shares, { address: email }))
    assert.deepEqual(
      (await done(ada.get(shares))).items.map(({ id, address, name }) => [id, address, name]),
      [[shown.id, email, null]],
    )
    const one = `/practice/shares/${shown.id}`
    for (const seen of [await done(dee.get('/practice/shares')), await done(dee.get(one))]) {
      assert.ok(JSON.stringify(seen).includes('Ada of the stage'))
      for (const text of ['actor_brief', 'condition', 'markscheme', 'item', 'said'])
        assert.ok(!JSON.stringify(seen).includes(`${word} ${text}`), text)
      assert.ok(!JSON.stringify(seen).includes(bo.id))
    }
    assert.equal(await no(dee.get(`${one}/whole`)), '409 gives_the_case_away')
    assert.equal(await no(dee.get(`${one}/whole`, { knowing: 'true' })), '409 no_profile_yet')
    await done(dee.put('/practice/profile', { first_name: 'Dee', training_level: 'consultant' }))
    const whole = await done(dee.get(`${one}/whole`, { knowing: 'true' }))
    assert.deepEqual([whole['condition'], whole['words']], [`${word} condition`, `${word} said`])
    for (const path of [one, `${one}/whole`]) assert.equal(await no(cem.get(path)), '404 no_such_share')
    assert.deepEqual((await done(cem.get('/practice/shares'))).items, [])
    assert.deepEqual((await done(cem.get(shares))).items, [])
  })

  test('Ada takes it back, and at once it is gone; Dee cannot', async () => {
    const [{ id: share } = { id: '' }] = (await done(ada.get(shares))).items
    assert.equal(await no(dee.remove(`/practice/shares/${share}`)), '404 no_such_share')
    await done(ada.remove(`/practice/shares/${share}`))
    assert.equal(await no(dee.get(`/practice/shares/${share}`)), '404 no_such_share')
    assert.equal(await no(dee.get(`/practice/shares/${share}/whole`, { knowing: 'true' })), '404 no_such_share')
  })

  test('how Ada is getting on, and what to practise next with a case that is new to her', async () => {
    const another = await aCase()
    const { marks, next, as_patient } = (await done(ada.get('/practice/progress'))) as never as {
      marks: { domain: string | null; points: number }[]
      next: { why: string; domain: string; case: { id: string } | null }[]
      as_patient: unknown
    }
    assert.deepEqual(
      marks.map(({ domain, points }) => [domain, points]),
      [
        ['communication', 1],
        ['ethics', 1],
        [null, 2],
      ],
    )
    assert.deepEqual([next[0]!.why, next[0]!.domain, next[0]!.case?.id, as_patient], ['safety', 'communication', another.id, null])
    assert.deepEqual((await done(cem.get('/practice/progress')))['next'], [])
    assert.equal(await no(stranger.get('/practice/progress')), '401 not_signed_in')
  })
})
