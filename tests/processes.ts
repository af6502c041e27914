import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '#platform/configuration/environment.ts'

export type Program = {
  pid: number
  process: ChildProcessByStdio<null, Readable, Readable>
  /** The first line on stdout that looks like an address; rejects with everything it said if it ends before. */
  address: Promise<string>
  ended: Promise<{ code: number | null; out: string; err: string }>
}

/** Starts a program from the repository with nothing in its environment but what is given, and without the demo world unless asked. */
export function startProgram(command: string, args: string[], env: Record<string, string> = {}): Program {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env // an empty one is none
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH, HOME, NODE_COMPILE_CACHE, LOG_LEVEL: 'warn', DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const address = Promise.withResolvers<string>()
  address.promise.catch(() => {}) // not every test waits for it
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    const found = /^https?:\/\/\S+$/m.exec(out)
    if (found) address.resolve(found[0])
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const ended = once(child, 'close').then(([code]) => {
    address.reject(new Error(`it ended with ${code} before it said its address:\n${out}${err}`))
    return { code: code as number | null, out, err }
  })
  after(() => void child.kill('SIGKILL'))
  return { pid: child.pid!, process: child, address: address.promise, ended }
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-data-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A process and all that it started, and what those started. */
export function familyOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((one) => one > 0 && statOf(one)[1] === `${pid}`)
  return [pid, ...children.flatMap(familyOf)]
}

export const alive = (pid: number) => !['', 'Z'].includes(statOf(pid)[0] ?? '')

// After the name, which may hold anything: state, parent …
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  } catch {
    return [''] // it is gone
  }
}

/** Looks again and again until it holds, for at most so long. */
export async function until(holds: () => boolean | Promise<boolean>, seconds: number, what: string): Promise<void> {
  const deadline = performance.now() + seconds * 1_000
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after ${seconds} s still not so: ${what}`)
    await sleep(50)
  }
}

/** Not one that systems give away by themselves (from 32,768 up): while the server is away nobody else takes it. */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000)
    const probe = createServer()
    const free = await new Promise<boolean>((tried) => probe.on('error', () => tried(false)).listen(port, '127.0.0.1', () => tried(true)))
    if (!free) continue
    await new Promise((closed) => probe.close(closed))
    return port
  }
}
