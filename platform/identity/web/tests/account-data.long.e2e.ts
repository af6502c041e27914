import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { callsOf } from '../../tests/cast.ts'
import { somebody, unlimited } from '../../tests/scene.ts'
import { signedIn } from './account-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server } = pages
const ada = await somebody(server, 'ada')
const bo = await somebody(server, 'bo')
const asAda = callsOf(server, ada.session.access_token)
const asBo = callsOf(server, bo.session.access_token)
await asAda.patch('/identity/account', { name: 'Ada Bell' })
await asBo.patch('/identity/account', { name: 'Bo Lind' })
const account = async (who = asAda) => (await who.get('/identity/account')).body as Record<string, string | null>

describe('her data', () => {
  test('is hers to take along: she asks, it appears, she downloads it', async () => {
    const page = await signedIn(pages, ada, '/account/exports') // as the mail leads her
    await page
      .getByRole('navigation', { name: 'Your account' })
      .getByRole('link', { name: 'Data', exact: true })
      .and(page.locator('[aria-current=page]'))
      .waitFor()
    await page.getByRole('button', { name: 'Ask for a copy' }).click()
    await page.getByRole('list', { name: 'Copies' }).getByText('here until').waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the copy' }).click()
    assert.match((await downloading).suggestedFilename(), /\.zip$/)
  })

  test('is not Bo’s', async () => {
    const page = await signedIn(pages, bo, '/account/data')
    await page.getByText('None is here').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Download the copy' }).count(), 0)
  })

  test('goes when she asks for it, and stays when she thinks better of it', async () => {
    const page = await signedIn(pages, ada, '/account/data')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete my account' })
    await dialog.getByText('In 14 days').waitFor()
    assert.equal((await account())['erases_at'], null)
    await dialog.getByRole('button', { name: 'Delete my account' }).click()
    await page.getByText('Your account is erased on').waitFor()
    assert.notEqual((await account())['erases_at'], null)
    await page.getByRole('button', { name: 'Keep my account' }).click()
    await page.getByRole('button', { name: 'Delete my account' }).waitFor()
    assert.equal((await account())['erases_at'], null)
  })

  test('of the one who runs the place cannot go', async () => {
    const cleo = await somebody(server, 'cleo')
    await server.db.sql('select private.appoint($1)', [cleo.email])
    const page = await signedIn(pages, cleo, '/account/data')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete my account' }).click()
    await page.getByRole('alert').getByText('You administrate this place').waitFor()
  })
})

describe('people', () => {
  test('whom Ada blocks stand there until she unblocks them; and that can be undone', async () => {
    await asAda.put(`/safety/blocks/${bo.id}`)
    const page = await signedIn(pages, ada, '/account/people')
    await page.getByRole('button', { name: 'Unblock Bo Lind' }).click()
    await page.getByText('You block nobody').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('list', { name: 'People you block' }).getByText('Bo Lind').waitFor()
  })

  test('of whom Ada told us stand there with what became of it, and Bo sees nothing of either', async () => {
    await asAda.post('/safety/reports', {
      person_id: bo.id,
      subject_kind: 'person',
      subject_id: bo.id,
      kind: 'spam',
      words: 'Sold me a course.',
    })
    const page = await signedIn(pages, ada, '/account/people')
    const reports = page.getByRole('list', { name: 'What you reported' })
    await reports.getByText('Advertising or fraud').waitFor()
    await reports.getByText('Waits for us').waitFor()
    const his = await signedIn(pages, bo, '/account/people')
    await his.getByText('You have reported nothing').waitFor()
    await his.getByText('You block nobody').waitFor()
  })
})
