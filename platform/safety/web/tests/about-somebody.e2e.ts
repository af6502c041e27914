import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parts } from '#app/domains.ts'
import { cast } from '#platform/demo/cast.ts'
import { loadDemo } from '#platform/demo/load.ts'
import { somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { server } = pages
await loadDemo(server.db.url(), parts)
const ada = await somebody(server, 'Ada Bell')
const page = await browserOf(pages, ada, '/look')
const about = (name: string) => page.getByRole('list', { name: 'People one meets' }).getByRole('listitem').filter({ hasText: name })
const dialog = page.getByRole('dialog')
const reports = () => server.db.sql('select kind, words from safety.reports where reporter_id = $1', [ada.id])
const blocks = () => server.db.sql('select blocked_id from safety.blocks where blocker_id = $1', [ada.id])

test('Ada is asked what it is and told that he does not learn of it, and can go back', async () => {
  await about(cast.jonas.name).getByRole('button', { name: 'Report' }).click()
  await dialog.getByText('Jonas Lindqvist does not learn that it was you.').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(await reports(), [])
})

test('she reports him, and is told what comes of it', async () => {
  await about(cast.jonas.name).getByRole('button', { name: 'Report' }).click()
  await dialog.getByLabel('What it is').selectOption('Harassment or bullying')
  await dialog.getByLabel('What happened').fill('He would not stop.')
  await dialog.getByRole('button', { name: 'Report' }).click()
  await page.getByText('Reported. You are told when somebody has looked at it').waitFor()
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(await reports(), [{ kind: 'harassment', words: 'He would not stop.' }])
})

test('she blocks him after one question, and finds him in her account', async () => {
  await about(cast.jonas.name).getByRole('button', { name: 'Block' }).click()
  await dialog.getByText('You and Jonas Lindqvist do not meet here any more').waitFor()
  assert.deepEqual(await blocks(), [])
  await dialog.getByRole('button', { name: 'Block' }).click()
  await page.getByText('Jonas Lindqvist is blocked').waitFor()
  assert.deepEqual(await blocks(), [{ blocked_id: cast.jonas.id }])
  await page.goto('/account/people')
  await page.getByRole('button', { name: 'Unblock Jonas Lindqvist' }).waitFor()
  await page.goto('/look')
})

test('of somebody without a name it is said as kindly', async () => {
  const nameless = page.getByRole('list', { name: 'People one meets' }).getByRole('listitem').nth(1)
  await nameless.getByRole('button', { name: 'Block' }).click()
  await dialog.getByText('You and this person do not meet here any more').waitFor()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('somebody who is gone can be neither reported nor blocked, and she reads why', async () => {
  for (const verb of ['Report', 'Block']) {
    await about('Somebody who is gone').getByRole('button', { name: verb }).click()
    await dialog.getByRole('button', { name: verb }).click()
    await dialog.getByRole('alert').getByText('This person is not here any more.').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  assert.equal((await reports()).length, 1)
  assert.equal((await blocks()).length, 1)
})
