import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { chime } from './bells.ts'
import { Chat } from './chat.tsx'
import { AskOfClock, ClockBar } from './clock.tsx'
import { Controls } from './controls.tsx'
import { faultInShort } from './faults.tsx'
import { useCallKeys } from './keys.ts'
import { LetIn } from './let-in.tsx'
import type { Media, Mine } from './media.ts'
import { nameOf, Tiles } from './tiles.tsx'
import { useAnnouncer } from './announcer.ts'
import { useAwake } from './awake.ts'
import { useCall, type Calling } from './use-call.ts'
import type { Being, Room } from './use-room.ts'
import { useVoices } from './voices.ts'
import { useWatched } from './watched.ts'
import { useWhatHappens } from './what-happens.ts'
import './call.css'

type CallProps = {
  being: Being
  media: Media
  title: string
  /** What it is, above its title: "Practice station". */
  kind?: string | undefined
  /** What the domain shows beside the call: a brief, a marking sheet. */
  beside?: ReactNode
  /** A clock of the domain's own, where the room has none. */
  clock?: ReactNode
  /** What the domain asks of somebody, or has to say above the pictures. */
  asks?: ReactNode
}

// Not needed every minute, so it comes after the call; but with it, for later nobody may answer any more.
const loadMore = () => import('./more.tsx')
const More = lazy(async () => ({ default: (await loadMore()).More }))

/** The call itself. It fills the window, and is the same dark room in light and in dark. */
export function Call({ being, media, title, kind, beside, clock, asks }: CallProps) {
  const { room, entry, take, leave } = being
  const mine = useWatched(media)
  const calling = useCall({ room, entry, media })
  const { said, announce } = useAnnouncer()
  const chat = useChat(calling)
  const [more, setMore] = useState(false)
  const voices = useVoices(
    calling.others.flatMap(({ link }) => (link?.heard ? [link.heard.microphone] : [])),
    mine.chosen.speaker,
  )
  useEffect(() => void (document.title = `${title} – Vivavoce`), [title])
  useEffect(() => {
    const { microphone, camera, faults } = media.get()
    if (!microphone && !camera && Object.keys(faults).length === 0) void media.open() // after a reload
  }, [media])
  useWhatHappens(room, calling, announce)
  useAwake()
  useEffect(() => void loadMore().catch(() => undefined), []) // asked for once more when it is opened
  useCallKeys((key) => {
    if (key === 'm') void media.mute(!(mine.muted || !mine.microphone))
    if (key === 'v') void media.turnCamera(!mine.camera)
    if (key === 'h') calling.raiseHand(!calling.hand)
    if (key === 'c') chat.toggle()
    if (key === '?') setMore(true)
    if (key === 'Esc' && chat.open) chat.toggle()
  })

  return (
    <div className="call">
      <header className="call-head">
        <div className="call-title">
          {kind && <p>{kind}</p>}
          <h1 tabIndex={-1}>{title}</h1>
        </div>
        {room.clock ? <ClockBar room={room} clock={room.clock} take={take} announce={announce} /> : clock}
      </header>
      <Banners being={being} calling={calling} media={media} mine={mine} voices={voices} asks={asks} />
      <div className="call-stage" data-beside={chat.open || beside !== undefined || undefined}>
        <Tiles calling={calling} mine={mine} />
        {chat.open ? <Chat room={room} calling={calling} close={chat.toggle} /> : beside && <aside className="call-beside">{beside}</aside>}
      </div>
      <Controls media={media} mine={mine} calling={calling} chat={chat} more={() => setMore(true)} leave={leave} />
      {more && (
        <Suspense>
          <More room={room} calling={calling} media={media} close={() => setMore(false)} leave={leave} take={take} />
        </Suspense>
      )}
      <output className="unseen">{said}</output>
    </div>
  )
}

function useChat({ chat }: Calling) {
  const [open, setOpen] = useState(false)
  const [seen, setSeen] = useState(0)
  const before = useRef<HTMLElement>(null)
  if (open && seen !== chat.length) setSeen(chat.length)
  return {
    open,
    unread: chat.length - seen,
    toggle() {
      if (!open) before.current = document.activeElement as HTMLElement | null
      setOpen(!open)
      if (open)
        setTimeout(() => (before.current?.isConnected ? before.current : document.querySelector<HTMLElement>('[data-sign=chat]'))?.focus())
    },
  }
}

type BannersProps = { being: Being; calling: Calling; media: Media; mine: Mine; voices: ReturnType<typeof useVoices>; asks: ReactNode }

/** What everybody here should know now, or somebody has to answer. */
function Banners({ being: { room, take }, calling, media, mine, voices, asks }: BannersProps) {
  const waiting = room.others.filter(({ state }) => state === 'waiting')
  useChimeFor(waiting.length)
  const away = useLasting(!calling.ready)
  const fault = mine.faults.microphone ?? (mine.chosen.cameraOn ? mine.faults.camera : undefined)
  return (
    <div className="banners">
      {mine.screen && (
        <fieldset className="banner banner-live" aria-label="Screen">
          <p>You are sharing your screen. Everybody here sees it.</p>
          <Button variant="default" onClick={media.stopSharing}>
            Stop sharing
          </Button>
        </fieldset>
      )}
      {mine.faults.screen && (
        <div className="banner">
          <p>Your screen could not be shared. {faultInShort('screen', mine.faults.screen)}.</p>
        </div>
      )}
      {room.me.lets_in &&
        waiting.map(({ person, name }) => (
          <fieldset key={person} className="banner" aria-label={`${nameOf({ name })} waits`}>
            <p>{nameOf({ name })} waits to be let in.</p>
            <LetIn room={room} person={person} name={name} take={take} />
          </fieldset>
        ))}
      {room.clock && <AskOfClock room={room} clock={room.clock} take={take} />}
      {asks}
      {calling.weak && (
        <fieldset className="banner banner-warn" aria-label="Your connection">
          <p>Your connection is weak: sound only. Pictures come back by themselves.</p>
          <Button variant="default" onClick={calling.picturesNow}>
            Show pictures now
          </Button>
        </fieldset>
      )}
      {calling.soundOnly && !calling.weak && (
        <fieldset className="banner" aria-label="Sound only">
          <p>Sound only, as you chose.</p>
          <Button variant="default" onClick={() => calling.setSoundOnly(false)}>
            Show pictures
          </Button>
        </fieldset>
      )}
      {voices.blocked && (
        <fieldset className="banner banner-warn" aria-label="Sound">
          <p>Your browser waits for a press before it plays sound.</p>
          <Button onClick={voices.unblock}>Turn the sound on</Button>
        </fieldset>
      )}
      {fault && (
        <fieldset className="banner banner-warn" aria-label="Your devices">
          <p>{faultInShort(mine.faults.microphone ? 'microphone' : 'camera', fault)}.</p>
          <Button variant="default" onClick={() => void media.open()}>
            Try again
          </Button>
        </fieldset>
      )}
      {away && (
        <div className="banner banner-warn">
          <p>Connecting to the room… Whom you hear already you go on hearing.</p>
        </div>
      )}
    </div>
  )
}

/** True once it has been so for a second and a half: coming in takes less. */
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!now) {
      setLasting(false) // oxlint-disable-line react/set-state-in-effect -- over at once, and begun only after a while
      return undefined
    }
    const timer = setTimeout(() => setLasting(true), 1_500)
    return () => clearTimeout(timer)
  }, [now])
  return lasting
}

function useChimeFor(waiting: number): void {
  const before = useRef(0)
  useEffect(() => {
    if (waiting > before.current) chime()
    before.current = waiting
  }, [waiting])
}

export const titleOf = (room: Room): string =>
  room.others.length === 0 ? 'A room of your own' : `With ${new Intl.ListFormat('en-GB').format(room.others.map((seat) => nameOf(seat)))}`
