import type { Seen } from './follower.ts'

export type Judging = {
  /** What senders were told is there. */
  acknowledged: string[]
  /** What the table holds, in the order of its numbers: [seq, line]. */
  kept: [number, string | undefined][]
  /** What one listener saw of the topic. */
  seen: Seen[]
  topic: string
}

/** Reads a history afterwards, and says everything in it that must not be. */
export function faultsIn({ acknowledged, kept, seen, topic }: Judging): string[] {
  const faults: string[] = []
  const lines = new Map<string, number>()
  for (const [, line] of kept) if (line) lines.set(line, (lines.get(line) ?? 0) + 1)
  for (const line of acknowledged) if (lines.get(line) !== 1) faults.push(`acknowledged, and there ${lines.get(line) ?? 0} times: ${line}`)
  for (const [at, [seq]] of kept.entries())
    if (at > 0 && seq !== kept[at - 1]![0] + 1) faults.push(`the table jumps from ${kept[at - 1]![0]} to ${seq}`)

  let heard: number | undefined
  const known = new Map(kept)
  for (const one of seen) {
    if (one.saw === 'reset' && one.topic === topic) heard = one.seq
    if (one.saw === 'ready' && one.topic === topic) {
      if (heard !== undefined && one.seq !== heard) faults.push(`ready at ${one.seq}, and heard up to ${heard}`)
      heard = one.seq
    }
    if (one.saw !== 'event' || one.topic !== topic) continue
    if (heard !== undefined && one.seq !== heard + 1) faults.push(`heard ${one.seq} after ${heard}`)
    if (known.has(one.seq) && known.get(one.seq) !== one.line) faults.push(`heard another line under ${one.seq} than the table has`)
    heard = one.seq
  }
  const last = kept.at(-1)?.[0] ?? 0
  if (heard !== last) faults.push(`heard up to ${heard}, and there are ${last}`)
  return faults
}
