import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { buildWeb } from '#platform/web/build.ts'
import { web } from '#platform/web/server.ts'
import type { Part } from '#platform/part.ts'
import { freshBrowser } from './browser.ts'
import { freshServer, type TestServer } from './server.ts'

export type Pages = {
  server: TestServer
  browser: Browser
  /** Somebody's own browser, with nothing in it. */
  open: (path?: string, options?: BrowserContextOptions) => Promise<Page>
}

/** The real server with the web app, and a real browser. It is known as localhost: links in its mails lead here, and passkeys work. */
export async function freshPages(env: Record<string, string> = {}, anew: Part[] = [], flags: string[] = []): Promise<Pages> {
  await buildWeb()
  const port = await freePort()
  const address = `http://localhost:${port}`
  const server = { ...(await freshServer({ PORT: `${port}`, PUBLIC_URL: address, ...env }, [web, ...anew])), address }
  const browser = await freshBrowser({ args: flags })
  return { server, browser, open: openIn(browser, address) }
}

/** In another browser than these pages' own. */
export const openIn =
  (browser: Browser, address: string): Pages['open'] =>
  async (path = '/', options = {}) => {
    const context = await browser.newContext({ ...here, ...hasty, baseURL: address, ...options })
    context.setDefaultTimeout(120_000) // other test files want the machine, too
    after(() => context.close())
    const page = await context.newPage()
    await page.goto(path)
    return page
  }

// Filling the worker's store and moving things about took two fifths of all these tests' time. Who is about that asks for it:
const hasty = { serviceWorkers: 'block', reducedMotion: 'reduce' } as const
export const withWorker = { serviceWorkers: 'allow' } as const

/** As a browser in London is set. */
export const here = { locale: 'en-GB', timezoneId: 'Europe/London' }

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}
