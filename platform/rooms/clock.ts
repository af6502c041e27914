// What the clock shows, reckoned from its instants (rule 10): the same in a page and in a test, and alike in SQL (private.clock_phase).
// Instants are milliseconds; `now` is the database's, which a page knows as its own plus an offset.
export type Clock = {
  plan: readonly Phase[]
  instants: readonly (string | null)[]
  paused_at: string | null
  stopped_at: string | null
}
export type Phase = { name: string; seconds: number | null; bells: readonly number[] }

export type Showing =
  | { is: 'set' }
  | { is: 'running' | 'paused'; phase: number; name: string; began: number; ends: number | null; left: number | null }
  | { is: 'over'; at: number }

/** `phase` counts from one. */
export function showing(clock: Clock, now: number): Showing {
  const instants = clock.instants.map(milliseconds)
  const began = instants[0]
  if (began == null) return { is: 'set' }
  const over = instants[clock.plan.length] ?? Infinity
  const stopped = milliseconds(clock.stopped_at)
  if (stopped !== null) return { is: 'over', at: Math.min(stopped, over) }
  const paused = milliseconds(clock.paused_at)
  const at = paused ?? now
  if (over <= at) return { is: 'over', at: over }
  const phase = Math.max(1, instants.findLastIndex((instant) => instant !== null && instant <= at) + 1)
  const ends = instants[phase] ?? null
  return {
    is: paused === null ? 'running' : 'paused',
    phase,
    name: clock.plan[phase - 1]!.name,
    began: instants[phase - 1]!,
    ends,
    left: ends === null ? null : ends - at,
  }
}

export type Bell = { at: number; phase: number /** It ends the phase. */; last: boolean }

/**
 * All bells whose instant is known, in their order. Those within a phase are counted from its end, so that "two minutes left" is true after more
 * time, too; in a phase without an end, from its beginning. While the clock is paused those to come are not known: they move with every second.
 */
export function bells(clock: Clock): Bell[] {
  const instants = clock.instants.map(milliseconds)
  const until = Math.min(milliseconds(clock.paused_at) ?? Infinity, milliseconds(clock.stopped_at) ?? Infinity)
  return clock.plan
    .flatMap(({ seconds, bells }, index): Bell[] => {
      const [begins, ends] = [instants[index] ?? null, instants[index + 1] ?? null]
      if (begins === null) return []
      const from = seconds === null || ends === null ? begins : ends - seconds * 1_000
      const within = bells.map((bell) => ({ at: from + bell * 1_000, phase: index + 1, last: false }))
      const heard = within.filter(({ at }) => at >= begins && (ends === null || at < ends))
      return ends === null ? heard : [...heard, { at: ends, phase: index + 1, last: true }]
    })
    .filter(({ at }) => at <= until)
    .toSorted((a, b) => a.at - b.at)
}

const milliseconds = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant))
