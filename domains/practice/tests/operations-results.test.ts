import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { done, no, nobody, stage } from './operations-scene.ts'

const { person, stranger, aCase, act, offer, take, later } = await stage()

describe('afterwards, over HTTP', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const { id, word, items } = await aCase()
  await aCase()
  const session = await offer(ada, 10, { case_id: id, as_candidate: true })
  const result = `/practice/results/${session}/1`
  await done(take(bo, session))
  await done(act(ada, 'post', session, 'beginning'))

  test('Ada finds no word of the case in her result while she is the candidate', async () => {
    await later(session, 15)
    const { raw } = { raw: JSON.stringify(await done(ada.get(result))) }
    for (const text of ['actor_brief', 'condition', 'markscheme', 'item']) assert.ok(!raw.includes(`${word} ${text}`), text)
    assert.equal(await no(ada.put(`${result}/remark`, { words: 'Good.' })), '403 not_yet')
    assert.deepEqual((await done(ada.get('/practice/results'))).items, [])
  })

  test('Bo marks, and both read it in the feedback', async () => {
    const sheet = `/practice/sessions/${session}/rounds/1`
    await done(bo.put(`${sheet}/ticks/${items[0]}`, {}))
    for (const domain of ['communication', 'ethics']) await done(bo.put(`${sheet}/scores/${domain}`, { points: 1 }))
    await later(session, 15)
    await done(bo.post(`${sheet}/sheet`, { rating: 2, words: 'You waited.' }))
    await later(session, 10)
    for (const who of [ada, bo]) {
      const seen = await done(who.get(result))
      assert.deepEqual(
        [seen['rating'], seen['words'], seen['condition'], seen['case_name']],
        [2, 'You waited.', `${word} condition`, 'Somebody at noon'],
      )
    }
  })

  test('Ada rates Bo, whose name she sees; Bo rates nobody', async () => {
    await done(ada.put(`${result}/remark`, { words: 'I forgot that you are Bo.', rating: 5 }))
    assert.equal(await no(bo.put(`${result}/remark`, { rating: 5 })), '403 not_your_role')
    assert.equal(await no(ada.put(`${result}/remark`, { rating: 6 })), '400 invalid_input')
    const seen = await done(bo.get(result))
    assert.deepEqual(seen['theirs'], { words: 'I forgot that you are Bo.', rating: 5 })
    assert.deepEqual(seen['with'], { id: ada.id, name: 'Ada of the stage', avatar: null })
  })

  test('it is in the history by role, page by page', async () => {
    await done(act(ada, 'post', session, 'rounds'))
    await later(session, 40)
    const first = await done(ada.get('/practice/results', { limit: 1 }))
    assert.deepEqual(
      first.items.map(({ round, role }) => [round, role]),
      [[2, 'actor']],
    )
    const next = await done(ada.get('/practice/results', { limit: 1, cursor: first.next }))
    assert.deepEqual([next.items.map(({ round, role, rating }) => [round, role, rating]), next.next], [[[1, 'candidate', 2]], null])
    assert.equal((await done(ada.get('/practice/results', { role: 'actor' }))).items.length, 1)
    assert.equal((await done(ada.get('/practice/results', { role: 'alone' }))).items.length, 0)
  })

  test('nobody else reads it, nor a stranger', async () => {
    assert.equal(await no(cem.get(result)), '404 result_not_found')
    assert.equal(await no(ada.get(`/practice/results/${session}/9`)), '404 result_not_found')
    assert.equal(await no(ada.get(`/practice/results/${nobody}/1`)), '404 result_not_found')
    assert.equal(await no(cem.put(`${result}/remark`, { words: 'Me too.' })), '404 session_not_found')
    assert.equal(await no(stranger.get(result)), '401 not_signed_in')
    assert.equal(await no(stranger.get('/practice/results')), '401 not_signed_in')
  })
})
