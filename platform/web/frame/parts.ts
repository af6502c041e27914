import { createContext, use } from 'react'
import type { Me } from '../me.ts'
import { isHere } from '../here.ts'
import type { Nav, Place, WebPart } from '../part.ts'

/** The parts this app is made of, there or not. */
export const Parts = createContext<readonly WebPart[]>([])

export const useParts = () => use(Parts).filter((part) => isHere(part))

/** The navigation, for this person. */
export function useNavigation(me: Me): Nav[] {
  return useParts().flatMap(({ nav }) => (nav && mayGo(nav, me) ? [nav] : []))
}

/** Every page that is found by name. */
export function usePlaces(me: Me): Place[] {
  const parts = useParts()
  const built = new Set(parts.flatMap(({ pages }) => Object.keys(pages)))
  const all = parts.flatMap(({ nav, places = [] }) => [...(nav ? [nav] : []), ...places])
  return all.filter((place) => built.has(place.to) && mayGo(place, me))
}

/** Where administrators go, for those who are. */
export const useAdministration = (me: Me): Nav | undefined => useNavigation(me).find(({ who }) => who === 'administrator')

const mayGo = ({ who }: Place, me: Me) => who !== 'administrator' || me.administrator
