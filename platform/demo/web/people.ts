import { queryOptions } from '@tanstack/react-query'
import { Refusal } from '#platform/operations/call.ts'
import type { Problem } from '#platform/operations/problem.ts'
import type { Character } from '../cast.ts'

type Shown = Pick<Character, 'id' | 'name' | 'says'>

/** Whom one may look around as; nobody where there is no demo world. */
export const peopleOfDemo = queryOptions({
  queryKey: ['/demo/people'],
  staleTime: Infinity,
  enabled: /^(localhost|127\.|\[::1\])/.test(location.hostname), // elsewhere there is none, and a browser would note the vain question
  retry: false,
  queryFn: async ({ signal }): Promise<readonly Shown[]> => {
    const answer = await fetch('/api/demo/people', { signal })
    return answer.ok ? ((await answer.json()) as { people: Shown[] }).people : []
  },
})

// No operation: those answer without knowing from where they were asked, and set no cookie.
export async function enterAs(id: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/api/demo/entering', { method: 'POST', headers, body: JSON.stringify({ id }) })
  if (!answer.ok) throw new Refusal((await answer.json()) as Problem)
}
