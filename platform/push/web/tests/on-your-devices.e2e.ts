import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionOf, somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { until } from '#platform/jobs/tests/scene.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { freshPages } from '#tests/pages.ts'
import { permitting, type Permitting } from '../../tests/browser-with-push.ts'

const pages = await freshPages()
const { server } = pages
const [ada, bo] = [await somebody(server, 'Ada Early'), await somebody(server, 'Bo Late')]
const endpoint = 'https://push.example.test/ada'

/** Their own browser, in which its maker's push service is as given. */
async function at(who: Somebody, given: Permitting) {
  const page = await browserOf(pages, who, '/healthz')
  await permitting(page, given)
  await page.goto('/account/notifications')
  return page
}
const subscriptionsOf = (who: Somebody) =>
  server.db.sql<{ id: string; endpoint: string }>('select id, endpoint from push.subscriptions where person_id = $1', [who.id])

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

test('nor is it where the browser got no answer, or cannot reach its push service', async () => {
  const page = await at(bo, { permission: 'default', answer: 'default', endpoint: 'https://push.example.test/bo' })
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await page.getByRole('alert').getByText('got no answer').waitFor()
  const another = await at(bo, { permission: 'default', answer: 'granted' })
  await another.getByRole('button', { name: 'Turn on in this browser' }).click()
  await another.getByRole('alert').getByText('could not reach the push service').waitFor()
  assert.deepEqual(await subscriptionsOf(bo), [])
})

test('a browser that names an address of the operator’s network is refused', async () => {
  const page = await at(bo, { permission: 'default', answer: 'granted', endpoint: 'https://169.254.169.254/latest/meta-data' })
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await page.getByRole('alert').getByText('not one of the open internet').waitFor()
  assert.deepEqual(await subscriptionsOf(bo), [])
})

test('one that is subscribed to a key of before is off, and is subscribed anew', async () => {
  const page = await at(bo, {
    permission: 'granted',
    endpoint: 'https://push.example.test/bo',
    subscribedTo: `B${'A'.repeat(86)}`,
  })
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await page.getByText('On in this browser.').waitFor()
  assert.equal((await subscriptionsOf(bo)).length, 1)
})

test('Ada sees her other device and turns it off from here; signing out there ends it as well', async () => {
  const phone = { ...ada, session: await sessionOf(server, ada.id, 'Mozilla/5.0 (iPhone) Version/18.6 Mobile/15E148 Safari/604.1') }
  const there = await at(phone, { permission: 'granted', endpoint: 'https://push.example.test/phone' })
  await there.getByRole('button', { name: 'Turn on in this browser' }).click()
  await there.getByText('On in this browser.').waitFor()

  const page = await at(ada, { permission: 'default' })
  const list = page.getByRole('list', { name: 'Other devices on which you are told' })
  await list.getByText('Safari on iPhone').waitFor()
  await page.getByRole('switch', { name: 'Pause on all devices' }).check()
  await page.getByText('Saved').waitFor()
  assert.deepEqual(await server.db.sql('select push from notices.choices where person_id = $1', [ada.id]), [{ push: false }])
  await list.getByRole('button', { name: 'Turn off on Safari on iPhone' }).click()
  await list.waitFor({ state: 'detached' })
  assert.deepEqual(await subscriptionsOf(ada), [])

  await there.reload()
  await there.getByRole('button', { name: 'Turn on in this browser' }).click()
  await there.getByText('On in this browser.').waitFor()
  await server.db.sql('delete from auth.sessions where id = $1', [phone.session])
  assert.deepEqual(await subscriptionsOf(ada), [])
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

test('the digest is off until it is asked for', async () => {
  const page = await at(bo, { permission: 'default' })
  const digest = page.getByRole('switch', { name: 'A digest each morning' })
  assert.equal(await digest.isChecked(), false)
  await digest.check()
  await page.getByText('Saved').waitFor()
  await page.reload()
  await digest.waitFor()
  assert.equal(await digest.isChecked(), true)
})
