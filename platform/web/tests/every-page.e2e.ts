import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { scenes } from '#tests/scenes.ts'
import { barriersIn } from '#tests/scenes/barriers.ts'
import { freshStage } from '#tests/scenes/scene.ts'
import { pagesOfAllParts } from '#tests/web-parts.ts'

const { show } = await freshStage()

test('every page has a scene, and every scene a page', async () => {
  assert.deepEqual(new Set(scenes.map(({ page }) => page)), new Set(await pagesOfAllParts()))
  assert.equal(new Set(scenes.map(({ name }) => name)).size, scenes.length, 'each has a name of its own')
})

// Each page in its first state. Every state of it is looked at as closely by `npm run shots`.
describe('Anybody can read and use, in light and in dark, at 200 % and at 400 %, with a mouse or without', { concurrency: 2 }, () => {
  const first = scenes.filter((scene, nth) => scenes.findIndex(({ page }) => page === scene.page) === nth)
  for (const scene of first)
    test(scene.name, async () => {
      const shown = await show(scene)
      assert.deepEqual(await barriersIn(shown, scene), [])
      await shown.close()
    })
})

test('Whoever asks for less motion sees none', async () => {
  const { page, close } = await show(scenes.find(({ name }) => name === 'Today')!)
  for (const key of ['Control+k', 'Escape', '?', 'Escape', 'g', 't']) {
    await page.keyboard.press(key)
    assert.deepEqual(await motionsIn(page), [], `after ${key}`)
  }
  await close()
})

const motionsIn = (page: Page) =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 10)
      .map((one) => (one as CSSTransition).transitionProperty ?? (one as CSSAnimation).animationName),
  )
