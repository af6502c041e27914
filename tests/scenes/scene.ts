import type { Browser, BrowserContext, Page, ViewportSize } from 'playwright-core'
import { freshPages, here } from '#tests/pages.ts'
import { unlimited } from '#platform/identity/tests/scene.ts'
import { setTheStage, signIn, type Who } from './cast.ts'

/** A page in a state worth seeing. */
export type Scene = {
  /** What is seen, in a few words. Also the name of its picture. */
  name: string
  /** As the page's part registers it. */
  page: string
  /** Where that is not an address yet: with ids, or a search. */
  at?: string
  who?: Who
  /** Before it is opened: what is slow, or missing, or fails. */
  given?: (page: Page) => Promise<unknown>
  /** Once it is open: what one does there. */
  does?: (page: Page) => Promise<unknown>
  /** It is seen while it still loads. */
  loading?: true
  /** It shows how loading looks, for good. */
  showsLoading?: true
  /** The connection is lost once it is there. */
  offline?: true
}

export type Shown = { page: Page; faults: string[]; close: () => Promise<void> }
export type Stage = { browser: Browser; address: string; show: (scene: Scene, viewport?: ViewportSize) => Promise<Shown> }

/** The real server with the demo world, and a browser of each person's own, in which each scene is a tab. */
export async function freshStage(): Promise<Stage> {
  // All tabs of a person in one process: beginning one, and compiling the app anew in it, was an eighth of what a hundred scenes cost.
  // Who uses a microphone is heard by a page nobody has touched. Painted ones are no use of it, and what Playwright asks a page counts as a
  // touch, but on a busy machine it may ask too late: so none is needed.
  const { server, browser } = await freshPages(
    {},
    [unlimited()],
    ['--renderer-process-limit=1', '--autoplay-policy=no-user-gesture-required'],
  )
  await setTheStage(server)
  const browsers = new Map<Who, Promise<BrowserContext>>()

  // No service worker: it would answer before a scene's own slow and failing answers.
  async function browserOf(who: Who): Promise<BrowserContext> {
    const context = await browser.newContext({ ...here, baseURL: server.address, reducedMotion: 'reduce', serviceWorkers: 'block' })
    context.setDefaultTimeout(120_000)
    await signIn(context, who, server)
    return context
  }
  function known(who: Who): Promise<BrowserContext> {
    const found = browsers.get(who) ?? browserOf(who)
    browsers.set(who, found)
    return found
  }

  async function show(scene: Scene, viewport: ViewportSize = wide): Promise<Shown> {
    const { who = 'stranger', offline } = scene
    const context = await (offline ? browserOf(who) : known(who))
    const page = await context.newPage()
    await page.setViewportSize(viewport)
    const faults = faultsIn(page, scene, server.address)
    await scene.given?.(page)
    await page.goto(scene.at ?? scene.page)
    await settled(page, scene)
    if (offline) await context.setOffline(true)
    await scene.does?.(page)
    if (scene.does ?? offline) await settled(page, scene)
    return { page, faults, close: () => (offline ? context.close() : page.close()) }
  }
  return { browser, address: server.address, show }
}

export const [wide, narrow] = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
]

/** The page as it is in these colours. */
export async function inColours(page: Page, colorScheme: 'light' | 'dark'): Promise<Page> {
  await page.emulateMedia({ colorScheme })
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor()
  await page.evaluate(async () => {
    for (let still = 0; still < 3; still = document.getAnimations().length === 0 ? still + 1 : 0)
      await new Promise((painted) => requestAnimationFrame(painted)) // a colour that fades goes from part to part
  })
  return page
}

/** Everything is there: its heading, what it reads, its fonts. */
async function settled(page: Page, { loading, showsLoading }: Scene): Promise<void> {
  const skeletons = page.getByRole('status', { name: 'Loading' })
  if (loading) return skeletons.first().waitFor()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  if (!showsLoading) await skeletons.first().waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))))
}

// What was refused or fails on purpose stands in the console, too.
function faultsIn(page: Page, { given, offline }: Scene, home: string): string[] {
  const faults: string[] = []
  const meant = (text: string, url: string) =>
    (/\/(?:api|auth\/v1)\//.test(url) && (given !== undefined || /status of 4\d\d/.test(text))) ||
    (given !== undefined && text.startsWith('Refusal: ')) ||
    text.includes('blocked by Playwright') ||
    text.includes('preloaded using link preload but not used within a few seconds') || // on a busy machine; that they are used: paint.e2e
    (offline && /ERR_INTERNET_DISCONNECTED|fetching the script/.test(text))
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    const [kind, text] = [message.type(), message.text()]
    if (['error', 'warning'].includes(kind) && !meant(text, message.location().url)) faults.push(`${kind} in the console: ${text}`)
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== home && /^(?:https?|wss?):$/.test(protocol)) faults.push(`a request to another origin: ${request.url()}`)
  })
  return faults
}

type Step = (page: Page) => Promise<unknown>

/** Does one after the other. */
export const first =
  (...steps: Step[]): Step =>
  async (page) => {
    for (const step of steps) await step(page)
  }

export const pressing =
  (name: string, nth = 0): Step =>
  (page) =>
    page.getByRole('button', { name, exact: true }).nth(nth).click()

/** Fields by their labels. */
export const filling =
  (fields: Record<string, string>): Step =>
  async (page) => {
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).first().fill(value)
  }

export const ticking =
  (label: string): Step =>
  (page) =>
    page.getByLabel(label, { exact: true }).check()

export const choosing =
  (label: string, value: string): Step =>
  (page) =>
    page.getByLabel(label, { exact: true }).selectOption(value)

export const keys =
  (keys: string): Step =>
  (page) =>
    page.keyboard.press(keys)

export const until =
  (text: string): Step =>
  (page) =>
    page.getByText(text).first().waitFor()

export const refused: Step = (page) => page.getByRole('alert').first().waitFor()
export const opened: Step = (page) => page.getByRole('dialog').first().waitFor()

/** Nobody answers, and nobody says no. */
export const slow =
  (path: string): Step =>
  (page) =>
    page.route(`**${path}`, () => {})

export const failing =
  (path: string): Step =>
  (page) =>
    page.route(`**${path}`, (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(ourFault) }),
    )
const ourFault = {
  type: 'about:blank',
  status: 500,
  code: 'our_fault',
  title: 'Something went wrong on our side',
  request: '0b5f3c1e-5d1c-4a53-9c11-3f8a6d0e2b7a',
}

export const answering =
  (path: string, json: unknown): Step =>
  (page) =>
    page.route(`**${path}`, (route) => route.fulfill({ json }))

export const nothingIn = (path: string): Step => answering(path, { items: [], next: null })
