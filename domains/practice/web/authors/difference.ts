export type Line = { is: 'same' | 'gone' | 'new'; words: string }

/** From one text to another, line by line: the longest run of lines that both have stays. */
export function difference(before: string, after: string): Line[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  // How many lines both have in common from here on; a case has some two hundred lines, so the table is small.
  const common = Array.from({ length: old.length + 1 }, () => Array.from(now, () => 0).concat(0))
  for (let at = old.length - 1; at >= 0; at--)
    for (let to = now.length - 1; to >= 0; to--)
      common[at]![to] = old[at] === now[to] ? common[at + 1]![to + 1]! + 1 : Math.max(common[at + 1]![to]!, common[at]![to + 1]!)
  const lines: Line[] = []
  let [at, to] = [0, 0]
  while (at < old.length || to < now.length) {
    if (at < old.length && old[at] === now[to]) {
      lines.push({ is: 'same', words: old[at]! })
      at++
      to++
    } else if (at < old.length && (to === now.length || common[at + 1]![to]! >= common[at]![to + 1]!))
      lines.push({ is: 'gone', words: old[at++]! })
    else lines.push({ is: 'new', words: now[to++]! })
  }
  return lines
}

/** Only what changed, with two lines around it; a gap says how many lines it leaves out. */
export function changesIn(lines: readonly Line[], around = 2): (Line | { is: 'gap'; lines: number })[] {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some(({ is }) => is !== 'same'))
  const shown: (Line | { is: 'gap'; lines: number })[] = []
  lines.forEach((line, at) => {
    const last = shown.at(-1)
    if (near[at]) shown.push(line)
    else if (last?.is === 'gap') last.lines++
    else shown.push({ is: 'gap', lines: 1 })
  })
  return shown
}
