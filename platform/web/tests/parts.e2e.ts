import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { uploader } from '#platform/files/tests/uploader.ts'
import { someone } from '#tests/database.ts'
import { faultsOf } from '#tests/axe.ts'
import { freshPages } from '#tests/pages.ts'
import { tokenFor } from '#tests/server.ts'

const { server, open } = await freshPages()

async function look(options: Parameters<typeof open>[1] = {}): Promise<Page> {
  const page = await open('/look', { viewport: { width: 1280, height: 844 }, reducedMotion: 'reduce', ...options })
  await page.getByRole('heading', { level: 1, name: 'The look' }).waitFor()
  await page.evaluate(() => document.fonts.ready)
  return page
}

for (const width of [390, 1280])
  test(`axe finds nothing wrong with any part, light or dark, and nothing is wider than ${width} px`, async () => {
    const page = await look({ viewport: { width, height: 844 } })
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByText('This is not an e-mail address').waitFor()
    const inLight = await faultsOf(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.deepEqual({ inLight, inDark: await faultsOf(page, { of: 'colours' }) }, { inLight: [], inDark: [] })
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth))
  })

test('a refusal leads to the field it is about, and what was typed stays', async () => {
  const page = await look()
  const email = page.getByLabel('E-mail')
  await page.getByLabel('Reason').first().fill('moved')
  await page.getByRole('button', { name: 'Save the changes' }).click()
  await page.getByText('This is not an e-mail address').waitFor()
  await focused(page, email)
  assert.match((await email.getAttribute('aria-describedby')) ?? '', /error/)
  assert.equal(await page.getByLabel('Reason').first().inputValue(), 'moved')
})

test('what is missing is said at its field, the first of them has the focus, and it is forgotten once it is filled in', async () => {
  const page = await open('/sign-up')
  await page.getByRole('button', { name: 'Make my account' }).click()
  await focused(page, page.getByLabel('Name'))
  await page.getByText('Tick this to go on.').waitFor()
  assert.equal(await page.getByText('Fill this in.').count(), 3)
  assert.equal(await page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid'), 'true')
  assert.deepEqual(await faultsOf(page), [])
  await page.getByLabel('Name').fill('Amara')
  assert.equal(await page.getByText('Fill this in.').count(), 2)
  await page.getByLabel('E-mail').fill('amara')
  await page.getByRole('button', { name: 'Make my account' }).click()
  await page.getByText('This is not an e-mail address').waitFor()
  await focused(page, page.getByLabel('E-mail'))
})

test('what cannot be taken back is asked once, by keyboard alone, and focus returns', async () => {
  const page = await look()
  const opener = page.getByRole('button', { name: 'Remove the notice' })
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Remove the notice' })
  await dialog.waitFor()
  assert.deepEqual(await faultsOf(page), [])
  const edges = await page.evaluate(() => [window.innerWidth, document.documentElement.getBoundingClientRect().right])
  assert.deepEqual(edges, [1280, 1280], 'nothing pale is left beside the backdrop')
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await focused(page, opener)
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Remove the notice' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await focused(page, opener)
})

test('what was done is said, one thing at a time, and can be undone', async () => {
  const page = await look()
  const said = page.getByRole('region', { name: 'Messages' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await said.getByText('Saved').waitFor()
  await page.getByRole('button', { name: 'Remove the notice' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the notice' }).click()
  await said.getByText('Notice removed').waitFor()
  assert.equal(await said.getByText('Saved').count(), 0)
  assert.deepEqual(await faultsOf(page), [])
  await said.getByRole('button', { name: 'Undo' }).click()
  await said.getByText('The notice is back').waitFor()
})

test('J and K walk along the rows', async () => {
  const page = await look()
  const rows = page.getByRole('list', { name: 'People', exact: true }).getByRole('link')
  await rows.first().focus()
  await page.keyboard.press('j')
  await focused(page, rows.nth(1))
  await page.keyboard.press('ArrowUp')
  await focused(page, rows.first())
  await page.keyboard.press('k')
  await focused(page, rows.first())
})

test('a choice has an address, and the way back leads to the choice before', async () => {
  const page = await look()
  await page.getByRole('navigation', { name: 'Who is shown' }).getByRole('link', { name: 'Nobody' }).click()
  await page.getByText('Here will be the people you practise with').waitFor()
  assert.equal(new URL(page.url()).search, '?show=nobody')
  await page.reload()
  await page.getByText('Here will be the people you practise with').waitFor()
})

test('a time is told by both clocks', async () => {
  const page = await look({ timezoneId: 'Europe/London' })
  await page.getByText('10:00 (15:30 for Priya)').first().waitFor()
})

test('what was not sent is still there after a reload; Enter sends it, Shift and Enter does not', async () => {
  const page = await look()
  const field = page.getByLabel('Write to Priya')
  await field.pressSequentially('Good morning')
  await field.press('Shift+Enter')
  await field.pressSequentially('Priya')
  await page.reload()
  assert.equal(await field.inputValue(), 'Good morning\nPriya')
  await field.press('Enter')
  await page.getByRole('region', { name: 'Messages' }).getByText('Sent').waitFor()
  assert.equal(await field.inputValue(), '')
})

test('a rating is five radios, each with its word', async () => {
  const page = await look()
  const group = page.getByRole('group', { name: 'How clear was the plan' })
  await group.getByRole('radio', { name: '4 Mostly' }).check()
  await page.keyboard.press('ArrowRight')
  assert.ok(await group.getByRole('radio', { name: '5 Entirely' }).isChecked())
})

test('a chart is a sentence and a table to whoever does not see it', async () => {
  const page = await look()
  const chart = page.getByRole('figure', { name: 'Blood pressure at home' })
  await chart.getByText('fell from 148 to 137 mmHg').waitFor()
  await chart.getByText('The numbers').click()
  assert.equal(await chart.getByRole('row').count(), 15)
  assert.deepEqual(await faultsOf(page), [])
})

test('a file whose way was cut goes on from where it was', async () => {
  const { id } = await someone(server.db, 'Amara')
  const token = await tokenFor(server.keys, id)
  const page = await look()
  await page.route('**/files/**', (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${token}` } }),
  )
  const uploads = '**/files/uploads/*'
  let at = ''
  await page.route(uploads, (route) => {
    if (route.request().method() !== 'PATCH') return route.fallback()
    at = new URL(route.request().url()).pathname
    return route.abort('connectionreset')
  })
  const field = page.getByRole('group', { name: 'Picture' })
  await field.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: pixel })
  await field.getByText('The connection was lost').waitFor()
  assert.equal((await uploader(server.address, token).send(at, 0, pixel.subarray(0, 30))).status, 204, 'some of it has arrived')
  await page.unroute(uploads)
  const rest = page.waitForRequest((request) => request.method() === 'PATCH')
  await field.getByRole('button', { name: 'Resume' }).click()
  assert.equal((await rest).headers()['upload-offset'], '30')
  await field.getByText('Uploaded').waitFor()
  assert.equal(await field.locator('input[type=hidden]').inputValue(), at.split('/').at(-1))
})

test('a stranger who sends a file is told why not, in words', async () => {
  const page = await look()
  const field = page.getByRole('group', { name: 'Picture' })
  await field.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: pixel })
  await field.getByText('You are not signed in any more').waitFor()
  assert.equal(await field.getByRole('button', { name: 'Resume' }).count(), 0)
})

test('fonts weigh no more than 120 kB on a first load, and none comes from elsewhere', async () => {
  const page = await open('/sign-in')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const fonts = await page.evaluate(async () => {
    await document.fonts.ready
    const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    return loaded.filter(({ name }) => name.endsWith('.woff2')).map(({ name, decodedBodySize }) => ({ name, size: decodedBodySize }))
  })
  assert.equal(fonts.length, 2)
  for (const { name } of fonts) assert.equal(new URL(name).host, new URL(server.address).host)
  const weight = fonts.reduce((sum, { size }) => sum + size, 0)
  assert.ok(weight > 0 && weight <= 120_000, `${weight} bytes`)
})

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

async function focused(page: Page, element: ReturnType<Page['locator']>): Promise<void> {
  const handle = await element.elementHandle()
  await page.waitForFunction((one) => document.activeElement === one, handle)
}
