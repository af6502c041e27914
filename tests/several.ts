import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { root } from '#platform/configuration/environment.ts'
import { oneBrowser } from './browser.ts'

// Test files that share a process, one after the other: what a file sets up at its top is its own, and gone before the next one begins.
// Its tests begin when it is read to its end, as they would in a process of its own. What hangs is ended, and the rest goes on.
// Several such processes have the same files, each in an order of its own: a file is whose claim is first.
const patience = 1_200_000
const claims = process.env['VIVAVOCE_TEST_CLAIMS']!
const closeIt = oneBrowser()
const env = { ...process.env }
test('files', async (these) => {
  for (const file of process.argv.slice(2)) {
    if (!isClaimed(file)) continue
    process.env = { ...env } // Vite, where a test calls it, says there that all is for production
    await these.test(file, { timeout: patience }, (all) => {
      const read = import(path.join(root, file))
      all.before(() => read)
      return read
    })
  }
  await closeIt()
})

function isClaimed(file: string): boolean {
  try {
    mkdirSync(path.join(claims, file.replaceAll('/', ' ')))
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false
    throw error
  }
}
