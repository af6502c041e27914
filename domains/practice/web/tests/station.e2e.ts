import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { controls, flows, guest } from '#platform/rooms/web/tests/scene.ts'
import { faultsOf } from '#tests/axe.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { choose, done, eventually, fingers, freshStations, openTheCard, says, seated } from './station-scene.ts'

const { db, medic } = await freshStations()

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
