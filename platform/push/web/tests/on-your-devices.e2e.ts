import assert from 'node:assert/strict'
import { test } from 'node:test'
import { somebody } from '#platform/identity/tests/cast.ts'
import { until } from '#platform/jobs/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'
import { notificationsOn } from './notifications-scene.ts'

const pages = await freshPages()
const { server } = pages
const { at, subscriptionsOf } = notificationsOn(pages)
const [ada, bo] = [await somebody(server, 'Ada Early'), await somebody(server, 'Bo Late')]
const endpoint = 'https://push.example.test/ada'

test('Ada turns it on by the keyboard, is asked by her browser, and is sent one', async () => {
  const page = await at(ada, { permission: 'default', answer: 'granted', endpoint })
  await page.getByText('Off in this browser.').waitFor()
  assert.deepEqual(await subscriptionsOf(ada), [], 'nothing before she presses')
  await page.getByRole('button', { name: 'Turn on in this browser' }).press('Enter')
  await page.getByText('On in this browser.').waitFor()
  const [subscription] = await subscriptionsOf(ada)
  assert.equal(subscription!.endpoint, endpoint)

  await page.getByRole('button', { name: 'Send me one' }).press('Enter')
  await page.getByText('It is on its way.').waitFor()
  // The server's own thread hands it on; that nobody answers at this address is another matter.
  await until(
    async () =>
      (await server.db.sql('select from notices.notices where person_id = $1 and handed_on_at is not null', [ada.id])).length === 1,
  )
  await until(
    async () => (await server.db.sql('select from push.subscriptions where id = $1 and failures > 0', [subscription!.id])).length === 1,
  )

  await page.reload()
  await page.getByText('The last time it could not be reached.').waitFor()
  await page.getByRole('button', { name: 'Turn off here' }).press('Enter')
  await page.getByText('Off in this browser.').waitFor()
  assert.deepEqual(await subscriptionsOf(ada), [])
  assert.equal(await page.evaluate(async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription()) === null), true)
})

test('whoever says no to the browser reads how to change their mind, and nothing is subscribed', async () => {
  const page = await at(bo, { permission: 'default', answer: 'denied', endpoint: 'https://push.example.test/bo' })
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await page.getByRole('alert').getByText('Your browser said no').waitFor()
  await page.reload()
  await page.getByText('Blocked by this browser.').waitFor()
  assert.deepEqual(await subscriptionsOf(bo), [])
})

test('quiet hours are set, changed and ended by the keyboard', async () => {
  const page = await at(bo, { permission: 'default' })
  await page.getByText('No hour is quiet.').waitFor()
  await page.getByRole('button', { name: 'Set quiet hours' }).press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Set quiet hours' })
  await sheet.getByLabel('From').selectOption('21:30')
  await sheet.getByRole('button', { name: 'Save' }).press('Enter')
  await page.getByText('Quiet from 21:30 until 07:00 the next day').waitFor()
  await page.getByText('counted in UTC').waitFor()
  await page.getByRole('button', { name: 'Change quiet hours' }).press('Enter')
  const again = page.getByRole('dialog', { name: 'Change quiet hours' })
  await again.getByLabel('Until').selectOption('21:30')
  await again.getByRole('button', { name: 'Save' }).click()
  await again.getByText('Choose two.').waitFor()
  await again.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Have none' }).press('Enter')
  await page.getByText('No hour is quiet.').waitFor()
})
