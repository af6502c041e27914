import { useSendingWhatIsLeft } from '#platform/live/web/left.ts'
import { Bell } from '#platform/notices/web/bell.tsx'
import type { Me } from '../me.ts'
import { PersonMenu } from './person-menu.tsx'

/** What is always at hand: the bell, and one's own menu. */
export function Tools({ person }: { person: Me }) {
  useSendingWhatIsLeft(person.id)
  return (
    <>
      <Bell person={person.id} />
      <PersonMenu person={person} />
    </>
  )
}
