import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import type { Part } from '#platform/part.ts'
import { median } from '#tests/bench/figures.ts'
import { freshPages } from '#tests/pages.ts'
import { anewIn } from './anew.ts'

// The emptiest page there is, from the same server: one word, and nothing to wait for.
const emptyPage =
  '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Empty</title></head><body><h1>Empty</h1></body></html>'
const empty: Part = {
  name: 'empty',
  serve: (app) => void app.get('/empty', (_request, reply) => reply.type('text/html; charset=utf-8').send(emptyPage)),
}
const anew = anewIn(await freshPages({}, [empty]))

/** When the largest part of a page stood. Nothing is asked of the page until it has loaded. */
const largestOf = (path: string, options: BrowserContextOptions) =>
  anew(async (page) => {
    await page.goto(path)
    return page.evaluate(
      () =>
        new Promise<number>((found) =>
          new PerformanceObserver((list) => found(list.getEntries().at(-1)!.startTime)).observe({
            type: 'largest-contentful-paint',
            buffered: true,
          }),
        ),
    )
  }, options)

// As promised. While its faces and its first script were files of their own it was 1.7 to 1.9, by way of the app 3.6; now it is 1.2
// to 1.4 (docs/decisions/0014-a-strangers-first-page.md).
const most = 1.5

// What is held where this machine cannot tell: where four others want each core the empty page takes twice as long as itself, and
// the median of a round was anything from 0.7 to 2.1.
const mostWhereNobodyCanTell = 2.5

// Loads take turns, so that whatever else this machine does meets both, and each pair is compared by itself. The first round that
// holds counts, of five; the page as it was before was above 1.5 in each of twelve rounds.
for (const width of [390, 1280])
  test(`the landing page, ${width} px wide, stands in at most ${most} times the time of an empty page`, async (t) => {
    const options = { viewport: { width, height: 720 } }
    await largestOf('/', options)
    const all: Pair[] = []
    let steady = false
    for (let round = 0; round < 5; round++) {
      const pairs: Pair[] = []
      for (let turn = 0; turn < 9; turn++) pairs.push({ least: await largestOf('/empty', options), landing: await largestOf('/', options) })
      t.diagnostic(`${ratioOf(pairs).toFixed(2)}, the median of ${pairs.map(({ least, landing }) => `${landing}/${least}`).join(' ')}`)
      if (ratioOf(pairs) <= most) return
      all.push(...pairs)
      steady ||= isSteady(pairs)
    }
    assert.ok(!steady, `${ratioOf(all)} in all rounds`)
    assert.ok(ratioOf(all) <= mostWhereNobodyCanTell, `${ratioOf(all)} in all rounds`)
  })

type Pair = { least: number; landing: number }
const ratioOf = (pairs: Pair[]) => median(pairs.map(({ least, landing }) => landing / least))
function isSteady(pairs: Pair[]): boolean {
  const least = pairs.map(({ least }) => least).toSorted((a, b) => a - b)
  return least.at(-4)! <= 1.5 * least.at(3)! // the upper and the lower quarter
}
