import { useEffect, useEffectEvent } from 'react'

// One key, one thing; not while somebody writes, and not at all where they are turned off (WCAG 2.2, 2.1.4).
export const callKeys = [
  { key: 'm', says: 'Mute or unmute' },
  { key: 'v', says: 'Camera off or on' },
  { key: 'h', says: 'Raise or lower your hand' },
  { key: 'c', says: 'Open or close the chat' },
  { key: '?', says: 'This list' },
  { key: 'Esc', says: 'Close what is open' },
] as const
export type CallKey = (typeof callKeys)[number]['key']

const place = 'vivavoce.call-keys'
export const keysAreOn = (): boolean => localStorage.getItem(place) !== 'off'
export const turnKeys = (on: boolean): void => localStorage.setItem(place, on ? 'on' : 'off')

export function useCallKeys(press: (key: CallKey) => void): void {
  const pressed = useEffectEvent(press)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey, repeat, target } = event
      const key = event.key === 'Escape' ? 'Esc' : event.key
      if (ctrlKey || metaKey || altKey || repeat || document.querySelector('dialog[open]')) return
      if (key !== 'Esc' && (isTypedInto(target) || !keysAreOn())) return
      const known = callKeys.find((one) => one.key === key)
      if (!known) return
      event.preventDefault() // the letter is not to be typed into what it opens
      pressed(known.key)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

const isTypedInto = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
