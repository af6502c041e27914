import { useEffect, useState } from 'react'

/** Whether what the person came for is there, and there is time for what they may want next. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    if (!('requestIdleCallback' in window)) return void setTimeout(() => setIdle(true), 1_000)
    const waiting = requestIdleCallback(() => setIdle(true))
    return () => cancelIdleCallback(waiting)
  }, [])
  return idle
}
