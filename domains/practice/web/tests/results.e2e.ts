import assert from 'node:assert/strict'
import { test } from 'node:test'
import { theatre } from '#domains/practice/tests/scene.ts'
import { somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { server } = pages
const { aCase, later, version } = await theatre(server.db)
const cases = [await aCase(), await aCase(), await aCase()]

const medic = async (name: string) => {
  const person = await somebody(server, name)
  const [first_name, last_name] = name.split(' ')
  await person.put('/practice/profile', { first_name, last_name, training_level: 'Student' })
  return person
}
const done = async (answer: ReturnType<Somebody['get']>) => {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body as { id: string }
}

/** Ada was the candidate, Bo has marked her, and they are in the feedback. */
async function played(ada: Somebody, bo: Somebody, { id, items }: (typeof cases)[number]): Promise<string> {
  const starts_at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 600_000).toISOString()
  const { id: session } = await done(
    ada.post('/practice/offers', { starts_at, minutes: 60, type: 'mock', format: 'short', case_id: id, as_candidate: true }),
  ) // prettier-ignore
  await done(bo.post(`/practice/offers/${session}/guest`, { version: await version(session) }))
  await done(ada.post(`/practice/sessions/${session}/beginning`, { version: await version(session) }))
  await later(session, 30)
  const sheet = `/practice/sessions/${session}/rounds/1`
  await done(bo.put(`${sheet}/ticks/${items[0]}`, {}))
  for (const domain of ['communication', 'ethics']) await done(bo.put(`${sheet}/scores/${domain}`, { points: 1 }))
  await done(bo.post(`${sheet}/sheet`, { rating: 2, words: 'You waited.' }))
  await later(session, 10)
  return session
}

test('Ada reads by keyboard how she was marked and rates Bo, whose open page shows it by itself', async () => {
  const [ada, bo] = [await medic('Ada Anand'), await medic('Bo Bell')]
  const session = await played(ada, bo, cases[0]!)
  const his = await browserOf(pages, bo, `/practice/results/${session}/1`)
  await his.getByText('You played the patient and marked; Ada Anand was the candidate.').waitFor()

  const hers = await browserOf(pages, ada, '/practice/results')
  const keys = await keyboardOf(hers)
  await keys.press('link', /Somebody at noon/)
  await hers.getByText('“You waited.”').or(hers.getByText('You waited.')).first().waitFor()
  await hers.getByText('1 of 3 lines were done; one that is critical for safety was left out.').waitFor()
  await keys.type('To Bo Bell', 'I forgot that you are Bo.')
  await hers.getByLabel('Like a real patient').check()
  await keys.press('button', 'Send')
  await hers.getByText('Sent').waitFor()
  await hers.getByRole('button', { name: 'Take it back' }).waitFor()

  await his.getByText('I forgot that you are Bo.').waitFor()
  await his.getByText('How you played the patient: Like a real patient, 5 of 5.').waitFor()
  await hers.getByRole('button', { name: 'Take it back' }).click()
  await hers.getByText('Taken back').waitFor()
  await his.reload()
  await his.getByLabel('To Ada Anand').waitFor()
  assert.equal(await his.getByText('I forgot that you are Bo.').count(), 0)
})

test('Ada shows a result to an address; its owner opens it knowingly, and finds nothing once it is taken back', async () => {
  const [ada, bo, cem] = [await medic('Ada Anand'), await medic('Bo Bell'), await medic('Cem Cakir')]
  const session = await played(ada, bo, cases[1]!)
  const word = cases[1]!.word
  const hers = await browserOf(pages, ada, `/practice/results/${session}/1`)
  await hers.getByRole('button', { name: 'Show it to somebody' }).click()
  await hers.getByLabel('Their e-mail address').fill(cem.email)
  await hers.getByRole('button', { name: 'Show it', exact: true }).click()
  await hers.getByRole('list', { name: 'Who sees it' }).getByText(cem.email).waitFor()

  const theirs = await browserOf(pages, cem, '/practice/results/shared')
  await theirs.getByRole('link', { name: /Ada Anand/ }).click()
  await theirs.getByRole('heading', { level: 1, name: 'Ada Anand: Somebody at noon' }).waitFor()
  await theirs.getByRole('button', { name: 'Open it, I know' }).waitFor()
  assert.ok(!(await theirs.content()).includes(`${word} item`))
  await theirs.getByRole('button', { name: 'Open it, I know' }).click()
  await theirs.getByText(`${word} item 1`).waitFor()

  await hers.getByRole('button', { name: 'Take it back' }).click()
  await hers.getByText('Taken back').waitFor()
  await theirs.getByText('This is not shown to you, or not any more.').waitFor()
  assert.ok(!(await theirs.content()).includes(`${word} item`))
})

test('whoever has no part in it finds no result by its address', async () => {
  const [ada, bo, cem] = [await medic('Ada Anand'), await medic('Bo Bell'), await medic('Cem Cakir')]
  const session = await played(ada, bo, cases[2]!)
  const theirs = await browserOf(pages, cem, `/practice/results/${session}/1`)
  await theirs.getByText(/There is no such station of yours/).waitFor()
  assert.ok(!(await theirs.content()).includes(cases[2]!.word))
})
