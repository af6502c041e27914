import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { faultsByTab } from '#tests/keyboard.ts'
import { scenes } from '#tests/scenes.ts'
import { freshStage, type Scene } from '#tests/scenes/scene.ts'

const { show } = await freshStage()

// Each page in its first state: what can be pressed is come by, it is seen where one is, and nothing lies over it; 1280 px wide,
// and as narrow as such a window is at 400 %.
describe('Whoever has no mouse comes by everything', { concurrency: 3 }, () => {
  for (const scene of scenes.filter(isFirst))
    test(scene.name, async () => {
      const { page, close } = await show(scene)
      const wide = await faultsByTab(page)
      await page.setViewportSize({ width: 320, height: 480 })
      assert.deepEqual({ wide, narrow: await faultsByTab(page) }, { wide: [], narrow: [] })
      await close()
    })
})

function isFirst(scene: Scene): boolean {
  return !scene.loading && scenes.find(({ page, loading }) => page === scene.page && !loading) === scene
}
