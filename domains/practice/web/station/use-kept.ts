import { useEffect, useState } from 'react'
import { useMe } from '#platform/web/me.ts'

// Of this tab: it survives a reload, is seen by no other, and is gone when the tab is closed.
const place = 'vivavoce.practice:'

/** Something written here and kept nowhere else. Null forgets it. */
export function useKept<T>(what: string, empty: T): [T, (value: T) => void, () => void] {
  const name = `${useMe().id}:${what}` // two may share a computer, and a session
  const [value, setValue] = useState<T>(() => {
    const kept = sessionStorage.getItem(place + name)
    return kept === null ? empty : (JSON.parse(kept) as T)
  })
  useEffect(() => {
    if (value === empty) sessionStorage.removeItem(place + name)
    else sessionStorage.setItem(place + name, JSON.stringify(value))
  }, [name, value, empty])
  return [value, setValue, () => setValue(empty)]
}
