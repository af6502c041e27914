import { isPolite, type Signal } from '../words.ts'
import { scaled, speaking } from './levels.ts'
import { connect, type Caps, type Heard, type Peer, type Sent, type State } from './peer.ts'
import { fine, isMine, judge } from './weak.ts'
import { watchable, type Watched } from './watched.ts'

// Everybody with everybody, for up to four: each hears each other one directly, and no server hears anything.

/** Somebody in the call, by the entry they are in it with: a reload is another one. */
export type Other = { person: string; entry: string; soundOnly: boolean }
export type Link = { person: string; entry: string; state: State; heard: Heard | undefined; speaks: boolean }
export type Meshed = {
  links: Link[]
  /** My line is too weak for pictures, as it was found. */
  weak: boolean
  speaks: boolean
}

export type Mesh = Watched<Meshed> & {
  /** Who is in the call now. */
  with: (others: readonly Other[]) => void
  hear: (from: string, body: unknown) => void
  send: (sent: Sent) => void
  /** Sound alone, because I want it so. */
  soundOnly: (wanted: boolean) => void
  /** Pictures at once, whatever was found. */
  picturesNow: () => void
  again: () => void
  /** The ways through the network have changed. */
  reroute: () => void
  close: () => void
}

export type MeshOptions = {
  entry: string
  ice: () => RTCConfiguration
  say: (to: string, body: unknown) => void
  level: () => number
}

export function meshOf({ entry: mine, ice, say, level }: MeshOptions): Mesh {
  const state = watchable<Meshed>({ links: [], weak: false, speaks: false })
  const peers = new Map<string, { other: Other; peer: Peer; speaks: (level: number) => boolean }>()
  const iSpeak = speaking()
  let sent: Sent = { microphone: null, camera: null, screen: null }
  let judgement = fine(performance.now())
  let wantsSound = false

  function show(): void {
    const links = [...peers.values()].map(({ other: { person, entry }, peer, speaks }) => ({
      person,
      entry,
      state: peer.state(),
      heard: peer.heard(),
      speaks: speaks(scaled(peer.level())),
    }))
    const before = state.get().links
    const same = links.length === before.length && links.every((link, index) => isSame(link, before[index]!))
    state.set({ links: same ? before : links, weak: !judgement.pictures, speaks: iSpeak(level()) })
  }

  function meet(other: Other): void {
    const { person, entry } = other
    const peer = connect({
      part: isPolite(mine, entry) ? 'is called' : 'calls',
      ice,
      say: (signal) => say(person, { ...signal, from: mine, to: entry } satisfies Signal),
      sent: () => sent,
      onChange: show,
    })
    peers.set(entry, { other, peer, speaks: speaking() })
  }

  function capAll(): void {
    const pictures = judgement.pictures && !wantsSound
    for (const { other, peer } of peers.values()) peer.cap(capsFor(peers.size + 1, pictures && !other.soundOnly))
  }

  async function lookAtLines(): Promise<void> {
    const connected = [...peers.values()].filter(({ peer }) => peer.state() === 'connected')
    const counting = connected.filter(({ other }) => !judgement.pictures || !other.soundOnly)
    const lines = await Promise.all(counting.map(({ peer }) => peer.line()))
    const before = judgement
    const place = [...peers.keys()].every((other) => isPolite(other, mine)) ? 'first' : 'second'
    judgement = judge(judgement, isMine(lines), performance.now(), place)
    if (judgement.pictures !== before.pictures) capAll()
    show()
  }

  const timers = [setInterval(show, 150), setInterval(() => void lookAtLines(), 2_000)]

  return {
    get: state.get,
    subscribe: state.subscribe,

    with(others) {
      for (const [entry, known] of peers) {
        const still = others.find((other) => other.entry === entry)
        if (still) known.other = still
        else drop(entry)
      }
      for (const other of others) if (!peers.has(other.entry)) meet(other)
      capAll()
      show()
    },

    hear(from, body) {
      const said = body as Signal
      const known = peers.get(said.from)
      if (said.to === mine && known?.other.person === from) known.peer.hear(said)
    },

    send(now) {
      sent = now
      for (const { peer } of peers.values()) peer.send(now)
    },

    soundOnly(wanted) {
      wantsSound = wanted
      capAll()
    },

    picturesNow() {
      judgement = { ...fine(performance.now()), tries: judgement.tries }
      capAll()
      show()
    },

    again: () => peers.forEach(({ peer }) => peer.again()),
    reroute: () => peers.forEach(({ peer }) => peer.reroute()),

    close() {
      timers.forEach(clearInterval)
      for (const { peer } of peers.values()) peer.close()
      peers.clear()
    },
  }

  function drop(entry: string): void {
    peers.get(entry)?.peer.close()
    peers.delete(entry)
  }
}

const isSame = (one: Link, other: Link): boolean =>
  one.entry === other.entry &&
  one.state === other.state &&
  one.speaks === other.speaks &&
  one.heard?.microphone === other.heard?.microphone &&
  one.heard?.camera === other.heard?.camera

// What one person sends, altogether, stays below some 1.2 Mbit/s, which a usual line carries upwards: one good picture to one
// other, or three small ones to three. A shared screen has few pictures a second and has to be readable.
export function capsFor(people: number, pictures: boolean): Caps {
  if (!pictures) return { camera: 0, screen: 0, framerate: 5, scale: 4 }
  if (people <= 2) return { camera: 1_000_000, screen: 1_200_000, framerate: 24, scale: 1 }
  if (people === 3) return { camera: 500_000, screen: 700_000, framerate: 20, scale: 1.5 }
  return { camera: 300_000, screen: 500_000, framerate: 15, scale: 2 }
}
