import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { buildWeb } from '#platform/web/build.ts'
import { web } from '#platform/web/server.ts'
import { freshBrowser } from './browser.ts'
import { freshServer, type TestServer } from './server.ts'

export type Pages = {
  server: TestServer
  browser: Browser
  /** Somebody's own browser, with nothing in it. */
  open: (path?: string, options?: BrowserContextOptions) => Promise<Page>
}

/** The real server with the web app, and a real browser. */
export async function freshPages(env: Record<string, string> = {}): Promise<Pages> {
  await buildWeb()
  const server = await freshServer(env, [web])
  const browser = await freshBrowser()
  const open = async (path = '/', options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ baseURL: server.address, locale: 'en-GB', timezoneId: 'Europe/London', ...options })
    const page = await context.newPage()
    await page.goto(path)
    return page
  }
  return { server, browser, open }
}
