import { readdirSync, readFileSync } from 'node:fs'

// What others do on this machine meanwhile, another clone's tests say: the processor time of every process that does not descend from
// this one. Whoever was once seen below us stays ours: Chromium's and npm's children lose their parents. What ended between two
// looks is not counted, so that others are never said to have done more than they did.
export function watchOthers(): { seconds: () => number } {
  const seen = new Map<string, { ours: boolean; before: number; now: number }>()
  look({ atFirst: true })
  setInterval(() => look(), 2_000).unref()

  function look({ atFirst = false } = {}): void {
    const all = new Map(processes().map((one) => [one.pid, one]))
    const isOurs = (pid: number): boolean => {
      const one = all.get(pid)
      return one !== undefined && (pid === process.pid || (seen.get(one.key)?.ours ?? isOurs(one.parent)))
    }
    for (const { pid, key, ticks } of all.values()) {
      const known = seen.get(key) ?? { ours: isOurs(pid), before: atFirst ? ticks : 0, now: 0 }
      seen.set(key, { ...known, now: ticks })
    }
  }

  return {
    seconds() {
      look()
      const others = [...seen.values()].filter(({ ours }) => !ours)
      return others.reduce((sum, { before, now }) => sum + now - before, 0) / ticksASecond
    },
  }
}

const ticksASecond = 100

type Process = { pid: number; key: string; parent: number; ticks: number }

// A number is given again: a process is known by it and by when it began. After the name, which may hold anything: state(3) parent(4)
// … utime(14) stime(15) … starttime(22), see proc(5). Elsewhere than on Linux nobody is seen.
function processes(): Process[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? processOf(Number(name)) : []))
  } catch {
    return []
  }
}

function processOf(pid: number): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return [{ pid, key: `${pid} ${stat[19]}`, parent: Number(stat[1]), ticks: Number(stat[11]) + Number(stat[12]) }]
  } catch {
    return [] // it ended meanwhile
  }
}
