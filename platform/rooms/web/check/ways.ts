// What this network allows, found out by trying: the same ways a call would take, with this page at both ends.

export type Found = 'yes' | 'no'

/** The browser's addresses as others would see them, by kind. Without a server for it, `srflx` cannot be found. */
export async function candidatesHere(ice: RTCConfiguration, signal: AbortSignal): Promise<Set<string>> {
  const pc = new RTCPeerConnection(ice)
  const found = new Set<string>()
  try {
    pc.createDataChannel('check')
    const done = new Promise<void>((gathered) => {
      pc.onicecandidate = ({ candidate }) =>
        candidate ? candidate.type && found.add(`${candidate.type} ${candidate.protocol}`) : gathered()
      signal.addEventListener('abort', () => gathered())
    })
    await pc.setLocalDescription()
    await done
  } finally {
    pc.close()
  }
  return found
}

/** Whether two ends reach each other, and by which way. */
export async function connects(ice: RTCConfiguration, signal: AbortSignal): Promise<boolean> {
  const [here, there] = [new RTCPeerConnection(ice), new RTCPeerConnection(ice)]
  try {
    const channel = here.createDataChannel('check')
    const opened = new Promise<boolean>((answer) => {
      channel.addEventListener('open', () => answer(true))
      signal.addEventListener('abort', () => answer(false))
    })
    here.onicecandidate = ({ candidate }) => candidate && void there.addIceCandidate(candidate)
    there.onicecandidate = ({ candidate }) => candidate && void here.addIceCandidate(candidate)
    await here.setLocalDescription()
    await there.setRemoteDescription(here.localDescription!)
    await there.setLocalDescription()
    await here.setRemoteDescription(there.localDescription!)
    return await opened
  } finally {
    here.close()
    there.close()
  }
}

/** Whether a line to our server stands: what tells the two ends of each other. */
export function reachesServer(signal: AbortSignal): Promise<boolean> {
  return new Promise((answer) => {
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live`)
    const end = (reached: boolean) => {
      socket.close()
      answer(reached)
    }
    socket.addEventListener('message', () => end(true))
    socket.addEventListener('error', () => end(false))
    socket.addEventListener('close', () => answer(false))
    signal.addEventListener('abort', () => end(false))
  })
}
