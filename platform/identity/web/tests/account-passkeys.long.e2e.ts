import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { somebody, unlimited } from '../../tests/scene.ts'
import { ask, holdsPasskeys, longAgo, signedIn } from './account-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server } = pages
const { db } = server
const here = '/account/sign-in'

describe('a passkey', () => {
  test('is added, called something else, and removed', async () => {
    const ada = await somebody(server, 'ada')
    const page = await signedIn(pages, ada, here)
    await holdsPasskeys(page)
    const adding = await ask(page, 'Add a passkey')
    await adding.getByLabel('Name').fill('My laptop')
    await adding.getByRole('button', { name: 'Continue' }).click()
    const row = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')
    await row.getByText('My laptop').waitFor()
    await page.getByText('by a passkey, your password or a link in a mail').waitFor()
    const renaming = await ask(page, 'Rename')
    await renaming.getByLabel('Name').fill('The laptop at home')
    await renaming.getByRole('button', { name: 'Rename' }).click()
    await row.getByText('The laptop at home').waitFor()
    const removing = await ask(page, 'Remove')
    await removing.getByRole('button', { name: 'Remove' }).click()
    await page.getByText('You have none yet.').waitFor()
  })

  test('is not made twice on one device, nor by whoever signed in long ago', async () => {
    const bo = await somebody(server, 'bo')
    const page = await signedIn(pages, bo, here)
    await holdsPasskeys(page)
    await (await ask(page, 'Add a passkey')).getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('list', { name: 'Passkeys' }).waitFor()
    const again = await ask(page, 'Add a passkey')
    await again.getByRole('button', { name: 'Continue' }).click()
    await again.getByText('This device already holds a passkey for your account.').waitFor()
    await longAgo(pages, bo.id, '20 minutes')
    await again.getByRole('button', { name: 'Continue' }).click()
    await again.getByRole('link', { name: 'Sign in again, and come back here' }).waitFor()
  })

  test('that is the last way in stays', async () => {
    const cleo = await somebody(server, 'cleo')
    const page = await signedIn(pages, cleo, here)
    await holdsPasskeys(page)
    await (await ask(page, 'Add a passkey')).getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('list', { name: 'Passkeys' }).waitFor()
    await db.sql('update auth.users set encrypted_password = null where id = $1', [cleo.id])
    await db.sql('delete from auth.identities where user_id = $1', [cleo.id])
    const removing = await ask(page, 'Remove')
    await removing.getByRole('button', { name: 'Remove' }).click()
    await removing.getByText('This is your last way in').waitFor()
    assert.equal((await db.sql('select from identity.passkeys where user_id = $1', [cleo.id])).length, 1)
  })
})
