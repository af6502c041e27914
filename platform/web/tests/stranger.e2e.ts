import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parts } from '#app/domains.ts'
import { loadDemo } from '#platform/demo/load.ts'
import { freshPages, withWorker } from '#tests/pages.ts'

const { server, open } = await freshPages()
await loadDemo(server.db.url(), parts) // as a place of one's own begins

for (const [path, heading] of [
  ['/', /^Rehearse/],
  ['/sign-in', 'Sign in'],
  ['/sign-up', 'Make an account'],
  ['/privacy', 'Privacy'],
] as const)
  test(`a stranger at ${path} is refused nothing`, async () => {
    const page = await open('/healthz', withWorker)
    const said: string[] = []
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && said.push(message.text()))
    page.on('pageerror', ({ message }) => said.push(message))
    const who = page.waitForResponse((answer) => answer.url().endsWith('/api/identity/me'))
    await page.goto(path)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    assert.deepEqual(await (await who).json(), { account: null })
    await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
    await page.waitForLoadState('networkidle')
    assert.deepEqual(said, [])
  })
