import { useSyncExternalStore } from 'react'

// Something that changes by itself, as calls do, and that pages look at.
export type Watched<T> = { get: () => T; subscribe: (listener: () => void) => () => void }
export type Watchable<T> = Watched<T> & { set: (change: Partial<T>) => void }

export function watchable<T extends object>(first: T): Watchable<T> {
  let now = first
  const listeners = new Set<() => void>()
  return {
    get: () => now,
    set(change) {
      if (Object.entries(change).every(([key, value]) => Object.is(now[key as keyof T], value))) return
      now = { ...now, ...change }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const useWatched = <T>(watched: Watched<T>): T => useSyncExternalStore(watched.subscribe, watched.get)
