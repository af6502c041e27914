import { useQueryClient } from '@tanstack/react-query'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { readOffer } from '../../api/finding.ts'

/** Somebody takes the seat while its host looks on: the page reads again. */
export function useSessionHeard(session: string): void {
  const client = useQueryClient()
  const again = () => void client.invalidateQueries({ queryKey: [readOffer.path] })
  useTopic(session, { 'practice.changed': again, reset: again })
}
