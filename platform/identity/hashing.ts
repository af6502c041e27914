import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Options } from '@node-rs/argon2'

export type Task =
  | { what: 'hash'; password: string; cost: Options }
  | { what: 'verify'; password: string; hashed: string }
  | { what: 'bcrypt'; password: string; hashed: string }
export type Answer = { value: string | boolean } | { error: string }

const program = path.join(import.meta.dirname, 'hashing-process.ts')

/** Processes that hash, each started when first needed: as many as there are tasks at once. */
export function hashing() {
  const idle: ChildProcess[] = []

  return async (task: Task): Promise<string | boolean> => {
    const child = idle.pop() ?? fork(program, { env: {}, detached: true, serialization: 'advanced' })
    const answer = await ask(child, task)
    idle.push(child)
    if ('error' in answer) throw new Error(answer.error)
    return answer.value
  }
}

// Only while somebody waits for an answer does a child keep this process alive. One that dies is not asked again.
function ask(child: ChildProcess, task: Task): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const died = () => reject(new Error('the process that hashes passwords died'))
  child.on('message', resolve).on('exit', died).on('error', died)
  child.ref()
  child.channel?.ref()
  child.send(task)
  return promise.finally(() => {
    child.off('message', resolve).off('exit', died).off('error', died)
    child.unref()
    child.channel?.unref()
  })
}
