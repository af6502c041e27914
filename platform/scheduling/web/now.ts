import { useEffect, useState } from 'react'
import { knowsServerTime, serverNow } from '#platform/live/web/clock.ts'

/** The time, to the half minute: what is under way, and which day it is. The server's, as soon as it has said it: a device's may be a day off. */
export function useNow(): number {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const tick = () => setNow(serverNow())
    const ticking = setInterval(tick, 30_000)
    const asking = setInterval(() => {
      if (!knowsServerTime()) return
      clearInterval(asking)
      tick()
    }, 250)
    return () => (clearInterval(ticking), clearInterval(asking))
  }, [])
  return now
}
