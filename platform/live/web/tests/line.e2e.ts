import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { freshPages } from '#tests/pages.ts'
import { heard, isReady, listens, pageOf, sampleWeb, says, tab, talkOf } from './sample-pages.ts'

const pages = await freshPages({}, [await sampleWeb()])
const { server } = pages
const [amara, jonas] = [await somebody(server, 'Amara Osei'), await somebody(server, 'Jonas Weber')]

describe('a page that listens', () => {
  test('hears what happens from then on in every tab and every part of it, and is told once that it began', async () => {
    const talk = await talkOf(amara, jonas)
    await says(amara, talk, 'before anybody listened')
    const page = await listens(pages, jonas, talk)
    const other = await tab(page.context(), talk)
    await page.getByRole('button', { name: 'Listen twice' }).click()
    await page.getByRole('region', { name: 'Two' }).getByText('reset: began').waitFor()
    await Promise.all(['two', 'three', 'four'].map((words) => says(amara, talk, words)))
    for (const one of [page, other]) assert.deepEqual(await heard(one, '4'), ['reset: began', '2', '3', '4'])
    const second = page.getByRole('region', { name: 'Two' }).getByRole('listitem')
    assert.deepEqual(await second.allTextContents(), ['reset: began', '2', '3', '4'])
  })

  test('waves to the other, and each sees that the other is present until they are not', async () => {
    const talk = await talkOf(amara, jonas)
    const [hers, his] = [await listens(pages, amara, talk), await listens(pages, jonas, talk)]
    await hers.getByRole('button', { name: 'Be here' }).click()
    const present = his.getByLabel('Present')
    await present.filter({ hasText: `${amara.id} looking` }).waitFor()
    const late = await tab(his.context(), talk) // and who comes later sees it, too
    await late
      .getByLabel('Present')
      .filter({ hasText: `${amara.id} looking` })
      .waitFor()
    await hers.getByRole('button', { name: 'Wave' }).click()
    assert.deepEqual(await heard(his, `waved ${amara.id} kindly`), ['reset: began', `waved ${amara.id} kindly`])
    await hers.getByRole('button', { name: 'Turn away or back' }).click()
    await present.filter({ hasText: 'nobody' }).waitFor()
  })

  test('is cut from what is not theirs, and hears nothing of it', async () => {
    const talk = await talkOf(amara)
    const page = await listens(pages, jonas, await talkOf(jonas))
    await page.goto(`/sample/page?talk=${talk}`)
    assert.deepEqual(await heard(page, 'cut: not_yours'), ['cut: not_yours'])
    await says(amara, talk)
    await page.getByRole('button', { name: 'Listen twice' }).click() // asks again
    await page.getByRole('region', { name: 'Two' }).getByText('cut: not_yours').waitFor()
    assert.equal(await page.getByText('1', { exact: true }).count(), 0)
  })

  test('reads anew when it turned away for a moment, because nobody listened meanwhile', async () => {
    const talk = await talkOf(amara, jonas)
    const page = await listens(pages, jonas, talk)
    const away = page.getByRole('button', { name: 'Turn away or back' })
    await away.click()
    await says(amara, talk)
    await away.click()
    await isReady(page)
    await says(amara, talk)
    assert.deepEqual(
      (await heard(page, '2')).filter((what) => what !== '1'),
      ['reset: began', '2'],
    )
  })
})

test('an event that is lost on the way is asked for again, one that comes twice is heard once', async () => {
  const talk = await talkOf(amara, jonas)
  const page = await browserOf(pages, jonas, '/healthz')
  let lost = false
  await page.routeWebSocket('**/live', (browser) => {
    const server = browser.connectToServer()
    server.onMessage((message) => {
      const { say, seq } = JSON.parse(message as string) as { say: string; seq?: number }
      const isLost = say === 'event' && seq === 2 && !lost
      lost ||= isLost
      if (!isLost) browser.send(message)
      if (say === 'event' && !isLost) browser.send(message)
    })
  })
  await page.goto(pageOf(talk))
  await isReady(page)
  await page.getByRole('button', { name: 'Be here' }).click()
  for (const words of ['one', 'two', 'three', 'four']) await says(amara, talk, words)
  assert.deepEqual(await heard(page, '4'), ['reset: began', '1', '2', '3', '4'])
  await page
    .getByLabel('Present')
    .filter({ hasText: `${jonas.id} looking` })
    .waitFor() // said again, because it left for a moment
})

describe('the server’s clock', () => {
  for (const [name, shift] of [
    ['a day behind', -86_400_000],
    ['a day ahead', 86_400_000],
  ] as const)
    test(`is known to Jonas, whose own is ${name}, also after it is set while the page is open`, async () => {
      const page = await listens(pages, jonas, await talkOf(jonas))
      await page.addInitScript((shift) => {
        const right = Date.now.bind(Date)
        Object.assign(window, { shift })
        Date.now = () => right() + (window as unknown as { shift: number }).shift
      }, shift)
      await page.reload()
      await isReady(page)
      const wrongBy = async () => {
        const before = Date.now()
        const now = await page.evaluate(() => (window as unknown as { serverNow: () => number }).serverNow())
        return Math.max(before - now, now - Date.now(), 0)
      }
      // On a machine where much goes on at once, the first way there and back may be a long one.
      for (let looks = 0; (await wrongBy()) >= 250 && looks < 20; looks++) await page.waitForTimeout(100)
      assert.ok((await wrongBy()) < 250)
      await page.evaluate(() => Object.assign(window, { shift: 3_600_000 }))
      assert.ok((await wrongBy()) < 250)
    })
})
