import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'

/** What the address carried when this page came, letter by letter: the router would read a code of six digits as a number. */
export function useAsked(): (name: string) => string | undefined {
  const { searchStr } = useLocation()
  const [asked] = useState(() => new URLSearchParams(searchStr)) // who is on their way elsewhere has the next page's address already
  return (name) => asked.get(name) ?? undefined
}

/** Where people go when they are in: a page of ours and nobody else's, whatever an address says. */
export const useNext = (otherwise = '/today') => ours(useAsked()('next')) ?? otherwise

export function ours(next: string | undefined): string | undefined {
  const url = next !== undefined && URL.canParse(next, location.origin) ? new URL(next, location.origin) : undefined
  if (!url || url.origin !== location.origin || url.protocol !== location.protocol) return undefined
  if (url.pathname.startsWith('//') || url.pathname.startsWith('/sign-in')) return undefined // "/.//elsewhere"; a way in circles
  return url.pathname + url.search + url.hash
}

/** A page that comes back here, or goes on there. */
export const withNext = (page: string, next: string) => `${page}?${new URLSearchParams({ next }).toString()}`
