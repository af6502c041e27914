import { queryOptions, useSuspenseQuery, type QueryClient } from '@tanstack/react-query'
import type { readMe as ReadMe } from '#platform/identity/account/api.ts'
import { call } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { orKept } from './kept.ts'
import { refusalIn } from './words.ts'

// By its address alone: what it is made of would bring zod into everybody's first load (15 kB), which is what strangers wait for.
const readMe = { method: 'GET', path: '/identity/me' } as unknown as typeof ReadMe

export type Me = NonNullable<OutputOf<typeof ReadMe>['account']>

/** Who is signed in here, or nobody; `pending` while a second factor is still to be proved. */
export const me = queryOptions({
  queryKey: [readMe.path],
  staleTime: 60_000,
  meta: { kept: true },
  queryFn: ({ signal }) => orKept(readMe.path, {}, () => askWho(signal)),
})

export async function askWho(signal?: AbortSignal): Promise<Me | 'pending' | null> {
  try {
    return (await call(readMe, {}, signal ? { signal } : {})).account
  } catch (error) {
    const code = refusalIn(error as Error)?.code
    if (code === 'not_signed_in' || code === 'token_not_accepted') return null
    if (code === 'second_factor_needed') return 'pending'
    throw error
  }
}

/** Somebody has just come in: a question that was on its way before that would still be answered by "nobody". */
export async function askWhoCameIn(client: QueryClient): Promise<void> {
  await client.cancelQueries({ queryKey: me.queryKey })
  await client.fetchQuery({ ...me, staleTime: 0 })
}

export const useWho = () => useSuspenseQuery(me).data

/** On pages for people who are signed in: who that is. */
export function useMe(): Me {
  const who = useWho()
  if (who === null || who === 'pending') throw new Error('a page for people who are signed in was opened by nobody')
  return who
}
