/* oxlint-disable react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps -- lists are told apart by what is in them */
import { useEffect, useRef, useState } from 'react'
import { useMe } from '#platform/web/me.ts'
import { showing } from '../clock.ts'
import { serverNow } from '#platform/live/web/clock.ts'
import { useShowing } from './clock-state.ts'
import { nameOf } from './tiles.tsx'
import type { Calling } from './use-call.ts'
import type { Room } from './use-room.ts'

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

/** Who came and who left, whose hand is up, who wrote, which phase begins. */
export function useWhatHappens(room: Room, { others, chat }: Calling, announce: (text: string) => void): void {
  const me = useMe()
  const of = (person: string) => nameOf(room.others.find((one) => one.person === person) ?? { name: '' })

  useChanges(
    others.map(({ person }) => person),
    (came, left) => {
      for (const person of came) announce(`${of(person)} is here`)
      for (const person of left) announce(`${of(person)} has left`)
    },
  )
  useChanges(
    others.filter(({ how }) => how?.hand).map(({ person }) => person),
    (raised) => raised.forEach((person) => announce(`${of(person)} raises their hand`)),
  )
  useChanges(
    others.filter(({ how }) => how?.screen).map(({ person }) => person),
    (shares) => shares.forEach((person) => announce(`${of(person)} shows their screen`)),
  )
  useChanges(
    others.filter(({ link }) => link?.state === 'reconnecting').map(({ person }) => person),
    (lost, back) => {
      for (const person of lost) announce(`The line to ${of(person)} is lost, it is being restored`)
      for (const person of back) if (others.some((one) => one.person === person)) announce(`${of(person)} is back`)
    },
  )
  useChanges(
    room.others.filter(({ state }) => state === 'waiting').map(({ person }) => person),
    (waits) => room.me.lets_in && waits.forEach((person) => announce(`${of(person)} waits to be let in`)),
  )
  useChanges(
    chat.filter(({ from }) => from !== me.id).map(({ id }) => id),
    (fresh) =>
      chat.filter(({ id }) => fresh.includes(id)).forEach(({ from, text }) => announce(`${of(from)} writes: ${text.slice(0, 200)}`)),
  )
}

export function usePhaseSaid(clock: NonNullable<Room['clock']>, announce: (text: string) => void): void {
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
function useChanges(now: readonly string[], then: (came: string[], left: string[]) => unknown): void {
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
