/* oxlint-disable react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps -- lists are told apart by what is in them */
import { useEffect, useRef, useState } from 'react'
import { showing, type Clock } from '../clock.ts'
import { serverNow } from '#platform/live/web/clock.ts'
import { useShowing } from './clock-state.ts'

/** What is said to whoever does not see it: politely, one after the other, and gone after a while. */
export function useAnnouncer(): { said: string; announce: (text: string) => void } {
  const [lines, setLines] = useState<string[]>([])
  useEffect(() => {
    if (lines.length === 0) return undefined
    const timer = setTimeout(() => setLines([]), 6_000)
    return () => clearTimeout(timer)
  }, [lines])
  return { said: lines.join(' '), announce: (text) => setLines((before) => [...before.slice(-2), `${text}.`]) }
}

export function usePhaseSaid(clock: Clock, announce: (text: string) => void): void {
  const shown = useShowing(clock)
  const says = 'phase' in shown ? `${shown.name}${shown.is === 'paused' ? ', paused' : ''}` : shown.is
  useChanges([says], ([now]) => {
    const fresh = showing(clock, serverNow())
    if (now === 'over') announce('Time is over')
    else if (now !== 'set' && 'phase' in fresh)
      announce(`${fresh.name[0]!.toUpperCase()}${fresh.name.slice(1)}${fresh.is === 'paused' ? ' is paused' : ' begins'}`)
  })
}

/** What is new in a list, and what is gone; nothing at the first look. */
export function useChanges(now: readonly string[], then: (came: string[], left: string[]) => unknown): void {
  const before = useRef<readonly string[] | undefined>(undefined)
  useEffect(() => {
    const known = before.current
    before.current = now
    if (known)
      then(
        now.filter((one) => !known.includes(one)),
        known.filter((one) => !now.includes(one)),
      )
  }, [now.join('\n')])
}
