import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '#tests/processes.ts'
import { freshServer } from '#tests/server.ts'

const dataDir = temporaryFolder()
const { address } = await freshServer({ DATA_DIR: dataDir })
const page = async (name: string) => {
  const answer = await fetch(`${address}/api/legal/pages/${name}`)
  return { status: answer.status, body: (await answer.json()) as { text?: string | null } }
}

test('a stranger reads what the operator wrote, as it is now', async () => {
  assert.deepEqual((await page('privacy')).body, { text: null })
  mkdirSync(path.join(dataDir, 'legal'), { recursive: true })
  writeFileSync(path.join(dataDir, 'legal/privacy.md'), '# Ours\n\nWe keep little.\n')
  assert.deepEqual((await page('privacy')).body, { text: '# Ours\n\nWe keep little.' })
  writeFileSync(path.join(dataDir, 'legal/terms.txt'), 'Be kind.')
  assert.deepEqual((await page('terms')).body, { text: 'Be kind.' })
})

test('no other file of the machine can be read by this', async () => {
  for (const name of ['..%2F..%2Fpackage', 'keys', '..', 'privacy.md']) assert.notEqual((await page(name)).status, 200, name)
})
