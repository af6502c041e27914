import { useEffect } from 'react'

/** A phone that lies on the table does not turn itself off in the middle of a call. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined
    let ended = false
    const ask = async () => {
      if (!('wakeLock' in navigator) || document.hidden) return
      try {
        lock = await navigator.wakeLock.request('screen')
        if (ended) await lock.release()
      } catch {
        // a phone that saves its battery says no, and may
      }
    }
    const again = () => void ask()
    again()
    document.addEventListener('visibilitychange', again) // whoever looks elsewhere gives it up
    return () => {
      ended = true
      document.removeEventListener('visibilitychange', again)
      void lock?.release()
    }
  }, [])
}
