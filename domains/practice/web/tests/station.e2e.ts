import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { shipPractice } from '#domains/practice/content/ship.ts'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { controls, flows, guest, type Guest } from '#platform/rooms/web/tests/scene.ts'
import { faultsOf } from '#tests/axe.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { server, open } = pages
const { db } = server
await shipPractice({ query: (text: string, values: unknown[]) => db.sql(text, values).then((rows) => ({ rows })) } as never)

const format = 'eight-minute-stations'
// Without a call nobody needs a camera, and a browser of their own for it.
const withoutCall: typeof guest = async (_, name, path, options = {}) => {
  const who = await somebody(server, name)
  return { ...who, page: await browserOf({ server, open }, who, path, { viewport: { width: 900, height: 600 }, ...options }) }
}
const medic = async (name: string, options = {}, comes = withoutCall) => {
  const who = await comes(pages, name, '/healthz', options)
  const [first_name, last_name] = name.split(' ')
  await done(who.put('/practice/profile', { first_name, last_name, training_level: 'Student' }))
  return who
}
const done = async (answer: Promise<{ status: number; body: unknown }>) => {
  const { status, body } = await answer
  assert.equal(status, 200, JSON.stringify(body))
  return body as { id: string; version: number; items: { case_name: string }[] }
}
/** A session of the two that begins in some minutes, so that its door is open. */
async function seated(host: Guest, partner: Guest): Promise<string> {
  const starts_at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 300_000).toISOString()
  const { id, version } = await done(host.post('/practice/offers', { starts_at, minutes: 60, type: 'mock', format }))
  await done(partner.post(`/practice/offers/${id}/guest`, { version }))
  return id
}

/** Counts what somebody presses. */
function fingers({ page }: Pick<Guest, 'page'>) {
  let count = 0
  const on = (one: Locator) => (count++, one.click())
  return {
    press: (name: string) => on(page.getByRole('button', { name, exact: true })),
    tab: (name: string) => on(page.getByRole('tab', { name, exact: true })),
    choose: (group: string, name: string) => on(page.getByRole('group', { name: group }).getByRole('radio', { name, exact: true })),
    /** Counts, though a browser that was asked before does not ask again. */
    devices: async () => {
      const ask = page.getByRole('button', { name: 'Use camera and microphone' })
      await ask
        .or(page.getByRole('button', { name: 'Go in', exact: true }))
        .first()
        .waitFor()
      if (await ask.isVisible()) await ask.click()
      count++
    },
    count: () => count,
  }
}
const says = (page: Page, text: string) =>
  page
    .getByText(text)
    .first()
    .waitFor()
    .catch(async (error: Error) => {
      throw new Error(`${error.message}\nThe page says: ${await page.locator('main').innerText()}`)
    })
const openTheCard = (page: Page) => page.getByRole('button', { name: 'Open the card', exact: true })
/** Of a surprise: what may distress in it comes first, if anything does. */
async function readsOn(page: Page, text: string): Promise<void> {
  await page.getByText(text).or(openTheCard(page)).first().waitFor()
  if (await openTheCard(page).isVisible()) await openTheCard(page).click()
  await says(page, text)
}

describe('A station', { concurrency: 1 }, () => {
  test('Ada and Bo go in, ring, play, mark, talk and swap; from the seat to the bell are five clicks', async (t) => {
    const [ada, bo] = await Promise.all([
      medic('Ada Bell', {}, guest),
      medic('Bo Carr', { timezoneId: 'Asia/Kolkata', viewport: { width: 390, height: 844 } }, guest),
    ])
    const id = await seated(ada, bo)
    const [hers, his] = [fingers(ada), fingers(bo)]
    for (const [{ page }, finger] of [
      [ada, hers],
      [bo, his],
    ] as const) {
      await page.goto(`/practice/sessions/${id}`)
      await finger.press('Check in and go to the room')
      await finger.devices()
      await finger.press('Go in')
      await controls(page).waitFor()
    }
    await flows([ada, bo])
    await hers.choose('Who is the candidate first?', 'Bo Carr')
    await hers.press('Ring the first bell')
    await says(bo.page, 'Your card as the candidate')
    await says(ada.page, 'You play the patient')
    assert.ok(hers.count() <= 5 && his.count() <= 5, `${hers.count()} and ${his.count()}`)
    t.diagnostic(`from the seat to the bell: ${hers.count()} and ${his.count()} clicks`)

    await his.press('I have read it: begin')
    await hers.tab('Sheet')
    const items = ada.page.getByRole('tabpanel', { name: 'Sheet' }).getByRole('checkbox')
    await items.first().check()
    await items.nth(2).check()
    const marks = async () => (await db.sql('select from practice.ticks where session_id = $1', [id])).length
    await eventually(async () => (await marks()) === 2)
    await ada.page.reload()
    await controls(ada.page).waitFor() // straight back
    await hers.tab('Sheet')
    await items.first().waitFor()
    await eventually(async () => (await items.nth(0).isChecked()) && (await items.nth(2).isChecked()) && !(await items.nth(1).isChecked()))

    // Without a connection a mark is kept here, and goes when there is one again; another tab of hers shows it, too.
    await ada.page.context().setOffline(true)
    await items.nth(1).click()
    await eventually(() => items.nth(1).isChecked())
    assert.equal(await marks(), 2)
    await ada.page.context().setOffline(false)
    await eventually(async () => (await marks()) === 3)
    const second = await ada.page.context().newPage()
    await second.goto(`/practice/sessions/${id}?call=no`)
    await second.getByRole('tab', { name: 'Sheet' }).click()
    await second.getByRole('tabpanel', { name: 'Sheet' }).getByRole('checkbox').nth(3).click()
    await eventually(() => items.nth(3).isChecked())
    await second.close()

    // More time needs both.
    await hers.press('Turn the clock')
    await hers.press('Ask for a pause')
    await ada.page.keyboard.press('Escape')
    await says(bo.page, 'Ada Bell asks for a pause.')
    await his.press('Agree')
    await ada.page.getByText('Paused', { exact: true }).first().waitFor()
    await bo.page.getByRole('group', { name: 'Paused' }).getByRole('button', { name: 'Go on' }).click()
    await ada.page.getByText('Paused', { exact: true }).first().waitFor({ state: 'detached' })

    assert.equal(await bo.page.getByRole('tab', { name: 'Sheet' }).count(), 0, 'the candidate has no sheet yet')
    await hers.press('End the station and mark')
    for (const skill of ['Taking a history', 'Management', 'Communication']) await choose(ada.page, skill, 'Mostly')
    await choose(ada.page, 'Overall', 'There')
    await ada.page.getByLabel('In your own words').fill('You let him finish.')
    await hers.press('Hand in and go on to the feedback')
    await says(bo.page, 'You let him finish.')
    assert.deepEqual(await faultsOf(bo.page), [])
    await his.tab('Markscheme')
    await says(bo.page, 'Global rating')

    await his.press('Swap roles')
    await says(ada.page, 'Your card as the candidate')
    await says(bo.page, 'You play the patient')
    const { items: rounds } = await done(ada.get('/practice/rounds'))
    assert.notEqual(rounds[0]!.case_name, rounds[1]!.case_name)

    await hers.press('Turn the clock')
    await hers.press('Stop this session')
    await ada.page.getByRole('dialog', { name: 'Stop this session' }).getByRole('button', { name: 'Stop this session' }).click()
    await ada.page.getByRole('heading', { name: 'You practised with Bo Carr' }).waitFor()
    await bo.page.getByRole('heading', { name: 'You practised with Ada Bell' }).waitFor()
    await ada.page.getByRole('link', { name: rounds[1]!.case_name }).waitFor()
  })

  test('Cleo practises alone: the card, her notes, the bell, the markscheme only then; she marks herself', async (t) => {
    const cleo = await medic('Cleo Dale', { viewport: { width: 390, height: 844 } })
    const { page } = cleo
    const hers = fingers(cleo)
    await page.goto('/practice/alone')
    await hers.press('Ring the first bell')
    await says(page, 'Your card')
    t.diagnostic(`from /practice/alone to the bell: ${hers.count()} click`)
    assert.deepEqual(await page.getByRole('tab').allTextContents(), ['Card', 'Notes'])
    await hers.press('I have read it: begin')
    await page.getByRole('button', { name: 'I have read it: begin' }).waitFor({ state: 'detached' }) // each phase opens what is needed first in it
    await hers.tab('Notes')
    await page.getByLabel('What you say, or note down').fill('Hello, I am Cleo.')
    await page.reload()
    await hers.tab('Notes')
    await eventually(async () => (await page.getByLabel('What you say, or note down').inputValue()) === 'Hello, I am Cleo.')
    assert.deepEqual(await faultsOf(page), [])

    await hers.press('Turn the clock')
    await hers.press('Pause')
    await page.getByText('Paused', { exact: true }).first().waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Go on' }).click()
    await page.getByText('Paused', { exact: true }).first().waitFor({ state: 'detached' })
    await page.keyboard.press('Escape')
    await hers.press('End the station and mark')
    await says(page, 'Mark yourself')
    await page.getByRole('tabpanel', { name: 'Sheet' }).getByRole('checkbox').first().click()
    await hers.press('Keep this sheet')
    await says(page, 'have no word yet') // and says what is missing
    for (const skill of ['Taking a history', 'Management', 'Communication']) await choose(page, skill, 'In part')
    await choose(page, 'Overall', 'Not there yet')
    await hers.press('Keep this sheet')
    await says(page, 'How it was marked')
    assert.deepEqual(await faultsOf(page), [])
    await hers.press('Another station')
    await says(page, 'Your card')
    assert.deepEqual(await page.getByRole('tab').allTextContents(), ['Card', 'Notes'], 'nothing of the new case is open')
    await hers.press('Turn the clock')
    await hers.press('Stop this session')
    await page.getByRole('dialog', { name: 'Stop this session' }).getByRole('button', { name: 'Stop this session' }).click()
    await page.getByRole('heading', { name: 'Done' }).waitFor()
  })

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

  test('Ida has no mouse: a station alone from the first bell to the end, by keys', async () => {
    const { page } = await medic('Ida Stone')
    await page.goto('/practice/alone')
    await page.getByRole('button', { name: 'Ring the first bell' }).waitFor()
    const ida = await keyboardOf(page)
    await ida.press('button', 'Ring the first bell')
    await says(page, 'Your card')
    await ida.press('button', 'I have read it: begin')
    await ida.press('tab', 'Notes')
    await ida.type('What you say, or note down', 'Hello, I am Ida.')
    await ida.press('tab', 'Card')
    await ida.press('button', 'Turn the clock')
    await ida.press('button', '5 minutes more')
    await page.getByRole('timer', { name: /1[23] minutes/ }).waitFor()
    await ida.keys('Escape')
    await ida.press('button', 'End the station and mark')
    await says(page, 'Mark yourself')
    await ida.tick('checkbox', /./)
    for (const skill of ['Taking a history', 'Management', 'Communication', 'Overall']) {
      const first = page.getByRole('group', { name: skill, exact: true }).getByRole('radio').first()
      await first.focus() // a group of its own name, in which all have the same first word
      await ida.keys('Space')
      await eventually(() => first.isChecked())
    }
    await ida.press('button', 'Keep this sheet')
    await says(page, 'How it was marked')
    await ida.press('button', 'Finish')
    await page.getByRole('dialog', { name: 'Finish' }).waitFor()
    await ida.press('button', 'Finish')
    await page.getByRole('heading', { name: 'Done' }).waitFor()
  })

  test('what may distress comes before the card: Kim, who chose the case, has read it; Lou, who did not, opens it by a press', async () => {
    const [kim, lou] = await Promise.all([medic('Kim Vale'), medic('Lou Vale', { viewport: { width: 390, height: 844 } })])
    const id = await seated(kim, lou)
    const [{ id: quiet }] = (await db.sql(`select id from practice.cases where case_name = 'A daughter in the quiet room'`)) as [
      { id: string },
    ]
    const { version } = await done(kim.get(`/practice/sessions/${id}`))
    const chosen = await done(kim.put(`/practice/sessions/${id}/case`, { version, case_id: quiet }))
    await done(kim.put(`/practice/sessions/${id}/roles`, { version: chosen.version, candidate_id: kim.id }))
    await kim.page.goto(`/practice/sessions/${id}?call=no`)
    await says(kim.page, 'May distress: Sudden bereavement.')
    await fingers(kim).press('Ring the first bell')
    await says(kim.page, 'Your card as the candidate')
    await kim.page.locator('.case-text').first().waitFor()
    assert.equal(await openTheCard(kim.page).count(), 0)

    await lou.page.goto(`/practice/sessions/${id}?call=no`)
    await says(lou.page, 'May distress: Sudden bereavement.')
    await openTheCard(lou.page).waitFor()
    assert.equal(await lou.page.getByText('Behind it:').count(), 0)
    assert.deepEqual(await faultsOf(lou.page), [])
    await openTheCard(lou.page).click()
    await says(lou.page, 'Behind it:')
    await lou.page.reload()
    await says(lou.page, 'Behind it:') // once is enough
    assert.equal(await openTheCard(lou.page).count(), 0)
  })

  test('a stranger to a session finds nothing at its address', async () => {
    const [ada, bo, eve] = await Promise.all([medic('Ada Ross'), medic('Bo Ross'), medic('Eve Ross')])
    const id = await seated(ada, bo)
    await eve.page.goto(`/practice/sessions/${id}`)
    await eve.page.getByRole('heading', { name: 'You have no seat here' }).waitFor()
    await ada.page.goto(`/practice/sessions/${id}`)
    await ada.page.getByRole('button', { name: 'Check in and go to the room' }).waitFor()
    await bo.page.goto(`/practice/sessions/${id}`)
    await bo.page.getByRole('button', { name: 'Leave my seat' }).click()
    await bo.page.getByRole('dialog').getByRole('button', { name: 'Leave my seat' }).click()
    await ada.page.getByRole('heading', { name: 'Your free seat' }).waitFor() // and it is said by itself
    await bo.page.getByRole('heading', { name: 'My sessions' }).waitFor()
  })
})

const choose = (page: Page, group: string, word: string) =>
  page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name: word, exact: true }).click()

async function eventually(so: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 120_000; !(await so()); await new Promise((soon) => setTimeout(soon, 100)))
    assert.ok(performance.now() < end, `it did not come to be so: ${so.toString()}`)
}
