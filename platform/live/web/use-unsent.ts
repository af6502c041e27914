import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { AnyOperation, SentTo } from '#platform/operations/operation.ts'
import { useMe } from '#platform/web/me.ts'
import { drop, keep, onChange, sendAgain, sendAll, unsentOf, type Change, type Unsent } from './unsent.ts'

export type { Unsent } from './unsent.ts'

export type Queue = {
  /** In their order. One that was sent stays until what shows it is read anew. */
  unsent: Unsent[]
  /** Kept first, then sent: resolves when it is kept. Its input holds an id of the page's own making. */
  send: <P extends AnyOperation>(op: P, input: SentTo<P>) => Promise<void>
  again: (thing: Unsent) => void
  drop: (thing: Unsent) => Promise<void>
}

/** What is not sent yet of one queue, in every tab alike. */
export function useUnsent(queue: string, { refreshes = [] }: { refreshes?: readonly { path: string }[] } = {}): Queue {
  const person = useMe().id
  const client = useQueryClient()
  const [unsent, setUnsent] = useState<Unsent[]>([])
  const leaving = useRef(new Map<number, Unsent>())
  const reading = useRef(0)
  const looks = useRef(0)

  const look = useEffectEvent(async () => {
    const mine = ++looks.current
    const found = await unsentOf(person, queue)
    if (mine === looks.current) setUnsent([...leaving.current.values(), ...found])
  })
  const note = useEffectEvent(async ({ sent }: Change) => {
    const thing = unsent.find(({ order }) => order === sent)
    if (thing) {
      leaving.current.set(thing.order, thing)
      reading.current++
      await Promise.all(refreshes.map(({ path }) => client.invalidateQueries({ queryKey: [path] })))
      if (--reading.current === 0) leaving.current.clear() // a read that was overtaken by the next ends at once, and has shown nothing
    }
    await look()
  })

  useEffect(() => {
    void look()
    void sendAll(person)
    return onChange((change) => change.person === person && change.queue === queue && void note(change))
  }, [person, queue])

  return {
    unsent,
    send: (op, input) => keep(person, queue, op, input),
    again: (thing) => void sendAgain(thing),
    drop,
  }
}
