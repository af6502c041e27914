import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractText, getDocumentProxy, getMeta } from 'unpdf'
import { inFaces } from '../paper.ts'
import { done, no, nobody, stage } from './operations-scene.ts'

// A result as a PDF, read back by somebody else's reader.
const { person, stranger, aCase, act, offer, take, later } = await stage()
const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
const { id, word, items } = await aCase()
const session = await offer(ada, 10, { case_id: id, as_candidate: true })
const paper = `/practice/results/${session}/1/paper`
await done(take(bo, session))
await done(act(ada, 'post', session, 'beginning'))

async function wordsOf(body: Record<string, unknown>): Promise<string> {
  const pdf = await getDocumentProxy(new Uint8Array(Buffer.from(body['pdf'] as string, 'base64')))
  assert.equal(((await getMeta(pdf)).info as { Title: string }).Title, 'Somebody at noon')
  return (await extractText(pdf, { mergePages: true })).text
}

test('Ada gets no paper while she is the candidate, and Bo none before the feedback either', async () => {
  await later(session, 15)
  assert.equal(await no(ada.get(paper)), '403 not_yet')
})

test('in the feedback it says to both what the page does, each in their own zone', async () => {
  const sheet = `/practice/sessions/${session}/rounds/1`
  await done(bo.put(`${sheet}/ticks/${items[0]}`, {}))
  for (const domain of ['communication', 'ethics']) await done(bo.put(`${sheet}/scores/${domain}`, { points: 1 }))
  await later(session, 15)
  await done(bo.post(`${sheet}/sheet`, { rating: 2, words: 'You waited, Żaneta.\nAnd then you asked.' }))
  await later(session, 10)
  for (const [who, zone] of [
    [ada, 'Asia/Kolkata'],
    [bo, 'Europe/London'],
  ] as const) {
    const words = await wordsOf(await done(who.get(paper, { zone })))
    for (const said of ['You waited, Żaneta.', 'And then you asked.', `It was: ${word} condition`, zone, 'does not predict a'])
      assert.ok(unbroken(words).includes(unbroken(said)), `${said} in ${words}`)
    assert.match(words, /1 of \d+ lines were done/)
    assert.match(words, /Done: /)
  }
})

const unbroken = (text: string) => text.replaceAll(/\s+/g, '') // lines break where they will

test('nobody else gets it, nor a stranger, nor anybody in a zone that is none', async () => {
  assert.equal(await no(cem.get(paper)), '404 result_not_found')
  assert.equal(await no(stranger.get(paper)), '401 not_signed_in')
  assert.equal(await no(ada.get(`/practice/results/${nobody}/1/paper`)), '404 result_not_found')
  assert.equal(await no(ada.get(paper, { zone: 'Europe/Atlantis' })), '422 no_such_zone')
})

test('letters beyond the first face come from the second, and a script that has none is a question mark each', () => {
  assert.deepEqual(inFaces('Zoë Świerż', 'plain'), [
    { text: 'Zoë ', face: 'plain' },
    { text: 'Ś', face: 'plain-ext' },
    { text: 'wier', face: 'plain' },
    { text: 'ż', face: 'plain-ext' },
  ])
  assert.deepEqual(inFaces('李雷', 'strong'), [{ text: '??', face: 'strong' }])
})
