import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { somebody } from '#platform/identity/tests/cast.ts'
import { freshPages } from '#tests/pages.ts'
import { anewIn } from './anew.ts'

const pages = await freshPages()
const { server } = pages

const anew = anewIn(pages)

type Shift = PerformanceEntry & { sources: { node: Element | null; previousRect: DOMRect; currentRect: DOMRect }[] }

/** What moved on a page until the app, its fonts and its first answer were there. */
const movedOn = (path: string, options: BrowserContextOptions, prepare = async (_page: Page) => {}) =>
  anew(async (page) => {
    await prepare(page)
    const answered = page.waitForResponse('**/api/identity/me')
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await (await answered).finished()
    return page.evaluate(async () => {
      await document.fonts.ready
      for (let frame = 0; frame < 3; frame++) await new Promise((next) => requestAnimationFrame(next))
      const shifts = await new Promise<Shift[]>((found) => {
        new PerformanceObserver((list) => found(list.getEntries() as Shift[])).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => found([]), 100) // none
      })
      return shifts.flatMap(({ sources }) =>
        sources.map(({ node, previousRect: { top, left }, currentRect }) => {
          const what = node instanceof Element ? `${node.tagName}.${node.className}` : 'text'
          return `${what} from ${left} ${top} to ${currentRect.left} ${currentRect.top}`
        }),
      )
    })
  }, options)

/** Once two in a row are the same: a busy machine may be late with a part of it. */
async function pictureOf(page: Page): Promise<Buffer> {
  let last = await page.screenshot()
  for (let more = 0; more < 20; more++) {
    const next = await page.screenshot()
    if (next.equals(last)) return next
    last = next
  }
  throw new Error('the page does not come to rest')
}

/** Where two pictures of one size are not the same. */
const whereOther = (one: Buffer, other: Buffer) =>
  anew(async (page) => {
    const pictures = [one, other].map((picture) => `data:image/png;base64,${picture.toString('base64')}`)
    return page.evaluate(async (pictures) => {
      const all = pictures.map(async (src) => {
        const image = Object.assign(new Image(), { src })
        await image.decode()
        const { width, height } = image
        const drawn = new OffscreenCanvas(width, height).getContext('2d')!
        drawn.drawImage(image, 0, 0)
        return drawn.getImageData(0, 0, width, height)
      })
      const [one, other] = await Promise.all(all)
      const at = one!.data.keys().filter((byte) => one!.data[byte] !== other!.data[byte])
      const points = [...at].map((byte) => [Math.floor(byte / 4) % one!.width, Math.floor(byte / 4 / one!.width)] as const)
      const [across, down] = [points.map(([x]) => x), points.map(([, y]) => y)]
      const least = (of: number[]) => of.reduce((a, b) => Math.min(a, b), Infinity)
      const most = (of: number[]) => of.reduce((a, b) => Math.max(a, b), -Infinity)
      return `${points.length} values, ${least(across)} to ${most(across)} across, ${least(down)} to ${most(down)} down`
    }, pictures)
  })

for (const path of ['/', '/sign-in', '/sign-up'])
  for (const width of [390, 1280])
    test(`nothing moves while ${path} comes, ${width} px wide, not even when the fonts and the app arrive`, async () => {
      assert.deepEqual(await movedOn(path, { viewport: { width, height: 800 } }), [])
    })

for (const width of [390, 1280])
  test(`nothing moves on the landing page, ${width} px wide, when the whole fonts come only after the app`, async () => {
    const held = async (page: Page) => {
      const answered = page.waitForResponse('**/api/identity/me')
      await page.route('**/*.woff2', async (route) => (await answered, await page.waitForTimeout(300), route.continue()))
    }
    assert.deepEqual(await movedOn('/', { viewport: { width, height: 800 } }, held), [])
  })

test('the first faces have every letter of the landing page: no font is fetched for it before the app', () =>
  anew(async (page) => {
    const fetched: string[] = []
    page.on('request', (request) => request.resourceType() === 'font' && fetched.push(request.url()))
    await page.route(/\/assets\/(?:index|looks)-/, () => {}) // neither the app nor its style sheet comes
    await page.goto('/')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.evaluate(() => document.fonts.ready)
    assert.deepEqual(fetched, [])
    const there = await page.evaluate(() => [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family))
    assert.deepEqual(there, ['Figtree First', 'Newsreader First'])
  }))

describe('a stranger', () => {
  test('sees the whole page without any script, and the links lead to where one signs in, and into a room that is open', () =>
    anew(
      async (page) => {
        await page.goto('/')
        await page.getByRole('heading', { level: 1, name: 'Rehearse the conversations. Be coached in them. Have them.' }).waitFor()
        assert.equal(await page.getByRole('list', { name: 'The rooms' }).getByRole('listitem').count(), 5)
        assert.equal(await page.title(), 'Vivavoce: the conversations of a clinical career')
        const ways = page.getByRole('main').getByRole('link')
        assert.deepEqual(
          await Promise.all((await ways.all()).map(async (way) => `${await way.innerText()}: ${await way.getAttribute('href')}`)),
          [
            'Make an account: /sign-up',
            'Sign in: /sign-in',
            'Practice: /practice',
            'Who runs this one: /imprint',
            'what they keep of you: /privacy',
          ],
        )
        await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
        await page.waitForURL('**/sign-in')
      },
      { javaScriptEnabled: false },
    ))

  test('is given a policy that knows one style and one script by their hashes, and else allows what it allows everywhere', async () => {
    const policy = async (path: string) =>
      (await fetch(server.address + path, { headers: { accept: 'text/html' } })).headers.get('content-security-policy')!
    const [there, elsewhere] = [await policy('/'), await policy('/sign-in')]
    assert.equal(there.match(/(?:style|script)-src 'self' 'sha256-[^']{44}'/g)?.length, 2)
    assert.equal(there.replaceAll(/ 'sha256-[^']{44}'/g, ''), elsewhere)
    assert.doesNotMatch(elsewhere, /sha256|unsafe/)
  })

  test('keeps the focus, and the very same page, when the app takes it over', () =>
    anew(async (page) => {
      const faults: string[] = []
      page.on('pageerror', ({ message }) => faults.push(message))
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
      let comes = () => {}
      const due = new Promise<void>((come) => (comes = come))
      await page.route('**/assets/index-*.js', async (route) => (await due, route.continue()))
      await page.goto('/')
      const link = page.getByRole('main').getByRole('link', { name: 'Sign in' })
      await link.focus()
      const [before, heading] = [await link.elementHandle(), await page.getByRole('heading', { level: 1 }).elementHandle()]
      const shown = await pictureOf(page)
      const answered = page.waitForResponse('**/api/identity/me')
      comes()
      await (await answered).finished()
      assert.ok(await page.evaluate(([link, heading]) => document.activeElement === link && heading!.isConnected, [before, heading]))
      const then = await pictureOf(page)
      assert.ok(shown.equals(then), `it looks as before, but for ${await whereOther(shown, then)}`)
      await page.evaluate(() => Object.assign(window, { same: true }))
      await page.keyboard.press('Enter')
      await page.waitForURL('**/sign-in')
      assert.ok(await page.evaluate(() => 'same' in window), 'the app went there by itself')
      assert.deepEqual(faults, [])
    }))

  for (const chosen of ['light', 'dark'] as const)
    test(`who chose ${chosen} here sees nothing else, not even before the app is there`, () =>
      anew(
        async (page) => {
          await page.addInitScript((chosen) => localStorage.setItem('mantine-color-scheme-value', chosen), chosen)
          await page.route('**/assets/index-*.js', () => {}) // it never comes
          await page.goto('/')
          assert.equal(await page.evaluate(() => getComputedStyle(document.body).colorScheme), chosen)
        },
        { colorScheme: chosen === 'light' ? 'dark' : 'light' },
      ))
})

describe('whoever is signed in', async () => {
  const amara = await somebody(server, 'Amara Osei')

  test('is given the app and not the page for strangers', async () => {
    const page = await browserOf(pages, amara, '/today')
    const given = await page.context().request.get('/')
    assert.match(await given.text(), /<div id="app"><\/div>/)
    assert.match(given.headers()['vary']!, /cookie/)
    assert.match(await (await fetch(server.address)).text(), /<div id="app"><div class="bare/)
  })

  test('is given no font beforehand that the page does not use', async () => {
    const page = await browserOf(pages, amara, '/today')
    await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor()
    const [given, used] = await page.evaluate(async () => {
      await document.fonts.ready
      const bare = (family: string) => family.replaceAll('"', '')
      const loaded = [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => bare(family))
      const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]).filter((rule) => rule instanceof CSSFontFaceRule)
      const preloaded = [...document.querySelectorAll('link[rel=preload][as=font]')].map((link) => link.getAttribute('href')!)
      const isUsed = (href: string) =>
        rules.some(
          ({ style }) =>
            style.getPropertyValue('src').includes(href.split('/').at(-1)!) && loaded.includes(bare(style.getPropertyValue('font-family'))),
        )
      return [preloaded, preloaded.filter(isUsed)] as const
    })
    assert.equal(given.length, 2)
    assert.deepEqual(used, given)
    await page.close()
  })

  test('does not see for a moment what strangers see, on the way to Today', async () => {
    const page = await browserOf(pages, amara, '/today')
    await page.addInitScript(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      const look = () =>
        seen.push(...[...document.querySelectorAll('h1, .bare')].map(({ className, textContent }) => `${className}${textContent}`))
      new MutationObserver(look).observe(document, { childList: true, subtree: true })
    })
    await page.goto('/')
    await page.waitForURL('**/today')
    await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor()
    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen)
    assert.deepEqual(
      [...new Set(seen)].filter((what) => /Rehearse|bare/.test(what)),
      [],
    )
  })
})
