import { useMe } from '#platform/web/me.ts'
import { useChanges } from './announcer.ts'
import { nameOf } from './tiles.tsx'
import type { Calling } from './use-call.ts'
import type { Room } from './use-room.ts'

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
