import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { hashSync, verifySync } from '@node-rs/argon2'
import { verifySync as verifyBcryptSync } from '@node-rs/bcrypt'
import type { Answer, Task } from './hashing.ts'

// Everybody else comes first: a crowd that signs in is served from what others leave over. A Linux that weighs sessions against
// each other wants to hear it once more, of this one's own (hashing.ts).
setPriority(19)
try {
  writeFileSync('/proc/self/autogroup', '19')
} catch {
  // another kernel, or one that weighs processes only: the line above is enough there
}

process.on('message', (task: Task) => process.send!(answerTo(task)))
process.on('disconnect', () => process.exit())

function answerTo(task: Task): Answer {
  try {
    return { value: done(task) }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

function done(task: Task): string | boolean {
  if (task.what === 'hash') return hashSync(task.password, task.cost)
  return task.what === 'verify' ? verifySync(task.hashed, task.password) : verifyBcryptSync(task.password, task.hashed)
}
