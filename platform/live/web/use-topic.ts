import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { WhyCut } from '../protocol.ts'
import { here, listen, say, type Happened, type Listener, type People, type WhyReset } from './line.ts'

export type { Happened, People, WhyReset } from './line.ts'
export type { WhyCut } from '../protocol.ts'

// Declared so that a handler may say what it knows of a body: (event: { body: { by: string } }) => …
type Handler = { handle(what: Happened): void }['handle']
/** By the kind of what happens; of words with `said:` before it, so that nobody's word passes for an event: `'said:rooms.chat'`. */
export type Handlers = { [kind: `${string}.${string}`]: Handler | undefined } & {
  /** Ask for the whole again: listening began (what you read before may be old by a moment), or too much was missed. */
  reset?: (why: WhyReset) => void
  /** You do not hear this, or not any more. */
  cut?: (why: WhyCut) => void
}
export type Topic = {
  /** Nothing was missed up to now. */
  ready: boolean
  /** To everybody who listens, or to one person. It may be lost: false if it surely is. */
  say: (kind: string, body: object, to?: string) => boolean
  /** I am present here, and how; null: no longer. It is said again after a lost connection, and taken back when the component goes. */
  here: (state: string | null) => void
  present: People
}

/** What happens in a topic, for as long as the component is there. Several components may listen to one topic. */
export function useTopic(topic: string | null, handlers: Handlers): Topic {
  const [ready, setReady] = useState(false)
  const [present, setPresent] = useState<People>([])
  const listener = useRef<Listener>(null)
  const state = useRef<string | null>(null)
  const happened = useEffectEvent((what: Happened) =>
    handlers[(what.from === undefined ? what.kind : `said:${what.kind}`) as `${string}.${string}`]?.(what),
  )
  const reset = useEffectEvent((why: WhyReset) => handlers.reset?.(why))
  const cut = useEffectEvent((why: WhyCut) => handlers.cut?.(why))

  useEffect(() => {
    if (topic === null) return undefined
    const mine: Listener = { ready: setReady, present: setPresent, happened, reset, cut }
    listener.current = mine
    const stop = listen(topic, mine)
    if (state.current !== null) here(topic, mine, state.current)
    return () => {
      stop()
      listener.current = null
      setReady(false)
      setPresent([])
    }
  }, [topic])

  return {
    ready,
    present,
    say: (kind, body, to) => topic !== null && say(topic, kind, body, to),
    here: (now) => {
      state.current = now
      if (topic !== null && listener.current) here(topic, listener.current, now)
    },
  }
}
