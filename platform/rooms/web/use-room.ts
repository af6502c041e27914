import { useEffect, useEffectEvent, useState } from 'react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { call } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useReached } from '#platform/web/connection.ts'
import { useMe } from '#platform/web/me.ts'
import { by, read, useAct } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { enterRoom, leaveRoom, readRoom, stillHere } from '../api.ts'
import type { Changed } from '../words.ts'

export type Room = OutputOf<typeof readRoom>
export type Seat = Room['me']

/** How far somebody is on the way from the link to the end. The server's word counts; here is only what this tab has done. */
export type Step = 'check' | 'entering' | 'waiting' | 'call' | 'elsewhere' | 'left' | 'put out' | 'closed'
export type Being = {
  room: Room
  step: Step
  /** The name of this tab's being there. */
  entry: string
  refusal: Error | undefined
  enter: () => void
  leave: () => void
  /** What an act answered. */
  take: (room: Room) => void
}

export function useRoom(id: string): Being {
  const client = useQueryClient()
  const me = useMe()
  const asked = { ...read(readRoom, { id }), structuralSharing: newest }
  const { data, error } = useSuspenseQuery(asked)
  const room: Room = data
  const [entry, setEntry] = useState('')
  const [left, setLeft] = useState(false)
  const take = (fresh: Room) => void client.setQueryData(asked.queryKey, fresh)
  const refresh = () => void client.invalidateQueries({ queryKey: asked.queryKey })
  const entering = useAct(by(enterRoom), { onDone: take })

  const enter = () => {
    const made = crypto.randomUUID()
    setEntry(made)
    setLeft(false)
    sessionStorage.setItem(place + id, 'inside')
    entering.run({ id, entry: made })
  }
  const leave = () => {
    sessionStorage.removeItem(place + id)
    setLeft(true)
    setEntry('')
    void goOut(id, entry)
  }

  const step = stepOf()
  function stepOf(): Step {
    if (refusalIn(error ?? undefined)?.code === 'not_your_room') return 'put out'
    if (room.closed_at) return 'closed'
    if (left) return 'left'
    if (entering.busy) return 'entering'
    if (entry === '' || entering.refusal) return 'check'
    if (room.me.state !== 'inside' && room.me.state !== 'waiting') return 'put out'
    if (room.me.entry !== entry) return 'elsewhere'
    return room.me.state === 'inside' ? 'call' : 'waiting'
  }

  // Whoever was in the call when this page was reloaded comes straight back.
  const comeBack = useEffectEvent(() => sessionStorage.getItem(place + id) && !room.closed_at && enter())
  useEffect(() => void comeBack(), [id]) // oxlint-disable-line react/exhaustive-effect-dependencies, react/set-state-in-effect -- once a room; what is known outside of React decides
  const reached = useReached()
  const tryAgain = useEffectEvent(() => entering.refusal instanceof TypeError && enter())
  useEffect(() => void (reached && tryAgain()), [reached]) // oxlint-disable-line react/set-state-in-effect -- the network is back, which React does not know

  const gone = step === 'elsewhere' || step === 'put out' || step === 'closed'
  useEffect(() => {
    if (gone) sessionStorage.removeItem(place + id) // a reload here does not take the call back
  }, [gone, id])

  const there = step === 'call' || step === 'waiting'
  useStillHere(there ? id : undefined, entry, refresh)
  useLeavingWithThePage(there ? id : undefined, entry)

  const changed = ({ body }: { body: Changed }) => body.room === id && body.version > room.version && refresh()
  const told = { 'rooms.changed': changed as never, reset: refresh }
  useTopic(me.id, told) // whoever is not inside is told there, also that they are not any more
  useTopic(step === 'call' ? id : null, { ...told, cut: refresh })

  return { room, step, entry, refusal: entering.refusal, enter, leave, take }
}

// A look that began before I went in may be answered after it, and says that I am outside.
const newest = (known: unknown, fresh: unknown): unknown => (known && (known as Room).version > (fresh as Room).version ? known : fresh)

const place = 'vivavoce.room:'
const everyHalfMinute = 30_000

function useStillHere(id: string | undefined, entry: string, refresh: () => void): void {
  const again = useEffectEvent(refresh)
  useEffect(() => {
    if (!id) return undefined
    const timer = setInterval(() => {
      // Nobody is inside any more, or in another tab: the room says which. A lost line is said elsewhere.
      call(stillHere, { id, entry }).catch((error: Error) => refusalIn(error) && again())
    }, everyHalfMinute)
    return () => clearInterval(timer)
  }, [id, entry])
}

/** Whoever goes to another page has left. Whoever reloads, or closes the window, may come back: their place is kept for two minutes. */
function useLeavingWithThePage(id: string | undefined, entry: string): void {
  const going = useEffectEvent(() => {
    if (!id) return
    sessionStorage.removeItem(place + id)
    void goOut(id, entry)
  })
  useEffect(() => () => going(), [])
}

/** Where it does not arrive, the server gives up the place two minutes later. */
async function goOut(id: string, entry: string): Promise<void> {
  try {
    await call(leaveRoom, { id, entry })
  } catch (error) {
    if (!refusalIn(error as Error) && !(error instanceof TypeError)) throw error
  }
}
