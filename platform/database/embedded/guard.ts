// Runs PostgreSQL's programs as children that cannot outlive this process, not even its kill -9.
import { spawn, spawnSync } from 'node:child_process'
import { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { CannotStart } from '#platform/configuration/stop.ts'

// PostgreSQL refuses to run as root. The user "nobody" has this number on every Linux.
export const asRoot = process.getuid?.() === 0
export const nobody = 65534

export type Guarded = {
  pid: number | undefined
  exited: Promise<number | null>
  interrupt(): void
  lastWords(): Promise<string>
}

export function guarded(program: string, args: string[], input = '', onLog: (line: string) => void = () => {}): Guarded {
  const [command, ...guard] = kernelWatches()
    ? [...setpriv, '--pdeathsig', 'INT', 'sh', '-c', unlessOrphaned]
    : ['sh', '-c', untilPipeCloses]
  const child = spawn(command, [...guard, `${process.pid}`, program, ...args], {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    detached: true, // Ctrl-C reaches a whole process group, and a server that ends still needs its database
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }, // none of our secrets, no PGPORT of theirs
  })
  const [stdin, , stderr, watch] = child.stdio
  if (!(stdin && stderr && watch instanceof Socket)) throw new TypeError('three pipes were asked for')
  const said: string[] = []
  const hear = (line: string) => {
    said.push(line)
    if (said.length > 20) said.shift()
    onLog(line)
  }
  followLines(stderr, hear)
  for (const source of [child, stdin, watch]) source.on('error', (error: Error) => hear(error.message))
  stdin.end(input)

  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve).once('close', resolve))
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  void exited.then(() => watch.end('over\n'))
  return {
    pid: child.pid,
    exited,
    interrupt: () => void child.kill('SIGINT'),
    async lastWords() {
      await closed
      return said.findLast((line) => /FATAL|PANIC|error/.test(line)) ?? said.at(-1) ?? 'it gave no reason'
    },
  }
}

const setpriv = [
  'setpriv',
  // As nobody, yet able to reach a clone and a DATA_DIR below root's closed home. initdb asks with access(2), hence no_setuid_fixup.
  ...(asRoot ? ['--reuid', `${nobody}`, '--regid', `${nobody}`, '--clear-groups', '--securebits', '+no_setuid_fixup'] : []),
  ...(asRoot ? ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override'] : []),
]

// The kernel interrupts the child when the thread that started it ends; it cannot tell of an end before it was asked.
const unlessOrphaned = '[ "$PPID" = "$0" ] && exec "$@" 3<&-'
// Nobody else holds the other end of the pipe. A line on it says that the program ended first, so that its number may
// by now be somebody else's. The reader is forked twice: PostgreSQL would take it for a crashed child of its own.
const untilPipeCloses = '( (read line <&3 || kill -INT $$) >/dev/null 2>&1 & ); exec "$@" 3<&-'

let known: boolean | undefined
function kernelWatches(): boolean {
  known ??= spawnSync('setpriv', ['--pdeathsig', 'INT', 'true']).status === 0
  if (asRoot && !known) throw new CannotStart('PostgreSQL cannot run as root here; start Vivavoce as another user, or set DATABASE_URL')
  return known
}

function followLines(stream: Readable, hear: (line: string) => void): void {
  const longest = 2_000
  let rest = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(0, longest)
    for (const line of lines) hear(line.slice(0, longest))
  })
  stream.on('end', () => rest && hear(rest))
}
