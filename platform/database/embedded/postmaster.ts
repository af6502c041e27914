// What runs on a cluster's folder, whoever started it.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errno } from '#platform/configuration/errno.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import { serverLives } from './socket.ts'

// Before a start: ends what a killed server, or a killed postmaster, left behind.
export async function endLeftovers(cluster: string): Promise<void> {
  const left = readPostmaster(cluster)
  if (left && serverLives(left.socket) && postgresOn(cluster).includes(left.pid))
    throw new CannotStart(`another server already runs PostgreSQL (pid ${left.pid}) on ${cluster}; stop it first`)
  await endPostgres(cluster)
  // PostgreSQL would believe that file if its number belongs to some other process by now, as after a container's restart.
  rmSync(path.join(cluster, 'postmaster.pid'), { force: true })
}

// A fast shutdown; if something holds that up, an immediate one: the next start recovers. Without a
// postmaster nobody can end the rest in order, and the next start must wait until they are gone.
export async function endPostgres(cluster: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    const pids = postgresOn(cluster)
    const postmaster = pids.find((pid) => pid === readPostmaster(cluster)?.pid)
    if (postmaster !== undefined && signal !== 'SIGKILL') send(postmaster, signal)
    else for (const pid of pids) send(pid, 'SIGKILL')
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(20)) if (postgresOn(cluster).length === 0) return
  }
  throw new CannotStart(`PostgreSQL on ${cluster} cannot be ended (pids ${postgresOn(cluster).join(', ')})`)
}

// Line by line as PostgreSQL's src/include/utils/pidfile.h has it.
export function readPostmaster(cluster: string): { pid: number; socket: string; status: string } | undefined {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), socket: lines[4] ?? '', status: lines[7]?.trim() ?? '' }
}

// All of a cluster work in its folder. Parents and titles change, and a number may be somebody else's by now.
function postgresOn(cluster: string): number[] {
  return process.platform === 'linux' ? byProc(cluster) : byLsof(cluster)
}

function byProc(cluster: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && worksIn(cluster, pid))
}

function worksIn(cluster: string, pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster && readFileSync(`/proc/${pid}/comm`, 'utf8') === 'postgres\n'
  } catch {
    return false // it has ended, or is not ours to look into
  }
}

function byLsof(cluster: string): number[] {
  const { error, stdout } = spawnSync('lsof', ['-a', '-c', 'postgres', '-d', 'cwd', '-Fpn'], { encoding: 'utf8' })
  if (error) throw error
  return [...stdout.matchAll(/^p(\d+)\n(?:f.*\n)?n(.*)$/gm)].filter((found) => found[2] === cluster).map((found) => Number(found[1]))
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (errno(error) !== 'ESRCH') throw error
  }
}
