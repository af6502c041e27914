/* oxlint-disable react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps, react/set-state-in-effect -- the server’s time changes by itself, and is nothing React knows of */
import { useEffect, useState } from 'react'
import { knowsServerTime, serverNow } from '#platform/live/web/clock.ts'
import { bells, showing, type Clock, type Showing } from '../clock.ts'

/** Whether the server's time is known yet, which takes a moment after a page was opened; our own may be a day off. */
export function useServerTime(): boolean {
  const [known, setKnown] = useState(knowsServerTime)
  useEffect(() => {
    if (known) return undefined
    serverNow() // which is how it is asked for
    const timer = setInterval(() => knowsServerTime() && setKnown(true), 100)
    return () => clearInterval(timer)
  }, [known])
  return known
}

/** What the clock shows by the server's time. Renews itself as the second changes, at the same moment on every page. */
export function useShowing(clock: Clock): Showing {
  const [now, setNow] = useState(() => serverNow())
  const shown = showing(clock, now)
  useEffect(() => {
    const at = serverNow()
    const fresh = showing(clock, at)
    if (fresh.is !== 'running') {
      if (fresh.is !== shown.is) setNow(at)
      return undefined
    }
    // To just after the next whole second that is left, or has passed.
    const left = fresh.left === null ? 1_000 - ((at - fresh.began) % 1_000) : fresh.left % 1_000
    const timer = setTimeout(() => setNow(serverNow()), Math.max(left, 0) + 5)
    return () => clearTimeout(timer)
  }, [clock, now])
  return shown
}

/** Calls at each bell, once: none that rang while nobody could have heard it. */
export function useBells(clock: Clock, then: (bell: { last: boolean }) => void): void {
  const [heard, setHeard] = useState(() => serverNow())
  useEffect(() => {
    const next = bells(clock).find(({ at }) => at > heard)
    if (!next || clock.paused_at) return undefined
    const timer = setTimeout(
      () => {
        const now = serverNow()
        if (now < next.at) return setHeard((before) => before + 0.001) // a timer that was early
        if (now - next.at < 3_000) then({ last: next.last })
        setHeard(now)
      },
      Math.min(Math.max(next.at - serverNow(), 0) + 5, 2 ** 30),
    )
    return () => clearTimeout(timer)
  }, [clock, heard])
}

/** 06:42, or 1:06:42. Ends at 00:00: a second counts as left until it has passed. */
export function inMinutes(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1_000))
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (number: number) => `${number}`.padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`
}

export function inWords(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1_000))
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  const of = (count: number, what: string) => (count > 0 ? [`${count} ${what}${count === 1 ? '' : 's'}`] : [])
  return [...of(minutes, 'minute'), ...of(rest, 'second')].join(' ') || 'no time'
}
