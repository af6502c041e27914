import type { Page } from 'playwright-core'
import { cast } from '#platform/demo/cast.ts'
import { presence } from '#platform/rooms/words.ts'

// A room as a stage set: what the server and the others would say is said by the scene, and the lines to them are painted. How calls
// come about in truth is shown in platform/rooms/web/tests; here is how they look.
export type Set = {
  /** Besides Hana, who looks. */
  others?: Other[]
  clock?: 'set' | 'running' | 'paused' | 'asked'
  me?: { state?: 'outside' | 'waiting' | 'inside'; waits?: boolean; lets_in?: boolean }
  closed?: true
  full?: true
  /** Hana's own camera and microphone. */
  devices?: 'painted' | 'denied' | 'none'
  /** Of a hundred packets so many are lost. */
  loses?: number
  beginsAfter?: number
}
type Other = {
  who: 'jonas' | 'priya' | 'mateo'
  role: string
  state?: 'outside' | 'waiting' | 'inside' | 'left'
  how?: Partial<Omit<Parameters<typeof presence>[0], 'entry'>>
}

export const room = '0dec0de0-0000-4000-8000-0000000000aa'
const entries = {
  jonas: '00000000-0000-4000-8000-000000000001',
  priya: '00000000-0000-4000-8000-000000000002',
  mateo: '00000000-0000-4000-8000-000000000003',
}
const hana = cast.hana.id

export const roomSet =
  (set: Set) =>
  async (page: Page): Promise<void> => {
    let mine: string | null = null
    let state = set.me?.state ?? 'outside'
    await page.addInitScript(painted, { devices: set.devices ?? 'painted', loses: (set.loses ?? 0) / 100 })
    await page.route(`**/api/rooms/${room}`, (route) => route.fulfill({ json: answer() }))
    await page.route(`**/api/rooms/${room}/entry`, (route) => {
      if (set.full) return route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(full) })
      mine = (route.request().postDataJSON() as { entry: string }).entry
      state = set.me?.waits ? 'waiting' : 'inside'
      return route.fulfill({ json: answer() })
    })
    await page.route(`**/api/rooms/${room}/{here,leaving}`, (route) => route.fulfill({ json: {} }))
    await page.route('**/api/rooms/{ice-servers,*/ice-servers}', (route) =>
      route.fulfill({ json: { ice_servers: [], relay: false, expires_at: at(3_600) } }),
    )
    await page.routeWebSocket(/\/live$/, (line) => {
      const say = (what: object) => line.send(JSON.stringify(what))
      say({ say: 'hello', epoch: room, now: at(0), beat: 15_000, node: room })
      line.onMessage((text) => {
        const said = JSON.parse(String(text)) as { say: string; topic?: string; topics?: Record<string, null> }
        if (said.say === 'beat') say({ say: 'beat', now: at(0) })
        if (said.say === 'listen') for (const topic of Object.keys(said.topics!)) say({ say: 'ready', topic, seq: 0 })
        if (said.say === 'here' && said.topic === room) say({ say: 'present', topic: room, people: present() })
      })
    })

    const present = () =>
      (set.others ?? [])
        .filter(({ state = 'inside' }) => state === 'inside')
        .map(({ who, how }) => ({
          person: cast[who].id,
          state: presence({ entry: entries[who], mic: true, camera: true, screen: false, hand: false, poor: false, ...how }),
        }))
    const answer = () => ({
      id: room,
      kind: 'scenes.room',
      version: 1,
      now: at(0),
      opens_at: at(set.beginsAfter ?? -60),
      closes_at: at(3_600),
      ends_at: at(4_500),
      closed_at: set.closed ? at(-5) : null,
      most: 4,
      me: {
        ...seat,
        person: hana,
        name: 'Hana Novotná',
        role: 'host',
        state,
        entry: mine,
        lets_in: true,
        ...set.me,
        ...(set.me?.state ? { state } : {}),
      },
      others: (set.others ?? []).map(({ who, role, state = 'inside' }) => ({
        ...seat,
        person: cast[who].id,
        name: cast[who].name,
        role,
        state,
        entry: state === 'inside' ? entries[who] : null,
      })),
      clock: set.clock ? clock(set.clock) : null,
    })
  }

const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
const seat = { since: at(-60), entry: null, lets_in: false, waits: false, keeps_time: true, away_since: null }
const plan = [
  { name: 'reading', seconds: 120, bells: [], by: [] },
  { name: 'consultation', seconds: 480, bells: [420], by: [] },
  { name: 'feedback', seconds: null, bells: [], by: [] },
]
const began = Date.now() - 200_000
const clock = (is: NonNullable<Set['clock']>) => ({
  version: 1,
  plan,
  instants: is === 'set' ? [] : [0, 120, 600, null].map((after) => (after === null ? null : new Date(began + after * 1_000).toISOString())),
  paused_at: is === 'paused' ? at(0) : null,
  stopped_at: null,
  ask: is === 'asked' ? { what: 'extend', by: cast.jonas.id, phase: 2, seconds: 60 } : null,
})
export const notThere = (page: Page): Promise<unknown> =>
  page.route(`**/api/rooms/${room}`, (route) =>
    route.fulfill({ status: 404, contentType: 'application/problem+json', body: JSON.stringify(gone) }),
  )
const gone = { type: 'about:blank', status: 404, code: 'not_your_room', title: 'Not your room' }
const full = { type: 'about:blank', status: 409, code: 'room_is_full', title: 'The room is full' }

// In the page: a camera that shows a painted person, and lines over which painted people come.
function painted({ devices, loses }: { devices: NonNullable<Set['devices']>; loses: number }): void {
  let count = 0
  function person(): MediaStreamTrack {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 640, height: 360 })
    const paper = canvas.getContext('2d')!
    const hue = [200, 25, 150, 260][count++ % 4]
    const paint = () => {
      paper.fillStyle = `oklch(0.42 0.03 ${hue})`
      paper.fillRect(0, 0, 640, 360)
      paper.fillStyle = `oklch(0.62 0.05 ${hue})`
      paper.beginPath()
      paper.ellipse(320, 400, 170, 170, 0, 0, 7)
      paper.fill()
      paper.beginPath()
      paper.ellipse(320, 165, 68, 84, 0, 0, 7)
      paper.fill()
    }
    paint()
    setInterval(paint, 500)
    return canvas.captureStream(2).getVideoTracks()[0]!
  }
  const Real = window.RTCPeerConnection
  const silence = () => new Real().addTransceiver('audio').receiver.track // of a line that leads nowhere

  Object.assign(navigator.mediaDevices, {
    async getUserMedia({ audio, video }: MediaStreamConstraints) {
      if (devices === 'denied') throw new DOMException('Permission denied', 'NotAllowedError')
      if (devices === 'none') throw new DOMException('', 'NotFoundError')
      return new MediaStream([...(audio ? [silence()] : []), ...(video ? [person()] : [])])
    },
    async enumerateDevices() {
      if (devices === 'none') return []
      const label = (name: string) => (devices === 'denied' ? '' : name)
      return [
        { kind: 'videoinput', deviceId: devices === 'denied' ? '' : 'a', label: label('Built-in camera') },
        { kind: 'audioinput', deviceId: devices === 'denied' ? '' : 'b', label: label('Headset') },
        { kind: 'audiooutput', deviceId: devices === 'denied' ? '' : 'c', label: label('Headset') },
      ]
    },
    getDisplayMedia: async () => new MediaStream([person()]),
  })

  const side = (kind: string) => ({
    direction: 'sendrecv',
    sender: {
      track: null,
      replaceTrack: async () => undefined,
      getParameters: () => ({ encodings: [] }),
      setParameters: async () => undefined,
    },
    receiver: { track: kind === 'audio' ? silence() : person(), getSynchronizationSources: () => [] },
  })
  class Line {
    connectionState = 'connected'
    signalingState = 'stable'
    localDescription = { type: 'offer', sdp: '' }
    sides: ReturnType<typeof side>[] = []
    addTransceiver(kind: string) {
      this.sides.push(side(kind))
    }
    getTransceivers = () => this.sides
    getStats = async () => new Map([['a', { type: 'remote-inbound-rtp', fractionLost: loses, timestamp: Date.now() }]])
    setConfiguration = () => undefined
    restartIce = () => undefined
    close = () => undefined
    setLocalDescription = async () => undefined
  }
  Object.assign(window, { RTCPeerConnection: Line })
}
