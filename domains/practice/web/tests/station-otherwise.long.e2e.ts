import assert from 'node:assert/strict'
import { test } from 'node:test'
import { done, fingers, freshStations, readsOn, says, seated } from './station-scene.ts'

const { medic } = await freshStations()

test('Ida has not heard that Joe came in, and chooses all the same; what he chose meanwhile she does not undo', async () => {
  const [ida, joe] = await Promise.all([medic('Ida Reed'), medic('Joe Reed')])
  const id = await seated(ida, joe)
  const { page } = ida
  const choose = fingers(ida).choose
  await page.routeWebSocket('**/live', () => {}) // nothing comes by itself
  await page.goto(`/practice/sessions/${id}`)
  await says(page, 'Still open.')
  await done(joe.put(`/practice/sessions/${id}/attendance`))
  await choose('Who is the candidate first?', 'You')
  await says(page, 'You read the candidate’s card, and are marked.')

  const { version } = await done(joe.get(`/practice/sessions/${id}`))
  await done(joe.put(`/practice/sessions/${id}/roles`, { version, candidate_id: null }))
  await choose('Who is the candidate first?', 'Joe Reed')
  await page.getByRole('alert').waitFor()
  assert.equal(((await done(joe.get(`/practice/sessions/${id}`))) as { candidate_id?: string | null }).candidate_id, null)
})

test('Lea says otherwise who is the candidate and reaches for the bell: it rings only with what she said last', async () => {
  const [lea, max] = await Promise.all([medic('Lea Reed'), medic('Max Reed')])
  const { page } = lea
  const hers = fingers(lea)
  await page.goto(`/practice/sessions/${await seated(lea, max)}`)
  await hers.press('You sit together? Go on without a call')
  await hers.choose('Who is the candidate first?', 'Max Reed')
  await says(page, 'You play the patient, and mark Max Reed.')
  const { promise: said, resolve: say } = Promise.withResolvers<void>()
  await page.route('**/roles', (route) => said.then(() => route.continue()))
  await hers.choose('Who is the candidate first?', 'You')
  await page.getByRole('button', { name: 'Ring the first bell', disabled: true }).waitFor()
  say()
  await hers.press('Ring the first bell')
  await says(page, 'Your card as the candidate')
})

test('Gus leaves in the middle, Hal takes his seat: another round, and nothing of the one before', async () => {
  const [fay, gus, hal] = await Promise.all([
    medic('Fay Reed'),
    medic('Gus Reed'),
    medic('Hal Reed', { viewport: { width: 390, height: 844 } }),
  ])
  const id = await seated(fay, gus)
  const [hers, his, halfs] = [fingers(fay), fingers(gus), fingers(hal)]
  for (const [{ page }, finger] of [
    [fay, hers],
    [gus, his],
  ] as const) {
    await page.goto(`/practice/sessions/${id}`)
    await finger.press('You sit together? Go on without a call')
  }
  await hers.choose('Who is the candidate first?', 'You')
  await his.press('Ring the first bell')
  await says(fay.page, 'Your card as the candidate')
  await readsOn(gus.page, 'Behind it:')
  const first = await gus.page.getByRole('heading', { level: 2 }).first().textContent()
  await hers.press('I have read it: begin')
  await his.press('Turn the clock')
  await his.press('Leave my seat')
  await gus.page.getByRole('dialog', { name: 'Leave my seat' }).getByRole('button', { name: 'Leave my seat' }).click()
  await gus.page.getByRole('heading', { name: 'My sessions', level: 1 }).waitFor()
  await fay.page.getByRole('heading', { name: 'Your free seat' }).waitFor() // and she is told by herself

  const { version } = await done(fay.get(`/practice/sessions/${id}`))
  await done(hal.post(`/practice/offers/${id}/guest`, { version }))
  await hal.page.goto(`/practice/sessions/${id}?call=no`)
  await fay.page.goto(`/practice/sessions/${id}?call=no`)
  await halfs.choose('Who is the candidate first?', 'You')
  await hers.press('Ring the first bell')
  await says(hal.page, 'Your card as the candidate')
  await readsOn(fay.page, 'Behind it:')
  assert.notEqual(await fay.page.getByRole('heading', { level: 2 }).first().textContent(), first)
  assert.equal(await hal.page.getByText('Behind it:').count(), 0)
})
