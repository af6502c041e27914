import path from 'node:path'
import { test } from 'node:test'
import { root } from '#platform/configuration/environment.ts'

// Test files that share a process, one after the other: what a file sets up at its top is its own, and gone before the next one begins.
// Its tests begin when it is read to its end, as they would in a process of its own. What hangs is ended, and the rest goes on.
const patience = 1_200_000
for (const file of process.argv.slice(2)) {
  test(file, { timeout: patience }, (all) => {
    const read = import(path.join(root, file))
    all.before(() => read)
    return read
  })
}
