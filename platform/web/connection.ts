import { useSyncExternalStore } from 'react'
import { onlineManager } from '@tanstack/react-query'

// Whether our server can be reached. The browser knows only whether there is a network, so a call that nobody answered counts
// as well; from then on we ask quietly until somebody does.
let reached = true
let probe: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

export const useReached = () =>
  useSyncExternalStore(
    listenTo,
    () => reached,
    () => true,
  )

export const isReached = (): boolean => reached

export function watchConnection(): void {
  reached = navigator.onLine
  onlineManager.setEventListener(() => undefined) // ours is the one opinion
  onlineManager.setOnline(reached)
  window.addEventListener('online', () => void ask())
  window.addEventListener('offline', lost)
  if (!reached) lost()
}

/** Nobody answered. */
export function lost(): void {
  probe ??= setTimeout(() => void ask(), pauses[0])
  say(false)
}

const pauses = [1_000, 2_000, 4_000, 8_000, 15_000]

async function ask(time = 0): Promise<void> {
  clearTimeout(probe)
  if (await answers()) {
    probe = undefined
    say(true)
  } else probe = setTimeout(() => void ask(time + 1), (pauses[time + 1] ?? pauses.at(-1)!) * (0.75 + Math.random() / 2)) // not all who lost it in one second at once
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch('/healthz', { signal: AbortSignal.timeout(5_000) })).ok
  } catch {
    return false // which is what was asked
  }
}

function say(now: boolean): void {
  onlineManager.setOnline(now)
  if (now === reached) return
  reached = now
  for (const listener of listeners) listener()
}

export function listenTo(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
