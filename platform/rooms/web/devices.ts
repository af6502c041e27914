// The camera, the microphone and the speakers of this device, and why one of them cannot be used.

export type Kind = 'camera' | 'microphone'
export type Device = { id: string; label: string }
export type Devices = { camera: Device[]; microphone: Device[]; speaker: Device[] }

/** Why there is no sound or picture from here. What to do about it stands in `faults.tsx`. */
export type Fault =
  | 'insecure' // browsers give neither camera nor microphone to a page that came over plain http
  | 'denied' // by the person, now or once and for all
  | 'denied_by_system' // the browser itself may not
  | 'none' // nothing of the kind is connected
  | 'in_use' // another program has it
  | 'gone' // it was pulled out
  | 'failed'

export type Got = { track: MediaStreamTrack } | { fault: Fault }

/** Nobody is asked for what they allowed before; then the page needs no explanation in advance. */
export async function wasAllowed(): Promise<boolean> {
  if (!canAsk()) return false
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.some(({ kind, label }) => kind !== 'audiooutput' && label !== '')
}

export const canAsk = (): boolean => window.isSecureContext && 'mediaDevices' in navigator

/** Both in one question; where that fails, each alone, so that a missing camera does not cost the microphone. */
export async function open(wanted: { [kind in Kind]?: string | undefined }): Promise<{ [kind in Kind]?: Got }> {
  const { microphone, camera } = wanted
  if (microphone === undefined && camera === undefined) return {}
  if (camera === undefined) return { microphone: await openOne('microphone', microphone!) }
  if (microphone === undefined) return { camera: await openOne('camera', camera) }
  try {
    const stream = await askFor({ audio: constraintsOf('microphone', microphone), video: constraintsOf('camera', camera) })
    return { microphone: { track: stream.getAudioTracks()[0]! }, camera: { track: stream.getVideoTracks()[0]! } }
  } catch {
    // which of the two it was is found out now
    const first = await openOne('microphone', microphone)
    return { microphone: first, camera: await openOne('camera', camera) }
  }
}

export async function openOne(kind: Kind, id: string): Promise<Got> {
  try {
    const stream = await askFor({ [kind === 'camera' ? 'video' : 'audio']: constraintsOf(kind, id) })
    return { track: stream.getTracks()[0]! }
  } catch (error) {
    const fault = faultIn(error as DOMException)
    return fault === 'gone' && id !== '' ? openOne(kind, '') : { fault } // the one chosen last time is not here today
  }
}

async function askFor(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (!canAsk()) throw new DOMException('', 'SecurityError')
  return navigator.mediaDevices.getUserMedia(constraints)
}

// Four people send each other three pictures each: more than this no tile shows, and no usual line carries.
const constraintsOf = (kind: Kind, id: string): MediaTrackConstraints => ({
  ...(id === '' ? {} : { deviceId: { exact: id } }),
  ...(kind === 'camera'
    ? { width: { ideal: 960 }, height: { ideal: 540 }, frameRate: { ideal: 24, max: 30 }, facingMode: 'user' }
    : { echoCancellation: true, noiseSuppression: true, autoGainControl: true }),
})

// https://w3c.github.io/mediacapture-main/#dom-mediadevices-getusermedia
export function faultIn({ name, message }: Pick<DOMException, 'name' | 'message'>): Fault {
  if (name === 'NotAllowedError') return /system/i.test(message) ? 'denied_by_system' : 'denied'
  if (name === 'NotFoundError') return 'none'
  if (name === 'NotReadableError' || name === 'AbortError') return 'in_use'
  if (name === 'OverconstrainedError') return 'gone'
  return name === 'SecurityError' ? 'insecure' : 'failed'
}

/** What is connected, by name. Browsers tell names only to whoever may use one. */
export async function devicesHere(): Promise<Devices> {
  const found: Devices = { camera: [], microphone: [], speaker: [] }
  if (!canAsk()) return found
  const all = await navigator.mediaDevices.enumerateDevices()
  for (const { kind, deviceId, label } of all) {
    if (deviceId === '') continue
    const list = found[kindsOf[kind]]
    list.push({ id: deviceId, label: label || `${nouns[kindsOf[kind]]} ${list.length + 1}` })
  }
  return found
}
const kindsOf = { videoinput: 'camera', audioinput: 'microphone', audiooutput: 'speaker' } as const
const nouns = { camera: 'Camera', microphone: 'Microphone', speaker: 'Speaker' }

export function watchDevices(then: () => void): () => void {
  if (!canAsk()) return () => undefined
  navigator.mediaDevices.addEventListener('devicechange', then)
  return () => navigator.mediaDevices.removeEventListener('devicechange', then)
}

/** Safari before 18.4 and some phones cannot: there the system chooses. */
export const canChooseSpeaker = (): boolean => 'setSinkId' in HTMLMediaElement.prototype
