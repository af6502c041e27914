import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator, sessionOf, somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { open, server } = pages
const amara = await somebody(server, 'Amara Osei')
const mira = await administrator(server, 'Mira Handing')

describe('Amara, by keyboard alone', async () => {
  const page = await browserOf(pages, amara, '/today')
  const heading = page.getByRole('heading', { level: 1 })
  await page.getByRole('heading', { name: 'First steps' }).waitFor()
  const hers = await keyboardOf(page)

  test('skips the navigation', async () => {
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main')
  })

  test('goes to a page by its name, is told where she is, and can go back', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('noti') // at once: not a letter is lost
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.palette input')?.value === 'noti')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Notices' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
    assert.match(await page.title(), /^Notices/)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  })

  test('loses nothing that is typed after Ctrl K while what it opens is still on its way', async () => {
    const { promise: there, resolve: letItCome } = Promise.withResolvers<void>()
    await page.route(/\/opened-[^/]*\.js$/, async (route) => {
      await there
      await route.continue()
    })
    await page.goto('/today')
    await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('gcx') // g and c lead to the calendar, elsewhere
    for (const key of ['Backspace', 'Backspace', 'Backspace']) await page.keyboard.press(key)
    await page.keyboard.type('noti')
    await page.keyboard.press('Enter')
    assert.equal(await page.getByRole('combobox').count(), 0)
    assert.match(page.url(), /\/today$/)
    letItCome()
    await page.getByRole('heading', { level: 1, name: 'Notices' }).waitFor()
    assert.equal(await page.getByRole('dialog').count(), 0)
    await page.unrouteAll()
    await page.keyboard.press('Control+k')
    await page.keyboard.press('Escape')
    await page.keyboard.press('g') // and afterwards keys are keys again
    await page.keyboard.press('t')
    await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor()
  })

  test('goes home by g and t, and sees which keys there are', async () => {
    await page.goto('/notices')
    await page.getByRole('heading', { level: 1, name: 'Notices' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('opens what lies over the page, and is back where she was when it closes', async () => {
    await hers.press('button', /^Notices/)
    await hers.go('link', 'All notices')
    await hers.keys('Escape')
    await hers.isAt('button', /^Notices/)
    await hers.press('button', 'Amara Osei: your menu')
    await hers.press('button', /^Keys/)
    await page.getByRole('dialog', { name: 'Keys' }).waitFor()
    await hers.go('button', 'Close')
    await hers.keys('Tab', 'Tab', 'Tab', 'Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await hers.go('link', 'Choose it')
    await hers.keys('Control+k')
    await hers.isAt('combobox', 'Where to, or what to do')
    await hers.keys('Tab', 'Escape')
    await hers.isAt('link', 'Choose it')
  })

  test('is not lost when what she pressed goes with what it did', async () => {
    await sessionOf(server, amara.id, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')
    await page.goto('/account/sessions')
    const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem')
    const signOut = devices.getByRole('button', { name: 'Sign out' })
    await signOut.first().waitFor()
    const before = await devices.count()
    await hers.press('button', 'Sign out')
    await page.getByRole('dialog').waitFor()
    await hers.go('button', 'Close')
    await hers.press('button', 'Sign out')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.equal(await devices.count(), before - 1)
    await hers.isAt('heading', 'Where you are signed in')
  })

  test('types these letters where she writes, and nothing opens', async () => {
    await page.goto('/account')
    await hers.type('Name', 'Amara Osei?gt')
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Amara Osei?gt')
    assert.equal(await page.getByRole('dialog').count(), 0)
    assert.equal(new URL(page.url()).pathname, '/account')
  })

  test('finds no way into what is not hers', async () => {
    assert.equal(await page.getByRole('link', { name: 'Administration' }).count(), 0)
    await page.goto('/administration')
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
    await page.goto('/no/such/page')
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
    await page.getByRole('link', { name: 'To the start' }).click()
    await heading.filter({ hasText: /^Good / }).waitFor()
  })

  test('reads why a page could not be shown, under which name it was noted, and tries again', async () => {
    const problem = { type: 'about:blank', title: 'x', status: 500, code: 'our_fault', request: 'the-name-of-it' }
    const failing = (route: { fulfill: (answer: object) => Promise<void> }) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    await page.route('**/api/notices/mine*', failing)
    await page.goto('/notices')
    await page.getByRole('heading', { level: 1, name: 'This page could not be shown' }).waitFor()
    await page.getByText('the-name-of-it').waitFor()
    await page.unroute('**/api/notices/mine*', failing)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { level: 1, name: 'Notices' }).waitFor()
  })

  test('signs out, and nothing of her is left in this browser', async () => {
    await hers.press('button', 'Amara Osei: your menu')
    await hers.press('button', 'Sign out')
    await page.getByRole('heading', { level: 1, name: /Rehearse/ }).waitFor()
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)])), /Amara/)
    await page.goto('/notices')
    await page.getByRole('heading', { level: 1, name: /sign in/i }).waitFor()
    assert.equal(new URL(page.url()).searchParams.get('next'), '/notices')
  })
})

test('Mira, who administrates, finds the way there, and what is left to set up', async () => {
  const page = await browserOf(pages, mira, '/today')
  await page.getByText('Invite people').waitFor()
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Administration' }).click()
  await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor()
  assert.equal(await page.getByRole('banner').count(), 1)
  assert.equal(await page.getByRole('main').count(), 1)
})

test('a step is ticked when it is done, by whatever way', async () => {
  const bo = await somebody(server, 'Bo Lind')
  const page = await browserOf(pages, bo, '/today')
  const zone = page.getByRole('listitem').filter({ hasText: 'Choose your time zone' })
  await zone.getByRole('link', { name: 'Choose it' }).waitFor()
  await bo.patch('/identity/account', { zone: 'Pacific/Chatham' })
  await page.reload()
  await zone.getByText('done').waitFor()
})

test('whoever asked to leave reads on Today when they go and what goes with them, and stays by one press', async () => {
  const cleo = await somebody(server, 'Cleo Leaving')
  const { erases_at } = (await cleo.post('/identity/deletion')).body as { erases_at: string }
  const page = await browserOf(pages, cleo, '/today')
  const leaving = page.getByRole('region', { name: 'You are leaving' })
  await leaving.getByText('everything of yours is erased for good').waitFor()
  assert.equal(await leaving.getByRole('time').getAttribute('datetime'), erases_at)
  await leaving.getByRole('button', { name: 'Keep my account' }).click()
  await leaving.waitFor({ state: 'detached' })
  const left = await server.db.sql('select from identity.deletions where user_id = $1 and cancelled_at is null', [cleo.id])
  assert.equal(left.length, 0)
  assert.equal(await page.getByText('You are leaving').count(), 0)
})

test('a stranger sees what this is before anything is answered, and is let in', async () => {
  const page = await open('/healthz')
  await page.route('**/api/**', () => {}) // nobody answers
  await page.goto('/')
  await page.getByRole('heading', { level: 1, name: 'Rehearse the conversations. Be coached in them. Have them.' }).waitFor()
  for (const room of ['Practice', 'Speaking', 'Interviews', 'Mentoring', 'Care'])
    await page.getByRole('listitem').filter({ hasText: room }).waitFor()
  await page.unrouteAll()
  await page.getByRole('link', { name: 'Make an account' }).click()
  await page.waitForURL('**/sign-up')
})

test('whoever is signed in need not look at what strangers see', async () => {
  const page = await browserOf(pages, mira, '/')
  await page.waitForURL('**/today')
})
