import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from '#platform/configuration/stop.ts'
import { guarded } from './guard.ts'
import { readPostmaster } from './postmaster.ts'

export type Postmaster = { pid: number; exited: Promise<unknown> }

// Answers when it takes connections. Recovery after a crash may take its time, so there is no time limit.
export async function launch(
  program: string,
  args: string[],
  cluster: string,
  signal: AbortSignal,
  onLog: (line: string) => void,
): Promise<Postmaster> {
  const child = guarded(program, ['-D', cluster, ...args], '', onLog)
  let over = false
  void child.exited.then(() => (over = true))
  for (;;) {
    const { pid, status } = readPostmaster(cluster) ?? {}
    if (over) throw new CannotStart(`PostgreSQL did not start on ${cluster}: ${await child.lastWords()}`)
    if (signal.aborted) child.interrupt()
    else if (pid !== undefined && pid === child.pid && status === 'ready') return { pid, exited: child.exited }
    await sleep(10)
  }
}

// For the programs that do their work and end.
export async function run(program: string, args: string[], input?: string): Promise<void> {
  const child = guarded(program, args, input)
  if ((await child.exited) !== 0) throw new CannotStart(`${path.basename(program)} failed: ${await child.lastWords()}`)
}
