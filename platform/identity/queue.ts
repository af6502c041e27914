/** So many at once, so many waiting; whoever comes beyond that is told at once (undefined) instead of being left to wait. */
export function queue({ atOnce, waiting }: { atOnce: number; waiting: number }) {
  const line: (() => void)[] = []
  let running = 0

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) await new Promise<void>((turn) => line.push(turn))
    else running++
    try {
      return await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else running--
    }
  }

  return <T>(work: () => Promise<T>): Promise<T> | undefined => (running >= atOnce && line.length >= waiting ? undefined : run(work))
}
