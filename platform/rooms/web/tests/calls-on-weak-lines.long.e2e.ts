import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { clocksAgree, daysOff, endOfPhase } from './clocks.ts'
import { dropping, flows, goIn, guest, network, openDevices, press, roomWith, seatOf, showsTheirScreen, tile, type Guest } from './scene.ts'

const pages = await freshPages()

test('four are there, one loses her network for ten seconds, another changes his camera and shows his screen; a fifth is told why not', async (t) => {
  const line = await network()
  const [ada, bo, cleo, dev] = await Promise.all([
    guest(pages, 'Ada Bell', '/healthz'),
    guest(pages, 'Bo Carr', '/healthz', {}, daysOff(1)),
    guest(pages, 'Cleo Dale', '/healthz', { proxy: { server: line.proxy } }),
    guest(pages, 'Dev Ellis', '/healthz', {}, daysOff(-1)),
  ])
  const four = [ada, bo, cleo, dev]
  const eve = await guest(pages, 'Eve Frost', '/healthz')
  await dropping(cleo.page, 0)
  const id = await roomWith(
    ada,
    [...four, eve].map((who) => seatOf(who, 'guest')),
    { plan: [{ name: 'running', seconds: 900, bells: [] }] },
  )
  for (const who of four) await goIn(who, id)
  await flows(four)
  await eve.page.goto(`/rooms/${id}`)
  await openDevices(eve)
  await press(eve, 'Go in')
  await eve.page.getByRole('alert').getByText('Four people are in this room, and more it does not take').waitFor()
  await eve.page.context().browser()!.close()

  await press(ada, 'Begin')
  t.diagnostic(`the clocks of four pages, one a day ahead and one behind, are late by ${await clocksAgree(pages.server.db, id, four)}`)
  const before = await endOfPhase(pages.server.db, id)
  await press(ada, 'Turn the clock')
  await press(ada, 'Ask for 1 minute more')
  await ada.page.keyboard.press('Escape')
  await cleo.page.getByText('Ada Bell asks for 1 minute more.').waitFor()
  assert.equal(await endOfPhase(pages.server.db, id), before, 'asking is not enough')
  await press(dev, 'Agree')
  for (const { page } of four) await page.getByText('1 minute more').waitFor({ state: 'detached' })
  assert.equal((await endOfPhase(pages.server.db, id)) - before, 60_000)
  await clocksAgree(pages.server.db, id, four)

  await line.lose(cleo.page)
  const lostAt = performance.now()
  // Meanwhile, elsewhere in the same call:
  await chooses(bo, 'Microphone', 'Fake Audio Input 2')
  await chooses(bo, 'Camera', 'fake_device_1') // of a kind that Chromium does not send, so it is only seen that it is taken
  await chooses(bo, 'Camera', 'fake_device_0')
  await flows([ada, bo, dev])
  await showsTheirScreen(dev, 'Dev Ellis', ada)

  await cleo.page.getByText('Connecting to the room…').waitFor()
  await tile(ada.page, 'Cleo Dale').getByText('Reconnecting…').waitFor()
  await new Promise((tenSeconds) => setTimeout(tenSeconds, Math.max(0, 10_000 - (performance.now() - lostAt))))
  await line.restore(cleo.page)
  await flows(four)
  await cleo.page.getByText('Connecting to the room…').waitFor({ state: 'detached' })
  await clocksAgree(pages.server.db, id, four)

  await press(ada, 'Leave the call')
  await ada.page.getByRole('heading', { name: 'You have left' }).waitFor()
  await bo.page.getByText('Ada Bell has left.').waitFor()
  await Promise.all(four.map(({ page }) => page.context().browser()!.close()))
})

test('Fay and Gus lose a third of what they say: one is told that it is sound only, the other sees it, and pictures come back at a press; a report also leaves', async () => {
  const [fay, gus] = [await guest(pages, 'Fay Grant', '/healthz'), await guest(pages, 'Gus Hale', '/healthz')]
  await dropping(fay.page, 0)
  let words = 0
  await fay.page.routeWebSocket(/\/live$/, (line) => {
    const server = line.connectToServer()
    line.onMessage((message) => {
      if (!String(message).includes('rooms.signal') || ++words % 3 !== 1) server.send(message)
    })
  })
  const id = await roomWith(fay, [seatOf(fay, 'host'), seatOf(gus, 'guest')])
  await goIn(gus, id)
  await goIn(fay, id)
  await flows([fay, gus])
  await dropping(fay.page, 30)
  const [one, other] = await whoeverSays([fay, gus], 'Your connection is weak: sound only. Pictures come back by themselves.')
  const seen = tile(other.page, one.name)
  await seen.getByText('Sound only: their line is weak').waitFor()
  await dropping(fay.page, 0)
  await press(one, 'Show pictures now')
  await seen.getByText('Sound only').waitFor({ state: 'detached' })
  await flows([fay, gus])
  await press(gus, 'More')
  const people = gus.page.getByRole('list', { name: 'People of this room' })
  await people.getByRole('listitem').filter({ hasText: 'Fay Grant' }).getByRole('button', { name: 'Report' }).click()
  const form = gus.page.getByRole('dialog', { name: 'Report' })
  await form.getByLabel('What happened').fill('She would not stop.')
  await form.getByRole('button', { name: 'Report' }).click()
  await gus.page.getByRole('heading', { name: 'You have left' }).waitFor()
  await fay.page.getByText('Gus Hale has left.').waitFor()
  const said = await pages.server.db.sql('select subject_kind, subject_id from safety.reports where reporter_id = $1', [gus.id])
  assert.deepEqual(said, [{ subject_kind: 'rooms.room', subject_id: id }])
  await Promise.all([fay, gus].map(({ page }) => page.context().browser()!.close()))
})

/** Of two with a weak line between them, one says so: nobody can know whose it is. */
async function whoeverSays([one, other]: [Guest, Guest], text: string): Promise<[Guest, Guest]> {
  const says = ({ page }: Guest) => page.getByText(text).waitFor()
  return Promise.any([says(one).then((): [Guest, Guest] => [one, other]), says(other).then((): [Guest, Guest] => [other, one])])
}

/** In the middle of the call; everybody is sent the new one. */
async function chooses({ page }: Guest, kind: 'Camera' | 'Microphone', label: string): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('dialog').getByLabel(kind, { exact: true }).selectOption({ label })
  await page.waitForFunction((label) => {
    const { made } = window as unknown as { made: RTCPeerConnection[] }
    const live = made.filter((one) => one.connectionState === 'connected')
    return (
      live.length > 0 && live.every((one) => one.getSenders().some(({ track }) => track?.label === label && track.readyState === 'live'))
    )
  }, label)
  await page.keyboard.press('Escape')
}
