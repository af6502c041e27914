import type { BrowserContextOptions, Page } from 'playwright-core'
import { here, type Pages } from '#tests/pages.ts'

/** A page in a browser that was never here. */
export const anewIn =
  ({ browser, server }: Pick<Pages, 'browser' | 'server'>) =>
  async <T>(look: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> => {
    const context = await browser.newContext({ ...here, baseURL: server.address, serviceWorkers: 'block', ...options })
    try {
      return await look(await context.newPage())
    } finally {
      await context.close()
    }
  }
