import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { call } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { iceServers, iceServersToCheck } from '../api.ts'

/** The ways a call may go through the network. Asked for anew before the relay's credentials end. */
export type Ways = {
  known: boolean
  hasRelay: boolean
  /** Others are not shown this device's address in the network, and the call goes through the relay alone. */
  onlyRelay: boolean
  setOnlyRelay: (only: boolean) => void
  ice: () => RTCConfiguration
}

export function useWays(room: string, onChange: () => void): Ways {
  const [found, setFound] = useState<OutputOf<typeof iceServers> | 'none'>()
  const [onlyRelay, setOnly] = useState(localStorage.getItem(place) === 'only')
  const relay = found && found !== 'none' && found.relay
  const now = useRef<RTCConfiguration>({})
  const changed = useEffectEvent(onChange)

  useEffect(() => {
    let stopped = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const answer = await askForWays(room)
      if (stopped) return
      setFound((before) => (answer === 'none' ? (before ?? answer) : answer))
      timer = setTimeout(() => void ask(), answer === 'none' ? 30_000 : lasting(answer))
    }
    void ask()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [room])

  // Where there is no relay any more, the call goes without rather than nowhere.
  const config: RTCConfiguration = {
    iceServers: found && found !== 'none' ? (found.ice_servers as RTCIceServer[]) : [],
    iceTransportPolicy: onlyRelay && relay ? 'relay' : 'all',
  }
  useLayoutEffect(() => void (now.current = config))
  return {
    known: found !== undefined,
    hasRelay: relay === true,
    onlyRelay,
    setOnlyRelay(only) {
      localStorage.setItem(place, only ? 'only' : 'no')
      setOnly(only)
      setTimeout(changed)
    },
    ice: () => now.current,
  }
}

const place = 'vivavoce.relay'

/** For the call in a room, or for a look at the network. `none`: nobody answered, and two in one network may still reach each other. */
export async function askForWays(room?: string): Promise<OutputOf<typeof iceServers> | 'none'> {
  try {
    return room === undefined ? await call(iceServersToCheck, {}) : await call(iceServers, { id: room })
  } catch {
    return 'none' // whatever the reason: the call is tried without a relay, and later with one
  }
}

// At four fifths of the time: a clock that is wrong here does not matter, because both ends of it are looked at by the server's.
const lasting = ({ expires_at }: { expires_at: string }) =>
  Math.max(60_000, Math.min((Date.parse(expires_at) - Date.now()) * 0.8, 3_600_000))
