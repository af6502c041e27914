import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { encoded, pixels } from '#platform/files/tests/making.ts'
import { freshPages } from '#tests/pages.ts'
import { callsOf } from '../../tests/cast.ts'
import { somebody, unlimited } from '../../tests/scene.ts'
import { signedIn } from './account-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server, open } = pages
const ada = await somebody(server, 'ada')
const bo = await somebody(server, 'bo')
const asAda = callsOf(server, ada.session.access_token)
const asBo = callsOf(server, bo.session.access_token)
await asAda.patch('/identity/account', { name: 'Ada Bell' })
await asBo.patch('/identity/account', { name: 'Bo Lind' })
const account = async (who = asAda) => (await who.get('/identity/account')).body as Record<string, string | null>

describe('about herself, Ada', () => {
  test('says her name, and takes the time zone that her browser suggests', async () => {
    const page = await signedIn(pages, ada, '/account')
    assert.equal((await account())['zone'], null)
    await page.getByRole('button', { name: 'Use Europe/London' }).click()
    await page.getByText(/^It is \w+ \d\d:\d\d in Europe\/London now\.$/).waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Ada Bell-Osei')
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH')
    await page.getByRole('button', { name: 'Save' }).click()
    await saved
    await page.getByText('Saved').waitFor()
    assert.deepEqual([(await account())['name'], (await account())['zone']], ['Ada Bell-Osei', 'Europe/London'])
    assert.equal((await account(asBo))['name'], 'Bo Lind')
    assert.equal(await page.getByText('Your browser says').count(), 0)
  })

  test('finds another zone by its city', async () => {
    const page = await signedIn(pages, ada, '/account')
    await page.getByRole('combobox', { name: 'Time zone' }).fill('new york')
    await page.getByRole('option', { name: 'America/New York' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your browser says Europe/London').waitFor()
    assert.equal((await account())['zone'], 'America/New_York')
  })

  test('cannot live in a zone that there is not', async () => {
    const page = await signedIn(pages, ada, '/account')
    const before = (await account())['zone']
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Mars/Olympus')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').getByText('There is no time zone of that name').waitFor()
    assert.equal(await page.getByRole('combobox', { name: 'Time zone' }).inputValue(), 'Mars/Olympus')
    assert.equal((await account())['zone'], before)
  })

  test('shows her face, takes it away again, and cannot pass a text off as one', async () => {
    const page = await signedIn(pages, ada, '/account')
    const picture = page.getByRole('region', { name: 'Picture' })
    const choose = (name: string, buffer: Buffer) =>
      picture.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer })
    await choose('ada.png', Buffer.from('Not a picture'))
    await picture.getByRole('alert').getByText('Choose a JPEG, PNG or WebP').waitFor()
    await choose(
      'ada.png',
      await encoded(
        'image/png',
        pixels(64, 64, () => [10, 90, 90, 255]),
      ),
    )
    await picture.locator('img').waitFor()
    await picture.getByRole('button', { name: 'Remove the picture' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the picture' }).click()
    await picture.locator('img').waitFor({ state: 'detached' })
    assert.equal((await account())['avatar_file_id'], null)
  })

  test('chooses the colours of this browser, and they stay', async () => {
    const page = await signedIn(pages, ada, '/account', { colorScheme: 'light' })
    const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const light = await background()
    await page.getByRole('radio', { name: 'Dark' }).check()
    const dark = await background()
    assert.notEqual(dark, light)
    await page.reload()
    await page.getByRole('radio', { name: 'Dark', checked: true }).waitFor()
    assert.equal(await background(), dark)
  })

  test('is asked to sign in first', async () => {
    const page = await open('/account/people')
    await page.waitForURL((url) => url.pathname === '/sign-in' && url.searchParams.get('next') === '/account/people')
  })
})

describe('mails', () => {
  test('that need not be are turned off, and those that must be cannot', async () => {
    const page = await signedIn(pages, ada, '/account/notifications')
    const kind = page.getByRole('switch', { name: 'That a report of yours was looked at' })
    let answer = () => {}
    const due = new Promise<void>((go) => (answer = go))
    await page.route('**/api/mail/preferences/**', async (route) => (await due, route.continue()))
    await kind.uncheck()
    assert.equal(await page.getByText('Saved').count(), 0, 'it stands as asked before anybody has answered')
    answer()
    await page.getByText('Saved').waitFor()
    assert.equal(await kind.isChecked(), false)
    await page.reload()
    assert.equal(await kind.isChecked(), false)
    const always = page.getByRole('region', { name: 'By mail, always' })
    await always.getByText('Changes to how you sign in').waitFor()
    assert.equal(await always.getByRole('switch').count(), 0)
  })
})
