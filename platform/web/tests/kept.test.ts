import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parts } from '#app/domains.ts'
import type { AnyOperation } from '#platform/operations/operation.ts'

const operations = parts.flatMap(({ api = {} }) => Object.entries(api) as [string, AnyOperation][]).filter(([, op]) => op?.path)

// Whoever adds one has read docs/decisions/0015-what-a-tab-keeps.md.
test('a tab keeps over a reload what the frame needs and a person’s own lists, and nothing else', () => {
  const kept = operations.filter(([, op]) => op.kept).map(([name]) => name)
  assert.deepEqual(kept.toSorted(), [
    'listExports',
    'listNotices',
    'listPreferences',
    'listSessions',
    'readDeletion',
    'readMe',
    'readWaysIn',
  ])
})

test('what is on record when it is seen is never among it, and nothing that changes something', () => {
  assert.deepEqual(
    operations.filter(([, op]) => op.kept && (op.recorded || op.method !== 'GET')).map(([name]) => name),
    [],
  )
})
