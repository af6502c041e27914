import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { administrator, callsOf, saidTo, somebody, type Somebody } from '../../tests/cast.ts'
import { unlimited } from '../../tests/scene.ts'
import { browserOf } from './administration-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { server } = pages
const mira = await administrator(server, 'Mira Okafor')

describe('an administrator', () => {
  test('makes an invitation and copies its link, which lets one person in, once', async () => {
    const page = await browserOf(pages, mira, '/administration/invitations', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByText('Nobody is invited yet.').waitFor()
    await page.getByLabel('They become').selectOption('An administrator')
    await page.getByLabel('Reason').fill('a third administrator')
    await page.getByRole('button', { name: 'Make the invitation' }).click()
    await page.getByRole('button', { name: 'Copy the link' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    assert.equal(link, await page.getByLabel('Link').inputValue())
    const token = new URL(link).searchParams.get('invitation')!
    const [cy, flo] = [await somebody(server, 'Cy Taking'), await somebody(server, 'Flo Late')]
    assert.equal(await saidTo(cy.post('/identity/invitations/taking', { token })), 200)
    assert.equal(await saidTo(flo.post('/identity/invitations/taking', { token })), 'invitation_used')
    await page.reload()
    await page.getByRole('list', { name: 'Invitations' }).getByText('Taken').waitFor()
    assert.equal(await page.getByLabel('Link').count(), 0)
  })

  test('revokes one, and nobody comes in by it', async () => {
    const { link } = (await mira.post('/identity/invitations', { reason: 'a colleague' })).body as { link: string }
    const page = await browserOf(pages, mira, '/administration/invitations')
    await page.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('it went to the wrong place')
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('list', { name: 'Invitations' }).getByText('Revoked').waitFor()
    const token = new URL(link).searchParams.get('invitation')!
    const gus = await somebody(server, 'Gus Late')
    assert.equal(await saidTo(gus.post('/identity/invitations/taking', { token })), 'invitation_revoked')
  })
})

describe('a person who does not administrate', () => {
  test('finds nothing at any of these addresses', async () => {
    const eve = await somebody(server, 'Eve Curious')
    const page = await browserOf(pages, eve, '/administration')
    for (const path of ['', '/people', `/people/${mira.id}`, '/invitations', '/reports', '/jobs', '/audit', '/system']) {
      await page.goto(`/administration${path}`)
      await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
    }
  })

  test('is refused by each operation behind them, and a stranger is, too', async () => {
    const eve = await somebody(server, 'Eve Trying')
    const why = { reason: 'only looking' }
    const forbidden = (who: Pick<Somebody, 'get' | 'post' | 'put' | 'remove'>) => [
      who.get('/operations/system'),
      who.get('/jobs/work'),
      who.get('/jobs/failed'),
      who.post(`/jobs/failed/${mira.id}/retry`),
      who.get('/audit/entries'),
      who.post('/audit/verification'),
      who.get('/identity/people', why),
      who.get(`/identity/people/${mira.id}`, why),
      who.put(`/identity/people/${mira.id}/suspension`, why),
      who.remove(`/identity/people/${mira.id}/suspension`, why),
      who.remove(`/identity/people/${mira.id}/sessions`, why),
      who.put(`/identity/people/${mira.id}/confirmation`, why),
      who.post(`/identity/people/${mira.id}/export`, { ...why, to: 'me' }),
      who.remove(`/identity/people/${mira.id}`, why),
      who.put(`/identity/administrators/${eve.id}`, why),
      who.remove(`/identity/administrators/${mira.id}`, why),
      who.post('/identity/invitations', why),
      who.get('/safety/queue'),
      who.put(`/safety/queue/${mira.id}`),
    ]
    for (const { status } of await Promise.all(forbidden(eve))) assert.equal(status, 403)
    for (const { status } of await Promise.all(forbidden(callsOf(server)))) assert.equal(status, 401)
  })
})
