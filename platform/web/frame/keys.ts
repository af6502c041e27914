import { useCallback, useEffect, useRef, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import type { Me } from '../me.ts'
import { useNavigation } from './parts.ts'

export type Opened = 'palette' | 'keys' | undefined

/** Opens what keys open, from elsewhere. */
export const pressKeys = (what: 'palette' | 'keys') => window.dispatchEvent(new CustomEvent('vivavoce:keys', { detail: what }))

// What is typed after Ctrl K while the palette is still on its way is kept for it, and falls on nothing else.
const nothing = { since: -Infinity, words: '', chosen: false }
let early = nothing
const patience = 10_000

/** Gives it to the palette, once that can be typed into. */
export function giveEarly(take: (words: string, chosen: boolean) => void): void {
  const { words, chosen } = early
  early = nothing
  take(words, chosen)
}

function keepEarly(key: string): void {
  if (early.chosen) return
  if (key === 'Enter') early = { ...early, chosen: true }
  else if (key === 'Backspace') early = { ...early, words: early.words.slice(0, -1) }
  else if (key.length === 1) early = { ...early, words: early.words + key }
}

/** Ctrl K and ? from everywhere; g and a letter go somewhere. None of it while somebody types. */
export function useKeys(person: Me): { open: Opened; close: () => void } {
  const [open, setOpen] = useState<Opened>()
  const places = useNavigation(person)
  const navigate = useNavigate()
  const close = useCallback(() => ((early = nothing), setOpen(undefined)), [])
  const going = useRef(-Infinity) // when g was pressed, by the key's own time: the page may be busy, and drawn anew between the two
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, ctrlKey, metaKey, altKey, target, timeStamp } = event
      if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') {
        event.preventDefault()
        if (!document.querySelector('.palette')) early = { ...early, since: timeStamp }
        return setOpen('palette')
      }
      if (timeStamp - early.since < patience && !ctrlKey && !metaKey && !altKey) {
        if (key.length === 1 || key === 'Backspace' || key === 'Enter') event.preventDefault()
        return key === 'Escape' ? close() : keepEarly(key)
      }
      if (ctrlKey || metaKey || altKey || isTypedInto(target) || document.querySelector('dialog[open], [aria-modal=true]')) return
      if (key === '?') return setOpen('keys')
      const place = timeStamp - going.current < 1_500 ? places.find((place) => place.key === key) : undefined
      going.current = key === 'g' ? timeStamp : -Infinity
      if (place) void navigate({ to: place.to })
    }
    const onAsked = (event: Event) => setOpen((event as CustomEvent<Opened>).detail)
    window.addEventListener('keydown', onKey)
    window.addEventListener('vivavoce:keys', onAsked)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('vivavoce:keys', onAsked)
    }
  }, [navigate, places, close])
  return { open, close }
}

const isTypedInto = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
