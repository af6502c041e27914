import type { Step } from '../words.ts'
import type { Line } from './weak.ts'

// The connection with one other tab: what I send it, what comes from it, and how both agree on that (perfect negotiation,
// https://w3c.github.io/webrtc-pc/#perfect-negotiation-example). What is said on the way may be lost, so whoever waits says it again.

/** One of the two calls, the other is called: by their tabs' names, so that both know who without a word. */
export type Part = 'calls' | 'is called'

export type Sent = { microphone: MediaStreamTrack | null; camera: MediaStreamTrack | null; screen: MediaStreamTrack | null }
export type State = 'connecting' | 'connected' | 'reconnecting'
export type Heard = { microphone: MediaStreamTrack; camera: MediaStreamTrack; screen: MediaStreamTrack }

export type PeerOptions = {
  part: Part
  ice: () => RTCConfiguration
  say: (signal: Step) => void
  sent: () => Sent
  onChange: () => void
}

export type Peer = {
  state: () => State
  /** What comes from there, once both have agreed. The tracks stay the same for as long as the call does. */
  heard: () => Heard | undefined
  hear: (signal: Step) => void
  /** What I send is another track now, or none. */
  send: (sent: Sent) => void
  /** How much the pictures may take, in bits a second; 0: none are sent. */
  cap: (caps: Caps) => void
  /** How loud they are, 0 to 1. */
  level: () => number
  line: () => Promise<Line>
  /** What may have been lost is said again: the line of words is back. */
  again: () => void
  /** Another way through the network is to be taken. */
  reroute: () => void
  close: () => void
}
export type Caps = { camera: number; screen: number; framerate: number; scale: number }

const order = ['microphone', 'camera', 'screen'] as const // of the transceivers, the same at both ends, for good
const kinds = { microphone: 'audio', camera: 'video', screen: 'video' } as const
const sayAgain = 2_000 // milliseconds until what was not answered is said again
const mayRecover = 3_000 // lines come back by themselves within moments; then ICE is restarted
const giveUp = 20_000 // not connected for so long in spite of it: a new call

export function connect({ part, ice, say, sent, onChange }: PeerOptions): Peer {
  let current = part === 'calls' ? newCall(crypto.randomUUID()) : undefined
  let caps: Caps | undefined
  let closed = false
  let wasConnected = false
  let loud = { source: 0, at: 0 }
  let waiting = Promise.resolve()
  const timer = setInterval(() => remind(), sayAgain)
  if (part === 'is called') say({ call: '', please: true })

  type Call = ReturnType<typeof newCall>
  function newCall(name: string) {
    const pc = new RTCPeerConnection(ice())
    const call = {
      name,
      pc,
      offers: 0,
      makingOffer: false,
      /** The last of their offers I answered. */
      answered: 0,
      early: [] as RTCIceCandidateInit[],
      found: [] as RTCIceCandidateInit[],
      adopted: false,
      since: performance.now(),
      counted: { got: 0, lost: 0, reported: 0 },
    }
    if (part === 'calls') {
      for (const what of order) pc.addTransceiver(kinds[what], { direction: 'sendrecv' })
      adopt(call)
    }
    pc.onnegotiationneeded = () => queue(() => offer(call))
    pc.onicecandidate = ({ candidate }) => {
      if (!candidate || candidate.candidate === '') return
      if (call.found.push(candidate.toJSON()) === 1) setTimeout(() => tellCandidates(call), 50) // some ten come at once
    }
    pc.onconnectionstatechange = () => look(call)
    return call
  }

  /** One thing after the other: what is said arrives faster than it is done. */
  function queue(step: () => Promise<void>): void {
    waiting = waiting.then(async () => {
      if (closed) return
      try {
        await step()
      } catch (error) {
        // A description the browser does not take, or a connection closed meanwhile: the next reminder starts anew.
        if (!closed) console.warn(`A signal of the call was not taken: ${(error as Error).message}`)
      }
    })
  }

  async function offer(call: Call): Promise<void> {
    if (call !== current || call.pc.signalingState !== 'stable') return // asked for again once it is
    if (part === 'is called' && !call.adopted) return
    call.makingOffer = true
    try {
      await call.pc.setLocalDescription()
      call.offers++
      tellOffer(call)
    } finally {
      call.makingOffer = false
    }
  }
  const tellOffer = ({ name, pc, offers }: Call) => say({ call: name, offer: pc.localDescription!.sdp, n: offers })
  const tellAnswer = ({ name, pc, answered }: Call) => say({ call: name, answer: pc.localDescription!.sdp, n: answered })
  function tellCandidates(call: Call): void {
    if (closed || call !== current || call.found.length === 0) return
    say({ call: call.name, candidates: call.found.splice(0) })
  }

  async function heard(signal: Step): Promise<void> {
    if ('please' in signal) {
      if (part === 'calls' && current!.pc.signalingState === 'have-local-offer') tellOffer(current!)
      else if (part === 'calls' && signal.call !== current!.name) renew() // they came anew and know nothing of ours
      return
    }
    if (signal.call !== current?.name) {
      if (part === 'calls' || !('offer' in signal)) return // of an earlier try
      current?.pc.close()
      current = newCall(signal.call)
    }
    const call = current
    const { pc } = call
    if ('offer' in signal) {
      if (signal.n === call.answered && pc.localDescription?.type === 'answer') return tellAnswer(call) // our answer was lost
      if (signal.n <= call.answered) return
      const collides = call.makingOffer || pc.signalingState !== 'stable'
      if (collides && part === 'calls') return // the one who calls insists; the other rolls theirs back
      await pc.setRemoteDescription({ type: 'offer', sdp: signal.offer })
      if (!call.adopted) adopt(call)
      await pc.setLocalDescription()
      call.answered = signal.n
      tellAnswer(call)
    } else if ('answer' in signal) {
      if (pc.signalingState !== 'have-local-offer' || signal.n !== call.offers) return
      await pc.setRemoteDescription({ type: 'answer', sdp: signal.answer })
    } else call.early.push(...signal.candidates)
    await takeCandidates(call)
    if (caps) await applyCaps(call, caps)
    look(call)
  }

  /** Those of the description we have; others wait for theirs, or are of one that was rolled back. */
  async function takeCandidates(call: Call): Promise<void> {
    const known = call.pc.remoteDescription?.sdp
    if (!known) return
    const isKnown = ({ usernameFragment }: RTCIceCandidateInit) => known.includes(`a=ice-ufrag:${usernameFragment}`)
    const now = call.early.filter(isKnown)
    call.early = call.early.filter((one) => !isKnown(one)).slice(-50)
    for (const candidate of now) await call.pc.addIceCandidate(candidate)
  }

  function adopt(call: Call): void {
    call.adopted = true
    const tracks = sent()
    for (const [index, transceiver] of call.pc.getTransceivers().entries()) {
      transceiver.direction = 'sendrecv'
      void transceiver.sender.replaceTrack(tracks[order[index]!])
    }
    onChange()
  }

  function look(call: Call): void {
    if (closed || call !== current) return
    const { connectionState } = call.pc
    if (connectionState === 'connected') {
      wasConnected = true
      call.since = performance.now()
    }
    if (connectionState === 'failed') restart()
    if (connectionState === 'disconnected')
      setTimeout(() => call === current && call.pc.connectionState === 'disconnected' && restart(), mayRecover)
    onChange()
  }

  // The one who calls begins; where that is lost or was not noticed there, the other does.
  function restart(): void {
    if (closed || !current || current.pc.signalingState === 'closed') return
    const call = current
    const go = () => {
      if (closed || call !== current || call.pc.connectionState === 'connected') return
      call.pc.setConfiguration(ice()) // credentials of a relay end after some hours
      call.pc.restartIce()
    }
    if (part === 'calls') go()
    else setTimeout(go, 1_500)
  }

  function renew(): void {
    current?.pc.close()
    current = newCall(crypto.randomUUID())
    onChange()
  }

  function remind(): void {
    if (closed) return
    if (!current) return say({ call: '', please: true })
    const { pc, since } = current
    if (pc.connectionState === 'connected') return void (current.since = performance.now())
    if (pc.signalingState === 'have-local-offer') tellOffer(current)
    const waited = performance.now() - since
    if (waited < giveUp) {
      if (pc.connectionState === 'failed') restart()
      return
    }
    current.since = performance.now()
    if (part === 'calls') renew()
    else say({ call: '', please: true })
  }

  const transceiver = (what: (typeof order)[number]) => {
    const all = current?.adopted ? current.pc.getTransceivers() : []
    return all[order.indexOf(what)]
  }

  return {
    state: () => (current?.pc.connectionState === 'connected' ? 'connected' : wasConnected ? 'reconnecting' : 'connecting'),
    heard() {
      const [microphone, camera, screen] = order.map((what) => transceiver(what)?.receiver.track)
      return microphone && camera && screen ? { microphone, camera, screen } : undefined
    },
    hear: (signal) => queue(() => heard(signal)),
    send(tracks) {
      for (const what of order) {
        const sender = transceiver(what)?.sender
        if (sender && sender.track !== tracks[what]) void sender.replaceTrack(tracks[what])
      }
    },
    cap(wanted) {
      caps = wanted
      if (current?.adopted) queue(() => applyCaps(current!, wanted))
    },
    level() {
      const [source] = transceiver('microphone')?.receiver.getSynchronizationSources() ?? []
      const now = performance.now()
      if (source && source.timestamp !== loud.source) loud = { source: source.timestamp, at: now }
      return source && now - loud.at < 1_000 ? (source.audioLevel ?? 0) : 0 // one that has gone quiet for good keeps its last number
    },
    line: () => (current ? lineOf(current.pc, current.counted) : Promise.resolve({ lostThere: 0, lostHere: 0, takes: undefined })),
    again: () => remind(),
    reroute() {
      if (!current) return
      current.pc.setConfiguration(ice())
      current.pc.restartIce()
    },
    close() {
      closed = true
      clearInterval(timer)
      current?.pc.close()
    },
  }
}

async function applyCaps({ pc, adopted }: { pc: RTCPeerConnection; adopted: boolean }, caps: Caps): Promise<void> {
  if (!adopted || pc.signalingState === 'closed') return
  for (const what of ['camera', 'screen'] as const) {
    const sender = pc.getTransceivers()[order.indexOf(what)]?.sender
    const parameters = sender?.getParameters()
    const [encoding] = parameters?.encodings ?? []
    if (!sender || !parameters || !encoding) continue // not agreed on yet; done again once it is
    const most = caps[what]
    encoding.active = most > 0
    if (most > 0) encoding.maxBitrate = most
    if (what === 'camera') {
      encoding.maxFramerate = caps.framerate
      encoding.scaleResolutionDownBy = caps.scale
    }
    await sender.setParameters(parameters)
  }
}

// https://w3c.github.io/webrtc-stats/ What is counted grows; shares are of what came since the last look.
async function lineOf(pc: RTCPeerConnection, before: { got: number; lost: number; reported: number }): Promise<Line> {
  const line: Line = { lostThere: 0, lostHere: 0, takes: undefined }
  let [got, lost, reported] = [0, 0, before.reported]
  let pair: string | undefined
  const pairs = new Map<string, number | undefined>()
  const report = (await pc.getStats()) as unknown as Map<string, Stat>
  for (const stat of report.values()) {
    // Of pictures that are not sent any more the last report stays for good.
    if (stat.type === 'remote-inbound-rtp' && stat.timestamp > before.reported) {
      line.lostThere = Math.max(line.lostThere, stat.fractionLost ?? 0)
      reported = Math.max(reported, stat.timestamp)
    }
    if (stat.type === 'inbound-rtp') {
      got += stat.packetsReceived ?? 0
      lost += stat.packetsLost ?? 0
    }
    if (stat.type === 'transport') pair = stat.selectedCandidatePairId
    if (stat.type === 'candidate-pair') pairs.set(stat.id, stat.availableOutgoingBitrate)
    if (stat.type === 'outbound-rtp' && stat.kind === 'video' && stat.active && stat.qualityLimitationReason === 'bandwidth') line.takes = 0
  }
  // What the browser thinks the line takes is low at first, and says something only where it holds pictures back.
  if (line.takes === 0) line.takes = pair === undefined ? undefined : pairs.get(pair)
  const [news, gone] = [got - before.got, lost - before.lost]
  if (news + gone > 20) line.lostHere = Math.max(0, gone) / (news + Math.max(0, gone))
  Object.assign(before, { got, lost, reported })
  return line
}

type Stat = {
  id: string
  type: string
  timestamp: number
  kind?: string
  active?: boolean
  fractionLost?: number
  packetsReceived?: number
  packetsLost?: number
  qualityLimitationReason?: string
  selectedCandidatePairId?: string
  availableOutgoingBitrate?: number
}
