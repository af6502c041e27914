import { Bell } from '#platform/notices/web/bell.tsx'
import type { Me } from '../me.ts'
import { PersonMenu } from './person-menu.tsx'

/** What is always at hand: the bell, and one's own menu. */
export const Tools = ({ person }: { person: Me }) => (
  <>
    <Bell />
    <PersonMenu person={person} />
  </>
)
