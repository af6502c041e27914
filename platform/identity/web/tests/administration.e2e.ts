import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { administrator, saidTo, somebody } from '../../tests/cast.ts'
import { unlimited } from '../../tests/scene.ts'
import { browserOf } from './administration-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server } = pages
const [mira, noor] = [await administrator(server, 'Mira Okafor'), await administrator(server, 'Noor Haddad')]
const [ada, bo] = [await somebody(server, 'Ada Bell'), await somebody(server, 'Bo Lindqvist')]

/** Looks somebody up, as one does, and ends on their page. */
async function lookUp(name: string, reason = 'a question by mail') {
  const page = await browserOf(pages, mira, '/administration/people')
  await page.getByLabel('Name or address').fill(name)
  await page.getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: 'Find people' }).click()
  await page.getByRole('list', { name: 'People' }).getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return page
}

describe('an administrator', () => {
  test('finds and suspends somebody, whose open browser is signed out at its next step at the latest', async () => {
    const hers = await browserOf(pages, ada, '/account')
    await hers.getByRole('heading', { level: 1 }).waitFor()
    const page = await lookUp('Ada Bell')
    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('a complaint was upheld')
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('definition').getByText('Suspended').waitFor()
    const out = hers.waitForURL(
      ({ pathname, searchParams }) => pathname === '/sign-in' && String(searchParams.get('next')).startsWith('/account'),
    )
    await Promise.race([hers.getByRole('link', { name: 'Devices' }).click(), out]) // she may be told first
    await out

    await page.getByRole('button', { name: 'Lift suspension' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Lift suspension' }).click()
    await page.getByRole('definition').getByText('Active').waitFor()
    const reasons = await server.db.sql(`select action, reason from audit.entries where subject_id = $1 and actor = $2 order by id`, [
      ada.id,
      mira.id,
    ])
    for (const deed of [
      { action: 'identity.person-seen', reason: 'a question by mail' },
      { action: 'identity.suspended', reason: 'a complaint was upheld' },
      { action: 'identity.suspension-lifted', reason: 'a question by mail' },
    ])
      assert.ok(
        reasons.some(({ action, reason }) => action === deed.action && reason === deed.reason),
        deed.action,
      )
  })

  test('is asked for a reason before they see anybody, and may not name them in it', async () => {
    const page = await browserOf(pages, mira, `/administration/people/${bo.id}`)
    await page.getByLabel('Reason').fill('Lindqvist asked for it')
    await page.getByRole('button', { name: 'Look' }).click()
    await page.getByRole('alert').getByText('The reason names the person.').waitFor()
    assert.equal(await page.getByText(bo.email).count(), 0)
    await page.getByRole('button', { name: 'Say another reason' }).click()
    await page.getByLabel('Reason').fill('they asked for it')
    await page.getByRole('button', { name: 'Look' }).click()
    await page.getByRole('heading', { level: 1, name: 'Bo Lindqvist' }).waitFor()
  })

  test('cannot suspend one who administrates, and is told why and what to do', async () => {
    const page = await lookUp('Noor Haddad')
    await page.getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('dialog').getByRole('alert').getByText('Make them an ordinary person first').waitFor()
    assert.equal(await saidTo(noor.get('/identity/account')), 200)
  })

  test('cannot erase somebody without typing whom', async () => {
    const page = await lookUp('Bo Lindqvist')
    await page.getByRole('button', { name: 'Erase now' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('To be sure').fill(ada.email)
    await dialog.getByRole('button', { name: 'Erase now' }).click()
    assert.equal(await dialog.locator(':invalid').count(), 2) // the field, and so its form
    assert.equal(await saidTo(bo.get('/identity/account')), 200)
    await dialog.getByLabel('To be sure').fill(bo.email)
    await dialog.getByRole('button', { name: 'Erase now' }).click()
    await page.waitForURL(/\/administration\/people$/)
    assert.equal((await server.db.sql('select from identity.deletions where user_id = $1 and begun_at is not null', [bo.id])).length, 1)
  })
})
