import assert from 'node:assert/strict'
import { test } from 'node:test'
import { median } from '#tests/bench/figures.ts'
import { freshPages, here } from '#tests/pages.ts'

const { server, browser } = await freshPages()

type Painted = { largest: number; moved: string[] }
type Shift = PerformanceEntry & { value: number; sources: { node: Element | null; previousRect: DOMRect; currentRect: DOMRect }[] }

/** When the largest part of a page stood, in a browser that was never here; and how far things moved on the way. */
async function painted(path: string): Promise<Painted> {
  const context = await browser.newContext({ ...here, baseURL: server.address, serviceWorkers: 'block' })
  const page = await context.newPage()
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const seen = await page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 3; frame++) await new Promise((next) => requestAnimationFrame(next))
    const entries = <E extends PerformanceEntry>(type: string) =>
      new Promise<E[]>((found) => {
        const observer = new PerformanceObserver((list) => found(list.getEntries() as E[]))
        observer.observe({ type, buffered: true })
        setTimeout(() => found([]), 100) // none
      })
    const largest = (await entries('largest-contentful-paint')).at(-1)!.startTime
    const shifts = await entries<Shift>('layout-shift')
    const moved = shifts.flatMap(({ sources }) =>
      sources.map(({ node, previousRect: { top, left }, currentRect }) => {
        const what = node instanceof Element ? `${node.tagName}.${node.className}` : 'text'
        return `${what} from ${left} ${top} to ${currentRect.left} ${currentRect.top}`
      }),
    )
    return { largest, moved }
  })
  await context.close()
  return seen
}

// The emptiest page we have is one that is not there: the same app, one line. Loads take turns, so that whatever else this machine
// does meets both, and each pair is compared by itself.
test('the landing page stands in at most one and a half times the time of an empty page', async () => {
  await painted('/')
  const ratios: number[] = []
  for (let turn = 0; turn < 11; turn++) {
    const empty = await painted('/no/such/page')
    const landing = await painted('/')
    ratios.push(landing.largest / empty.largest)
  }
  assert.ok(median(ratios) <= 1.5, `the median of ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`)
})

for (const path of ['/', '/sign-in', '/sign-up'])
  test(`nothing moves while ${path} comes, not even when the fonts arrive`, async () => {
    assert.deepEqual((await painted(path)).moved, [])
  })
