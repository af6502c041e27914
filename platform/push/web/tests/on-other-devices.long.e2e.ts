import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionOf, somebody } from '#platform/identity/tests/cast.ts'
import { freshPages } from '#tests/pages.ts'
import { notificationsOn } from './notifications-scene.ts'

const pages = await freshPages()
const { server } = pages
const { at, subscriptionsOf } = notificationsOn(pages)
const [ada, bo] = [await somebody(server, 'Ada Early'), await somebody(server, 'Bo Late')]

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
