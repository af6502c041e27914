import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, describe, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Page, ViewportSize } from 'playwright-core'
import { root } from '#platform/configuration/environment.ts'
import { scenes } from '#tests/scenes.ts'
import { barriersIn } from '#tests/scenes/barriers.ts'
import { freshStage, inColours, narrow, wide, type Scene } from '#tests/scenes/scene.ts'

// Pictures of every page in every state, narrow and wide, light and dark, and one sheet with all of them; a state that somebody could not
// read or use fails. `npm run shots -- TEXT` takes those whose name holds that text.
const folder = path.join(root, 'shots')
const text = process.argv[2]?.toLowerCase() ?? ''
const chosen = scenes.filter(({ name }) => name.toLowerCase().includes(text))
const tallest = 2_400

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
const { browser, show } = await freshStage()

describe('Pictures', { concurrency: 2 }, () => {
  for (const scene of chosen)
    test(scene.name, async () => {
      const shown = await show(scene, narrow)
      const { page, close } = shown
      for (const size of [narrow, wide]) {
        await asTallAsItIs(page, size)
        for (const colours of ['light', 'dark'] as const) {
          await inColours(page, colours)
          await page.screenshot({ path: path.join(folder, picture(scene, size.width, colours)) })
        }
      }
      assert.deepEqual(await barriersIn(shown, scene), [])
      await close()
    })

  after(async () => {
    const sheet = path.join(folder, 'index.html')
    writeFileSync(sheet, sheetOf(chosen))
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 }, deviceScaleFactor: 0.5 })
    await page.goto(pathToFileURL(sheet).href)
    await page.screenshot({ path: path.join(folder, 'sheet.png'), fullPage: true })
    console.log(`${chosen.length * 4} pictures: ${sheet}, all in one: ${path.join(folder, 'sheet.png')}`)
  })
})

// Whatever sticks to an edge of the window is at the edge of the picture.
async function asTallAsItIs(page: Page, size: ViewportSize): Promise<void> {
  await page.setViewportSize(size)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ ...size, height: Math.min(Math.max(height, size.height), tallest) })
  await page.evaluate(() => scrollTo(0, 0))
}

const picture = ({ name }: Scene, width: number, colours: string) =>
  `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${width}-${colours}.png`

const sheetOf = (scenes: readonly Scene[]) => `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<title>Every page in every state</title>
<style>
  body { margin: 24px; font: 15px/1.4 system-ui; background: #ddd; }
  main { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; }
  h2 { margin: 0 0 6px; font-size: 18px; }
  div { display: grid; grid-template-columns: 1fr 1fr 2.6fr 2.6fr; gap: 6px; align-items: start; }
  img { width: 100%; max-height: 420px; object-fit: cover; object-position: top; }
</style>
<main>
${scenes.map((scene) => `<section><h2>${scene.name} · <code>${scene.page}</code></h2><div>${picturesOf(scene)}</div></section>`).join('\n')}
</main>
</html>`

const picturesOf = (scene: Scene) =>
  [narrow, wide]
    .flatMap(({ width }) => ['light', 'dark'].map((colours) => picture(scene, width, colours)))
    .map((file) => `<a href="${file}"><img src="${file}" alt="${file}"></a>`)
    .join('')
