import { after } from 'node:test'

// In each process of files: what they leave open is said, and ended. node:test's own way, --test-force-exit, ends a process before its
// last lines are out, and on a busy machine some tests were never heard of.
const patience = 30_000

after(() => {
  setTimeout(() => {
    console.error(`its tests are over, and something it left open keeps it: ${process.getActiveResourcesInfo().join(', ')}`)
    process.exit(1)
  }, patience).unref()
})
