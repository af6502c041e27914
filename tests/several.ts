import path from 'node:path'
import { test } from 'node:test'
import { root } from '#platform/configuration/environment.ts'

// Test files that share a process, one after the other: what a file sets up at its top is its own, and gone before the next one begins.
// What a file awaits at its top comes before its first test: whatever is still to come when all tests so far are through, nobody waits for.
for (const file of process.argv.slice(2)) test(file, async () => void (await import(path.join(root, file))))
