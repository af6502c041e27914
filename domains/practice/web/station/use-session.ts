import { useEffect, useEffectEvent } from 'react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { call } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { read } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { readResult } from '../../api/results.ts'
import { readSession } from '../../api/sessions.ts'
import { nextInstant } from './phases.ts'

export type Session = OutputOf<typeof readSession>

/** A session as it is now: the other one's doings arrive by its topic, and at each bell the server is asked which phase it is. Null: no seat in it, or none any more. */
export function useSession(id: string): Session | null {
  const client = useQueryClient()
  const asked = read(readSession, { id })
  const { data } = useSuspenseQuery({
    queryKey: asked.queryKey,
    queryFn: () => orNull(id),
    refetchInterval: ({ state }) => (state.error ? againAfter : false),
  }) as { data: Session | null }
  const session = data
  const refresh = () => void client.invalidateQueries({ queryKey: asked.queryKey })
  const afterwards = () => void client.invalidateQueries({ queryKey: [readResult.path] })

  useTopic(id, {
    'practice.changed': ({ body }: { body: { version?: number } }) => (body.version ?? 0) > (session?.version ?? 0) && refresh(),
    'practice.sheet-submitted': afterwards,
    'practice.remark-written': afterwards,
    reset: refresh,
    cut: refresh,
  })

  // This device's own clock counts for nothing: what is waited for is the time between what the server said it is and its bell.
  const again = useEffectEvent(refresh)
  useEffect(() => {
    const next = session ? nextInstant(session) : undefined
    if (!session || next === undefined) return undefined
    const timer = setTimeout(again, Math.min(next - Date.parse(session.now) + justAfter, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  }, [session])
  return session
}

// That there is no seat is what the page has to say.
const orNull = (id: string): Promise<Session | null> =>
  call(readSession, { id }).catch((error: Error) => {
    if (['session_not_found', 'invalid_input'].includes(refusalIn(error)?.code ?? '')) return null
    throw error
  })

const againAfter = 3_000 // milliseconds: a database that was away says nothing when it is back
const justAfter = 100 // milliseconds: a timer may be early, and then the server says the phase before
