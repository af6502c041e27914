import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { faultsOf } from '#tests/axe.ts'
import { faultsByTab } from '#tests/keyboard.ts'
import { scenes } from '#tests/scenes.ts'
import { freshStage, inColours, type Scene } from '#tests/scenes/scene.ts'
import { pagesOfAllParts } from '#tests/web-parts.ts'

const { show } = await freshStage()

test('every page has a scene, and every scene a page', async () => {
  assert.deepEqual(new Set(scenes.map(({ page }) => page)), new Set(await pagesOfAllParts()))
  assert.equal(new Set(scenes.map(({ name }) => name)).size, scenes.length, 'each has a name of its own')
})

// What can be pressed is come by with Tab, it is seen where one is, and nothing lies over it: 1280 px wide, and as narrow as such a
// window is at 400 %.
describe('Anybody can read and use, in light and in dark, at 200 % and at 400 %, with a mouse or without', { concurrency: 3 }, () => {
  for (const scene of scenes)
    test(scene.name, async () => {
      const { page, faults, close } = await show(scene)
      const inLight = await faultsOf(await inColours(page, 'light'))
      const inDark = isInFull(scene) ? await faultsOf(await inColours(page, 'dark'), { of: 'colours' }) : []
      const known = scene.loading ? withoutHeadingYet : []
      assert.deepEqual(
        { faults, inLight: inLight.filter((fault) => !known.includes(fault)), inDark },
        { faults: [], inLight: [], inDark: [] },
      )
      assert.match(await page.title(), /^Vivavoce|^\S.* – Vivavoce$/)
      assert.equal(await page.getByRole('main').count(), 1)
      const headings = await page.getByRole('heading', { level: 1 }).count()
      assert.ok(headings === 1 || (scene.loading && headings === 0), `${headings} headings of the page`)
      if (isInFull(scene)) {
        const wide = scene.loading ? [] : await faultsByTab(page)
        for (const width of zoomed) assert.deepEqual(await beyondTheEdge(page, width), [], `sideways at ${width} px`)
        assert.deepEqual({ wide, narrow: scene.loading ? [] : await faultsByTab(page) }, { wide: [], narrow: [] })
      }
      await close()
    })
})

// Each page in its first state; with LONG=1 in every one. (In light, each state is looked at each time.)
const isInFull = (scene: Scene) => process.env['LONG'] === '1' || scenes.find(({ page }) => page === scene.page) === scene

const withoutHeadingYet = [
  'page-has-heading-one (Page should contain a level-one heading) at html: Fix all of the following: Page must have a level-one heading',
]

// What a window of 1280 pixels has room for at 200 %, and at 400 % (WCAG 2.2, 1.4.4 and 1.4.10).
const zoomed = [640, 320]

/** What makes one scroll sideways. */
async function beyondTheEdge(page: Page, width: number): Promise<string[]> {
  await page.setViewportSize({ width, height: 450 })
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const outside = [...document.body.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > clientWidth + 1)
    return outside.slice(0, 5).map(({ tagName, className }) => `${tagName}.${className}`)
  })
}

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
