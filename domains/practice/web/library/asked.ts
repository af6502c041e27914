import { useEffect, useRef, useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'

// What of the library is asked for. It stands in the address, so that it can be sent to somebody and is there after going back.
export const filters = ['search', 'category', 'skill', 'level', 'format', 'only'] as const
export type Filter = (typeof filters)[number]
export type Asked = Partial<Record<Filter, string>>

/** At once for whoever types; in the address when they have stopped for a moment. */
export function useAsked(): [asked: Asked, ask: (next: Asked) => void] {
  const address = askedIn(useSearch({ strict: false }))
  const said = JSON.stringify(address)
  const navigate = useNavigate()
  const [asked, setAsked] = useState(address)
  const underway = useRef<string[]>([]) // what this page has put into the address, and has not seen there yet
  const later = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    const mine = underway.current.indexOf(said)
    if (mine >= 0) underway.current.splice(0, mine + 1)
    else setAsked(JSON.parse(said) as Asked)
  }, [said])
  useEffect(() => () => clearTimeout(later.current), [])

  const ask = (next: Asked) => {
    setAsked(next)
    clearTimeout(later.current)
    later.current = setTimeout(() => {
      underway.current.push(JSON.stringify(askedIn(next)))
      void navigate({ to: '.', search: next, replace: true, resetScroll: false })
    }, moment)
  }
  return [asked, ask]
}

const moment = 250 // ms; each step is an entry that the browser rewrites, and Safari refuses the hundredth within half a minute

// A number typed into an address is a number to the router.
const askedIn = (search: Record<string, unknown>): Asked =>
  Object.fromEntries(
    filters.flatMap((name) => {
      const said = search[name]
      return typeof said === 'string' || typeof said === 'number' ? [[name, String(said)]] : []
    }),
  )
