import { canAsk, faultIn, open, openOne, watchDevices, type Fault, type Got, type Kind } from './devices.ts'
import { sound, watchLevel } from './levels.ts'
import { watchable, type Watched } from './watched.ts'

// What goes out from here: my microphone, my camera, my screen. What was chosen is kept, so that a reload asks nothing again.

export type Chosen = { camera: string; microphone: string; speaker: string; cameraOn: boolean; microphoneOn: boolean }
export type Mine = {
  /** A camera that is off is closed, and its lamp goes out. */
  camera: MediaStreamTrack | null
  /** A microphone that is muted stays open: one comes back in the middle of a word. */
  microphone: MediaStreamTrack | null
  muted: boolean
  screen: MediaStreamTrack | null
  faults: { [kind in Kind | 'screen']?: Fault }
  chosen: Chosen
  opening: boolean
}

export type Media = Watched<Mine> & {
  /** Which of the two there are to be, today and the next time. */
  want: (wanted: { [kind in Kind]: boolean }) => void
  /** Asks for what is wanted; what cannot be had is said in `faults`. */
  open: () => Promise<void>
  level: () => number
  mute: (muted: boolean) => Promise<void>
  turnCamera: (on: boolean) => Promise<void>
  choose: (what: Kind | 'speaker', id: string) => Promise<void>
  share: () => Promise<void>
  stopSharing: () => void
  close: () => void
}

export function ownMedia(): Media {
  const mine = watchable<Mine>({
    camera: null,
    microphone: null,
    muted: sessionStorage.getItem(mutedHere) === 'yes',
    screen: null,
    faults: {},
    chosen: kept(),
    opening: false,
  })
  let level = 0
  let unwatchLevel = (): void => undefined
  let closed = false
  let unwatch: (() => void) | undefined

  function choose(change: Partial<Chosen>): void {
    const chosen = { ...mine.get().chosen, ...change }
    localStorage.setItem(place, JSON.stringify(chosen))
    mine.set({ chosen })
  }
  const fault = (kind: Kind | 'screen', why: Fault | undefined) => {
    const { [kind]: _, ...faults } = mine.get().faults
    mine.set({ faults: why ? { ...faults, [kind]: why } : faults })
  }

  function take(kind: Kind, got: Got): void {
    if ('fault' in got) return fault(kind, got.fault)
    if (closed) return got.track.stop()
    const { track } = got
    mine.get()[kind]?.stop()
    track.addEventListener('ended', () => {
      if (mine.get()[kind] !== track) return
      mine.set({ [kind]: null })
      fault(kind, 'gone')
      if (kind === 'microphone') unwatchLevel()
    })
    fault(kind, undefined)
    if (kind === 'microphone') {
      track.enabled = !mine.get().muted
      unwatchLevel()
      unwatchLevel = watchLevel(track, (now) => (level = now))
    } else track.contentHint = 'motion'
    mine.set({ [kind]: track })
  }

  async function openAll(): Promise<void> {
    closed = false
    if (!canAsk()) return mine.set({ faults: { camera: 'insecure', microphone: 'insecure' } })
    unwatch ??= watchDevices(() => void lookAgain()) // a headset is put on: whoever had no microphone has one now
    const { chosen, camera, microphone } = mine.get()
    mine.set({ opening: true })
    const got = await open({
      ...(chosen.microphoneOn && !microphone ? { microphone: chosen.microphone } : {}),
      ...(chosen.cameraOn && !camera ? { camera: chosen.camera } : {}),
    })
    for (const kind of ['microphone', 'camera'] as const) if (got[kind]) take(kind, got[kind])
    mine.set({ opening: false })
  }

  async function lookAgain(): Promise<void> {
    const { chosen, faults, camera, microphone } = mine.get()
    const missing = (why: Fault | undefined) => why === 'none' || why === 'gone'
    if (chosen.microphoneOn && !microphone && missing(faults.microphone)) take('microphone', await openOne('microphone', chosen.microphone))
    if (chosen.cameraOn && !camera && missing(faults.camera)) take('camera', await openOne('camera', chosen.camera))
  }

  return {
    get: mine.get,
    subscribe: mine.subscribe,
    want: ({ camera, microphone }) => choose({ cameraOn: camera, microphoneOn: microphone }),
    open: openAll,
    level: () => (mine.get().muted || !mine.get().microphone ? 0 : level),

    async mute(muted) {
      const { microphone } = mine.get()
      sessionStorage.setItem(mutedHere, muted ? 'yes' : 'no')
      mine.set({ muted })
      if (microphone) microphone.enabled = !muted
      else if (!muted) {
        choose({ microphoneOn: true })
        take('microphone', await openOne('microphone', mine.get().chosen.microphone))
      }
    },

    async turnCamera(on) {
      choose({ cameraOn: on })
      if (on) {
        if (!mine.get().camera) take('camera', await openOne('camera', mine.get().chosen.camera))
        if (!mine.get().chosen.cameraOn) mine.get().camera?.stop() // turned off again while it was opened
        return
      }
      mine.get().camera?.stop()
      mine.set({ camera: null })
      fault('camera', undefined)
    },

    async choose(what, id) {
      choose({ [what]: id, ...(what === 'speaker' ? {} : { [`${what}On`]: true }) })
      if (what !== 'speaker') take(what, await openOne(what, id))
    },

    async share() {
      try {
        const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 10 } }, audio: false })
        const screen = stream.getVideoTracks()[0]!
        screen.contentHint = 'detail' // what is written stays readable
        screen.addEventListener('ended', () => mine.set({ screen: null })) // by the browser's own button
        fault('screen', undefined)
        mine.set({ screen })
      } catch (error) {
        const why = faultIn(error as DOMException)
        fault('screen', why === 'denied' ? undefined : why) // to think better of it is no fault
      }
    },

    stopSharing() {
      mine.get().screen?.stop()
      mine.set({ screen: null })
    },

    close() {
      closed = true
      unwatch?.()
      unwatch = undefined
      unwatchLevel()
      const { camera, microphone, screen } = mine.get()
      for (const track of [camera, microphone, screen]) track?.stop()
      mine.set({ camera: null, microphone: null, screen: null })
    },
  }
}

const place = 'vivavoce.devices'
const mutedHere = 'vivavoce.muted' // of this window alone, and gone with it
const first: Chosen = { camera: '', microphone: '', speaker: '', cameraOn: true, microphoneOn: true }
function kept(): Chosen {
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Chosen>) }
  } catch {
    return first // somebody wrote something else there
  }
}

/** Three notes from the speakers that were chosen. */
export async function testSound(speaker: string): Promise<void> {
  const context = sound()
  const out = context.createMediaStreamDestination()
  for (const [index, note] of [392, 494, 587].entries()) {
    const at = context.currentTime + index * 0.28
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(0.2, at + 0.03)
    gain.gain.exponentialRampToValueAtTime(0.001, at + 0.5)
    const tone = new OscillatorNode(context, { frequency: note })
    tone.connect(gain).connect(out)
    tone.start(at)
    tone.stop(at + 0.6)
  }
  const player = new Audio()
  player.srcObject = out.stream
  if (speaker && 'setSinkId' in player) await player.setSinkId(speaker)
  await player.play()
  setTimeout(() => (player.srcObject = null), 1_500)
}
