/* oxlint-disable react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps -- lists are told apart by what is in them, and a call is begun once an entry */
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { useMe } from '#platform/web/me.ts'
import { longestChat, presence, presenceFrom, type Chat, type Presence } from '../words.ts'
import type { Media } from './media.ts'
import { meshOf, type Link, type Mesh, type Meshed } from './mesh.ts'
import { useWays, type Ways } from './relay.ts'
import type { Room, Seat } from './use-room.ts'
import { useWatched, watchable } from './watched.ts'

/** Somebody else inside: their seat, how they are, and the line to them. */
export type Other = Seat & { how: Presence | undefined; link: Link | undefined }
export type ChatLine = { id: string; from: string; text: string; lost?: true }
export type Calling = {
  others: Other[]
  /** Their line of words stands; else this page is being connected anew. */
  ready: boolean
  weak: boolean
  speaks: boolean
  hand: boolean
  raiseHand: (up: boolean) => void
  soundOnly: boolean
  setSoundOnly: (wanted: boolean) => void
  picturesNow: () => void
  chat: ChatLine[]
  write: (text: string) => void
  ways: Ways
}

/** The call as it is: everybody with everybody, kept in step with who is inside. */
export function useCall({ room, entry, media }: { room: Room; entry: string; media: Media }): Calling {
  const me = useMe()
  const mine = useWatched(media)
  const [mesh, setMesh] = useState<Mesh>()
  const { links, weak, speaks } = useWatched<Meshed>(mesh ?? nobody)
  const [hand, setHand] = useState(false)
  const [soundOnly, setSoundOnly] = useState(false)
  const [chat, setChat] = useState<ChatLine[]>([])
  const add = (line: ChatLine) => setChat((lines) => (lines.some(({ id }) => id === line.id) ? lines : [...lines, line]))

  const { ready, say, here, present } = useTopic(room.id, {
    'said:rooms.signal': ({ from, body }) => mesh?.hear(from!, body),
    'said:rooms.chat': ({ from, body }) => {
      const { id, text } = body as Partial<Chat>
      if (typeof id === 'string' && typeof text === 'string') add({ id, from: from!, text: text.slice(0, longestChat) })
    },
  })
  const speak = useRef(say)
  useLayoutEffect(() => void (speak.current = say))
  const ways = useWays(room.id, () => mesh?.reroute())

  useEffect(() => {
    if (!ways.known) return undefined
    const made = meshOf({
      entry,
      ice: ways.ice,
      say: (to, body) => void speak.current('rooms.signal', body as object, to),
      level: media.level,
    })
    setMesh(made)
    return () => made.close()
  }, [entry, ways.known])

  const inside = room.others.filter((seat) => seat.state === 'inside' && seat.entry !== null)
  const others = inside.map((seat): Other => {
    const said = present.find(({ person }) => person === seat.person)
    const how = said && presenceFrom(said.state)
    return { ...seat, how: how?.entry === seat.entry ? how : undefined, link: links.find((link) => link.entry === seat.entry) }
  })

  const meet = others.map(({ person, entry, how }) => ({ person, entry: entry!, soundOnly: how?.poor === true }))
  useEffect(() => mesh?.with(meet), [mesh, JSON.stringify(meet)])
  const { camera, microphone, screen, muted } = mine
  useEffect(() => mesh?.send({ camera, microphone, screen }), [mesh, camera, microphone, screen])
  useEffect(() => mesh?.soundOnly(soundOnly), [mesh, soundOnly])
  useEffect(() => void (ready && mesh?.again()), [mesh, ready])

  const poor = weak || soundOnly
  const how = presence({ entry, mic: !muted && microphone !== null, camera: camera !== null, screen: screen !== null, hand, poor })
  const tell = useEffectEvent(() => here(how))
  useEffect(() => void (ready && tell()), [ready, how])

  return {
    others,
    ready,
    weak,
    speaks,
    hand,
    raiseHand: setHand,
    soundOnly,
    setSoundOnly(wanted) {
      setSoundOnly(wanted)
      if (!wanted) mesh?.picturesNow()
    },
    picturesNow: () => mesh?.picturesNow(),
    chat,
    write(text) {
      const id = crypto.randomUUID()
      const sent = say('rooms.chat', { id, text })
      add({ id, from: me.id, text, ...(sent ? {} : { lost: true }) })
    },
    ways,
  }
}

const nobody = watchable<Meshed>({ links: [], weak: false, speaks: false })
