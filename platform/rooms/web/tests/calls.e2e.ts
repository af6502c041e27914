import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { somebody } from '#platform/identity/tests/cast.ts'
import { faultsOf } from '#tests/axe.ts'
import { faultsByTab, keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'
import { clocksAgree, daysOff } from './clocks.ts'
import {
  controls,
  flows,
  goIn,
  guest,
  heardBy,
  openDevices,
  pageOf,
  press,
  roomWith,
  seatOf,
  showsTheirScreen,
  tile,
  type Guest,
} from './scene.ts'

const pages = await freshPages()

describe('A call', { concurrency: 2 }, () => {
  test('Ada lets Bo in, they see and hear each other, and the clock, though his own is a day off', async (t) => {
    const [ada, bo] = await Promise.all([guest(pages, 'Ada Bell', '/healthz'), guest(pages, 'Bo Carr', '/healthz', {}, daysOff(1))])
    const id = await roomWith(ada, [seatOf(ada, 'host', { lets_in: true }), seatOf(bo, 'guest', { waits: true })], {
      plan: [
        { name: 'reading', seconds: 40, bells: [] },
        { name: 'running', seconds: 300, bells: [] },
      ],
    })
    await goIn(ada, id)
    await ada.page.getByText('You are the first').waitFor()
    await bo.page.goto(`/rooms/${id}`)
    await openDevices(bo)
    await bo.page.getByText('Your microphone works: we hear you.').waitFor()
    await press(bo, 'Ask to come in')
    await bo.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor()
    await bo.page.reload() // where he waits, the server knows
    await bo.page.getByRole('heading', { name: 'You are in the waiting room' }).waitFor()
    assert.equal(await bo.page.evaluate(() => (window as unknown as { made: unknown[] }).made.length), 0, 'nobody hears him there')
    await press(ada, 'Let Bo Carr in')
    await controls(bo.page).waitFor()
    await flows([ada, bo])

    await bo.page.locator('[data-speaks]').filter({ hasText: 'Ada Bell' }).waitFor() // by her microphone's beeps

    await press(ada, 'Begin')
    t.diagnostic(`the clocks of two pages, one a day off, are late by ${await clocksAgree(pages.server.db, id, [ada, bo])}`)

    const loud = await soundIn(bo)
    await ada.page.keyboard.press('m')
    await tile(bo.page, 'Ada Bell, host, muted').waitFor()
    await silent(bo, loud)
    await ada.page.keyboard.press('h')
    await bo.page.getByText('Ada Bell raises their hand.').waitFor()
    await tile(bo.page, 'Ada Bell, host, muted, hand raised').waitFor()

    await bo.page.keyboard.press('c')
    await bo.page.keyboard.type('mvh are letters here')
    await bo.page.keyboard.press('Enter')
    await ada.page.getByText('Bo Carr writes: mvh are letters here.').waitFor()
    await bo.page.keyboard.press('Escape')
    await bo.page.getByRole('region', { name: 'Chat' }).waitFor({ state: 'detached' })
    await press(ada, 'Chat 1 new')
    await ada.page.getByRole('log', { name: 'What was written' }).getByText('mvh are letters here').waitFor()
    await ada.page.keyboard.press('Escape')

    await ada.page.reload() // and is straight back, as muted as before
    await controls(ada.page).waitFor()
    await ada.page.getByRole('button', { name: 'Unmute' }).waitFor()
    await ada.page.keyboard.press('m')
    await flows([ada, bo])

    await press(ada, 'Turn the clock')
    await press(ada, 'Ask for a pause')
    await bo.page.getByText('Ada Bell asks for a pause.').waitFor()
    await press(bo, 'Agree')
    await bo.page.getByText('Paused', { exact: true }).waitFor()
    await ada.page.keyboard.press('Escape')
    await press(ada, 'Go on')
    await bo.page.getByText('Paused', { exact: true }).waitFor({ state: 'detached' })

    await showsTheirScreen(bo, 'Bo Carr', ada)
    const size = ada.page.viewportSize()!
    assert.deepEqual(await faultsOf(ada.page), [])
    await ada.page.setViewportSize({ width: 390, height: 844 })
    assert.deepEqual(await faultsByTab(ada.page), [])
    await ada.page.setViewportSize(size)

    // The older of two windows is told, and hands over.
    const second = await bo.page.context().newPage()
    await goIn({ page: second }, id)
    await bo.page.getByRole('heading', { name: 'You are in this call in another window' }).waitFor()
    assert.equal(await lampIsOn(bo.page), false)
    await bo.page.reload() // which takes nothing back
    await bo.page.getByRole('button', { name: 'Go in' }).waitFor()
    await flows([ada, { ...bo, page: second }])

    // Who is blocked is out at once, and nothing of hers comes to him any more.
    const blocked = await ada.put(`/safety/blocks/${bo.id}`)
    assert.equal(blocked.status, 200, JSON.stringify(blocked))
    await second.getByRole('heading', { name: 'You are not in this room any more' }).waitFor()
    assert.deepEqual(await heardBy({ page: second }), [])
    await Promise.all([ada.page.context().browser()!.close(), bo.page.context().browser()!.close()])
  })

  test('Hal has neither camera nor microphone nor mouse, and goes in all the same; when his seat is taken away he is out at once', async () => {
    const [hal, ivy] = [await guest(pages, 'Hal Innes', '/healthz', {}, noDevices), await somebody(pages.server, 'Ivy Jones')]
    const id = await roomWith(hal, [seatOf(hal, 'host'), seatOf(ivy, 'guest')])
    await hal.page.goto(`/rooms/${id}`)
    await openDevices(hal)
    for (const kind of ['camera', 'microphone']) await hal.page.getByText(`This page may not use the ${kind}`).waitFor()
    assert.deepEqual(await faultsOf(hal.page), [])
    const keyboard = await keyboardOf(hal.page)
    await keyboard.press('button', 'Go in without camera or microphone')
    await controls(hal.page).waitFor()
    await hal.page.getByRole('button', { name: 'Unmute' }).waitFor()
    await keyboard.press('button', 'Raise your hand')
    await tile(hal.page, 'You, muted, hand raised').waitFor()
    await keyboard.keys('h')
    await tile(hal.page, 'You, muted, hand raised').waitFor({ state: 'detached' })
    await keyboard.keys('c')
    await keyboard.write('to myself')
    await keyboard.keys('Enter')
    await hal.page.getByRole('log').getByText('to myself').waitFor()
    await keyboard.keys('Escape')
    await keyboard.isAt('button', 'Raise your hand') // where he was before
    await keyboard.press('button', 'More')
    await keyboard.tick('checkbox', 'Single keys work')
    await keyboard.keys('Escape')
    await keyboard.isAt('button', 'More')
    await keyboard.keys('c')
    assert.equal(await hal.page.getByRole('region', { name: 'Chat' }).count(), 0, 'single keys are off')
    await keyboard.press('button', 'Leave the call')
    await keyboard.press('button', 'Come back')
    await controls(hal.page).waitFor()
    assert.equal((await ivy.remove(`/sample/rooms/${id}/seats/${hal.id}`)).status, 200)
    await hal.page.getByRole('heading', { name: 'You are not in this room any more' }).waitFor()
    await hal.page.context().browser()!.close()
  })

  test('a clock that is wrong by 400 ms, early or late, is found', async () => {
    const ends = Date.now() + 600_000
    const db = { sql: async () => [{ ends }] as never[] }
    const [right, ...wrong] = await Promise.all(
      [0, 400, -400].map(async (late) => {
        const page = await pages.open('/healthz')
        await page.evaluate(showsAClock, ends + late)
        return { page }
      }),
    )
    await clocksAgree(db, '', [right!])
    await Promise.all(wrong.map((one) => assert.rejects(clocksAgree(db, '', [right!, one]), /the clocks are wrong by/)))
  })

  test('who has no place in a room finds none, and no room says who is in it', async () => {
    const [hal, ivy] = [await somebody(pages.server, 'Hal Innes'), await somebody(pages.server, 'Ivy Jones')]
    const id = await roomWith(hal, [seatOf(hal, 'host')])
    const page = await pageOf(pages, ivy, `/rooms/${id}`)
    await page.getByText('This room is not there, or you have no place in it.').waitFor()
    assert.equal(await page.getByText('Hal').count(), 0)
    await page.context().browser()!.close()
  })
})

/** How much sound comes in the next moment, which is longer than Chromium's microphone pauses between two beeps. */
async function soundIn(who: Guest): Promise<number> {
  const energy = async () => (await heardBy(who))[0]!.energy
  const before = await energy()
  await new Promise((beep) => setTimeout(beep, 1_200))
  return (await energy()) - before
}

/** What comes is nothing beside what came before: what Opus sends as speech it may decode to the smallest number there is where silence went in. */
async function silent(who: Guest, loud: number): Promise<void> {
  let sound = loud
  for (let tries = 0; tries < 40; tries++) if ((sound = await soundIn(who)) < loud / 1_000) return
  throw new Error(`there is still sound: ${sound}, and ${loud} before`)
}

const lampIsOn = (page: Page): Promise<boolean> => page.evaluate(() => document.querySelector('video') !== null)

function showsAClock(ends: number): void {
  const timer = document.createElement('p')
  timer.role = 'timer'
  document.body.append(timer)
  setInterval(() => {
    const left = Math.ceil((ends - performance.timeOrigin - performance.now()) / 1_000)
    const text = `${Math.floor(left / 60)}:${left % 60}`
    if (timer.textContent !== text) timer.textContent = text
  }, 10)
}

function noDevices(): void {
  navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'))
}
