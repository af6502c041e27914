import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { readAccount } from '#platform/identity/account/api.ts'
import { call } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { refusalIn } from './words.ts'

export type Me = OutputOf<typeof readAccount>

/** Who is signed in here, or nobody; `pending` while a second factor is still to be proved. */
export const me = queryOptions({
  queryKey: [readAccount.path],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<Me | 'pending' | null> => {
    try {
      return await call(readAccount, {}, { signal })
    } catch (error) {
      const code = refusalIn(error as Error)?.code
      if (code === 'not_signed_in') return null
      if (code === 'second_factor_needed') return 'pending'
      throw error
    }
  },
})

export const useWho = () => useSuspenseQuery(me).data

/** On pages for people who are signed in: who that is. */
export function useMe(): Me {
  const who = useWho()
  if (who === null || who === 'pending') throw new Error('a page for people who are signed in was opened by nobody')
  return who
}
