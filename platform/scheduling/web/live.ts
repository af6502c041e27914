import { useQueryClient } from '@tanstack/react-query'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { useMe } from '#platform/web/me.ts'
import { readCalendar, readNext } from '../api.ts'

/** What is planned, moved or off is shown while it happens. */
export function useChanges(): void {
  const client = useQueryClient()
  const again = () => {
    for (const { path } of [readCalendar, readNext]) void client.invalidateQueries({ queryKey: [path] })
  }
  useTopic(useMe().id, { 'scheduling.changed': again, reset: again })
}
