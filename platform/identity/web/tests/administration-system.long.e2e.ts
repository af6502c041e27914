import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { newSigningKey } from '#platform/configuration/keys.ts'
import { freshPages } from '#tests/pages.ts'
import { until } from '#tests/processes.ts'
import { administrator, somebody } from '../../tests/cast.ts'
import { browserOf } from './administration-scene.ts'

const keys = { JWT_KEYS: JSON.stringify({ keys: [newSigningKey()] }), SECRETS_KEY: randomBytes(32).toString('base64') }
const pages = await freshPages({ NODE_ENV: 'production', ...keys })
const { server } = pages
const mira = await administrator(server, 'Mira Okafor')

test('in production without a mail server a mail is given up, and Mira reads that, and what to do', async () => {
  const ada = await somebody(server, 'Ada Bell')
  await fetch(`${server.address}/auth/v1/recover`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: ada.email }),
  })
  const givenUp = async () => (await server.db.sql(`select from jobs.dead_letters where code = 'smtp_url_is_not_set'`)).length === 1
  await until(givenUp, 90, 'the mail is given up')
  const page = await browserOf(pages, mira, '/administration/system')
  await page.getByText('No mail leaves this place').waitFor()
  await page.getByText('One mail was given up within the week.').waitFor()
  await page.getByText('No mail server is set.').waitFor()
  assert.equal(await page.getByText('outbox').count(), 0)
  assert.equal((await fetch(`${server.address}/outbox`)).status, 404)
  await page.getByRole('link', { name: 'The failed jobs' }).click()
  await page.getByText('smtp_url_is_not_set').waitFor()
})
