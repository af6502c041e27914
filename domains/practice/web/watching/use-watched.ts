import { useEffect, useEffectEvent } from 'react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { call } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { read } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { readWatched } from '../../api/watching.ts'
import { nextInstant } from '../station/phases.ts'

export type Watched = OutputOf<typeof readWatched>

/** A session that one watches, as it is now: as for the two who play (station/use-session.ts). Null: one does not, or not any more. */
export function useWatched(id: string): Watched | null {
  const client = useQueryClient()
  const asked = read(readWatched, { id })
  const { data } = useSuspenseQuery({ queryKey: asked.queryKey, queryFn: () => orNull(id) }) as { data: Watched | null }
  const watched = data
  const refresh = () => void client.invalidateQueries({ queryKey: asked.queryKey })

  useTopic(watched?.agreed ? id : null, { 'practice.changed': refresh, reset: refresh, cut: refresh })

  const again = useEffectEvent(refresh)
  useEffect(() => {
    if (!watched) return undefined
    const next = nextInstant(watched)
    // Who has only asked hears nothing of the session yet, and looks again by themselves.
    const wait = watched.agreed ? next && next - Date.parse(watched.now) + justAfter : whileAsked
    if (wait === undefined) return undefined
    const timer = setTimeout(again, Math.min(wait, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  }, [watched])
  return watched
}

// That one does not watch is what the page has to say.
const orNull = (id: string): Promise<Watched | null> =>
  call(readWatched, { id }).catch((error: Error) => {
    if (['session_not_found', 'invalid_input'].includes(refusalIn(error)?.code ?? '')) return null
    throw error
  })

const justAfter = 100 // milliseconds: a timer may be early, and then the server says the phase before
const whileAsked = 5_000
