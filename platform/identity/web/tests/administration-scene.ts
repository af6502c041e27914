import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Pages } from '#tests/pages.ts'
import { theServer } from '#tests/database.ts'
import { renewWord } from '../../gotrue/browser.ts'
import type { Somebody } from '../../tests/cast.ts'

/** Somebody's own browser, signed in, at a page. */
export async function browserOf(
  { server, open }: Pick<Pages, 'server' | 'open'>,
  who: Somebody,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const word = await server.db.database.write(theServer, (db) => renewWord(db, { session: who.session, person: who.id }))
  const page = await open('/healthz', options)
  await page.context().addCookies([{ name: 'vivavoce', value: word, url: server.address, httpOnly: true, sameSite: 'Strict' }])
  await page.goto(path)
  return page
}
