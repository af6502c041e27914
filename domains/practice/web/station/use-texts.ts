import { useSuspenseQuery } from '@tanstack/react-query'
import type { OutputOf } from '#platform/operations/operation.ts'
import { read } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { listTexts } from '../../api/texts.ts'
import type { Session } from './use-session.ts'

export type TextName = 'candidate_brief' | 'actor_brief' | 'condition' | 'markscheme'

/**
 * What is open to me, of this round. Asked again when the server says that another phase has begun, and at no other time: each reading
 * is on record.
 */
export function useTexts({ id, round, phase }: Pick<Session, 'id' | 'round' | 'phase'>): Partial<Record<TextName, string>> {
  const asked = read(listTexts, { id, round: round! })
  const { data } = useSuspenseQuery({ ...asked, queryKey: [...asked.queryKey, phase] as never, retry: isAway, retryDelay: 2_000 }) as {
    data: OutputOf<typeof listTexts>
  }
  const texts: Partial<Record<TextName, string>> = {}
  for (const { name, words } of data.items) texts[name] = words
  return texts
}

// A server or a database that was killed at the very bell comes back; a no does not change.
const isAway = (_count: number, error: Error): boolean => (refusalIn(error)?.problem.status ?? 500) >= 500
