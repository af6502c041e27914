import { use } from 'react'
import type { Address } from '../part.ts'
import { Parts } from './parts.ts'

// The five rooms of the house, in the order of a career. One is open once a part has its place in the navigation.
const rooms = [
  {
    name: 'Practice',
    hue: 'practice',
    says: 'Clinical stations with a partner: one consults, one plays the patient, and you read the marks together.',
  },
  {
    name: 'Speaking',
    hue: 'speaking',
    says: 'Role plays against the clock, for those who will work in a language that is not their first.',
  },
  { name: 'Interviews', hue: 'interviews', says: 'The questions that selection panels ask, answered aloud until the answer is yours.' },
  { name: 'Mentoring', hue: 'mentoring', says: 'An hour with somebody who has been there, booked in your time and theirs.' },
  { name: 'Care', hue: 'care', says: 'Doctors and patients: messages, calls, and the readings a patient chooses to show.' },
] as const

/** With where it begins, once it is open. */
export type Room = (typeof rooms)[number] & { to: Address | undefined }

export function useRooms(): Room[] {
  const open = new Map(use(Parts).flatMap(({ nav }) => (nav ? [[nav.hue as string, nav.to]] : [])))
  return rooms.map((room) => ({ ...room, to: open.get(room.hue) }))
}
