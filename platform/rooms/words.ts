// What those inside say to each other over their topic, and keep nowhere. Of the browser's first half: types and plain functions.

/** `rooms.signal`, to one person: from one entry to another. A tab that is not `to` ignores it. */
export type Signal = { from: string; to: string } & Step

/**
 * A step of two tabs towards a line between them (perfect negotiation, web/peer.ts). Each try has a name: what was said of an earlier one counts
 * for nothing. Words may be lost, so an offer has a number, by which a second copy is known as one, and `please` asks for what did not come.
 */
export type Step = { call: string } & (
  | { offer: string; n: number }
  | { answer: string; n: number }
  | { candidates: RTCIceCandidateInit[] }
  | { please: true }
)

/** Of two that describe themselves at once, this one steps back. Both reckon alike, also after a reload. */
export const isPolite = (mine: string, theirs: string): boolean => mine < theirs

/** `rooms.chat`, to all. The id is the sender's, so that an echo is known. */
export type Chat = { id: string; text: string }
export const longestChat = 2_000 // signs: a screen full, and far below what a socket takes

/** How somebody is in the room, said by presence, so that whoever comes later knows it, too. */
export type Presence = {
  entry: string
  mic: boolean
  camera: boolean
  screen: boolean
  hand: boolean
  /** Sound alone, because their line is poor. */
  poor: boolean
}

const signs = { mic: 'm', camera: 'c', screen: 's', hand: 'h', poor: 'p' } as const
const flags = Object.keys(signs) as (keyof typeof signs)[]

/** For `here(topic, state)`, which takes a hundred signs. */
export const presence = (how: Presence): string => `${how.entry} ${flags.map((flag) => (how[flag] ? signs[flag] : '')).join('')}`

/** Undefined where it is not one of ours: another tab's version, or somebody's own program. */
export function presenceFrom(state: string): Presence | undefined {
  const [, entry, said] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([a-z]*)$/.exec(state) ?? []
  if (entry === undefined || said === undefined) return undefined
  const has = (flag: keyof typeof signs) => said.includes(signs[flag])
  return { entry, mic: has('mic'), camera: has('camera'), screen: has('screen'), hand: has('hand'), poor: has('poor') }
}

/** The body of `rooms.changed`. */
export type Changed = {
  room: string
  version: number
  what: 'seats' | 'clock' | 'door' | 'closed'
  person?: string
  entry?: string
}
