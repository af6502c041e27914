import { test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { administrator, somebody } from '../../tests/cast.ts'
import { unlimited } from '../../tests/scene.ts'
import { browserOf } from './administration-scene.ts'

const pages = await freshPages({}, [unlimited()])
const mira = await administrator(pages.server, 'Mira Okafor')
const [ada, bo] = [await somebody(pages.server, 'Ada Bell'), await somebody(pages.server, 'Bo Lindqvist')]
const watch = (page: any) => page.evaluate(() => {
  const w = window as any
  w.seen = []
  const what = () => { const a = document.activeElement!; return `${a.tagName} ${a.textContent?.slice(0, 20)}` }
  for (const kind of ['focusin', 'focusout']) document.addEventListener(kind, (e) => w.seen.push(kind + ' ' + (e.target as any).tagName + ' ' + (e.target as any).textContent?.slice(0, 30) + ' h1=' + [...document.querySelectorAll('h1')].map((h) => h.textContent + h.checkVisibility()).join('|')))
  new MutationObserver(() => w.seen.push('mut active=' + what() + ' h1=' + [...document.querySelectorAll('h1')].map((h) => h.textContent + h.checkVisibility()).join('|'))).observe(document.body, { childList: true, subtree: true })
})
const tell = async (page: any, name: string) => {
  await page.waitForTimeout(700)
  console.log(name, page.url(), await page.evaluate(() => JSON.stringify((window as any).seen, null, 1) + ' NOW ' + document.activeElement!.tagName + ' ' + document.activeElement!.textContent?.slice(0, 40)))
}
test('signup', async () => {
  const page = await pages.open('/sign-in')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await watch(page)
  await page.getByRole('link', { name: 'Make an account' }).click()
  await page.getByRole('heading', { name: 'Make an account' }).waitFor()
  await tell(page, 'sign-up')
})
test('landing', async () => {
  const page = await pages.open('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await watch(page)
  await page.locator('a[href="/sign-up"]').first().click()
  await tell(page, 'landing to sign-up')
})
test('first', async () => {
  const page = await browserOf(pages, ada, '/today')
  await page.getByRole('link', { name: 'Add one' }).waitFor()
  await watch(page)
  await page.getByRole('link', { name: 'Add one' }).click()
  await tell(page, 'first')
})
test('take', async () => {
  await ada.post('/safety/reports', { person_id: bo.id, subject_kind: 'person', subject_id: bo.id, kind: 'spam', words: 'x' })
  const page = await browserOf(pages, mira, '/administration/reports')
  await page.getByRole('button', { name: 'Take the report' }).waitFor()
  await watch(page)
  await page.getByRole('button', { name: 'Take the report' }).click()
  await page.getByText('In your hands').waitFor()
  await tell(page, 'take')
})
