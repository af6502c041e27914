import { existsSync, readdirSync, readFileSync } from 'node:fs'

const ticksASecond = 100

/** Milliseconds of CPU that a process and its children (also those already gone) have used. */
export function cpuOf(pid: number): number {
  if (!existsSync('/proc')) return 0 // no such figures here (macOS)
  return [pid, ...childrenOf(pid)].reduce((sum, one) => sum + ticksOf(one), 0) * (1_000 / ticksASecond)
}

/** The same of this process alone. */
export const ownCpuOf = (pid: number) => ticksOf(pid) * (1_000 / ticksASecond)
/** In MB. */
export const residentOf = (pid: number) => residentKb(pid) / 1_024

export function memoryOf(pid: number): { server: number; database: number } {
  const postmaster = childrenOf(pid).at(0)
  return {
    server: residentKb(pid) / 1_024,
    database: postmaster ? [postmaster, ...childrenOf(postmaster)].reduce((sum, one) => sum + proportionalKb(one), 0) / 1_024 : 0,
  }
}

function childrenOf(pid: number): number[] {
  const direct = readdirSync('/proc')
    .map(Number)
    .filter((one) => one > 0 && parentOf(one) === pid)
  return direct.flatMap((child) => [child, ...childrenOf(child)])
}

const read = (pid: number, file: string) => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return '' // it ended meanwhile
  }
}
// After the command's name, which may hold spaces and parentheses: state ppid … utime(14) stime(15) cutime(16) cstime(17)
const statOf = (pid: number) => read(pid, 'stat').split(') ').at(-1)!.split(' ')
const parentOf = (pid: number) => Number(statOf(pid)[1])
const ticksOf = (pid: number) =>
  statOf(pid)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + (Number(ticks) || 0), 0)
const residentKb = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(read(pid, 'status'))?.[1] ?? 0)
const proportionalKb = (pid: number) => Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? residentKb(pid))

export const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
