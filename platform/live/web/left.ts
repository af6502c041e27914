import { useEffect } from 'react'

// Whether anything may be left unsent in this browser: known without opening its database, which most people never need.
const place = 'vivavoce.unsent'

export const noteLeft = (left: boolean): void => (left ? localStorage.setItem(place, 'yes') : localStorage.removeItem(place))
export const mayBeLeft = (): boolean => localStorage.getItem(place) !== null

/** Sends what this person left unsent here, whatever page they open next. */
export function useSendingWhatIsLeft(person: string): void {
  useEffect(() => {
    if (!mayBeLeft()) return
    const send = async () => (await import('./unsent.ts')).sendAll(person)
    send().catch(reportError) // it is still there, and the next page tries again
  }, [person])
}
