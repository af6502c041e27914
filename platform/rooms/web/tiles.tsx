import type { ReactNode } from 'react'
import { useMe } from '#platform/web/me.ts'
import { Face } from '#platform/web/parts/person.tsx'
import { Icon } from './icons.tsx'
import type { Mine } from './media.ts'
import { Picture } from './picture.tsx'
import type { Calling, Other } from './use-call.ts'
import './tiles.css'

/** Everybody who is here, and what one of them shows. With one other, they are large and I am small. */
export function Tiles({ calling, mine }: { calling: Calling; mine: Mine }) {
  const { others } = calling
  const shows = others.find(({ how, link }) => how?.screen && link?.heard)
  const shape = shows ? 'shown' : others.length === 1 ? 'two' : `grid-${others.length + 1}`
  return (
    <div className="tiles" data-shape={shape}>
      {shows && (
        <figure className="tile tile-shown" aria-label={`${nameOf(shows)} shows their screen`}>
          <Picture key={shows.entry} track={shows.link!.heard!.screen} whole />
          <p className="tile-name">{nameOf(shows)} shows their screen</p>
        </figure>
      )}
      <ul className="tiles-people" aria-label="Who is here">
        {others.map((other) => (
          <OtherTile key={other.person} other={other} soundOnly={calling.weak || calling.soundOnly} />
        ))}
        <MyTile calling={calling} mine={mine} />
      </ul>
      {others.length === 0 && <p className="tiles-alone">You are the first. Whoever comes appears here.</p>}
    </div>
  )
}

export const nameOf = ({ name }: { name: string }): string => name || 'Somebody without a name'

function OtherTile({ other, soundOnly }: { other: Other; soundOnly: boolean }) {
  const { how, link, name, role } = other
  const state = stateOf(other)
  const pictures = how?.camera && !how.poor && !soundOnly && link?.state === 'connected' && link.heard
  return (
    <Tile
      name={nameOf(other)}
      face={name}
      role={role}
      speaks={link?.speaks === true && how?.mic === true}
      muted={how !== undefined && !how.mic}
      hand={how?.hand === true}
      says={state ?? (how?.poor ? 'Sound only: their line is weak' : undefined)}
    >
      {pictures && <Picture key={link.entry} track={link.heard!.camera} />}
    </Tile>
  )
}

function stateOf({ link, away_since }: Other): string | undefined {
  if (link?.state === 'connected') return undefined
  if (away_since) return 'Away for a while. Their place is kept.'
  if (link?.state === 'reconnecting') return 'Reconnecting…'
  return 'Connecting…'
}

function MyTile({ calling: { speaks, hand, weak, soundOnly }, mine }: { calling: Calling; mine: Mine }) {
  const me = useMe()
  return (
    <Tile
      name="You"
      face={me.name}
      speaks={speaks}
      muted={mine.muted || !mine.microphone}
      hand={hand}
      says={mine.camera && (weak || soundOnly) ? 'Your picture is not sent' : undefined}
      me
    >
      {mine.camera && <Picture track={mine.camera} mirrored />}
    </Tile>
  )
}

type TileProps = {
  name: string
  face: string
  role?: string
  speaks: boolean
  muted: boolean
  hand: boolean
  says: string | undefined
  me?: boolean
  children: ReactNode
}

function Tile({ name, face, role, speaks, muted, hand, says, me = false, children }: TileProps) {
  return (
    <li className="tile" data-me={me || undefined} data-speaks={speaks || undefined}>
      {children || (
        <div className="tile-face">
          <Face name={face} />
        </div>
      )}
      {says && <p className="tile-says">{says}</p>}
      <p className="tile-name">
        {speaks && (
          <span className="tile-speaks" aria-hidden>
            <i />
            <i />
            <i />
          </span>
        )}
        {muted && <Icon of="muted" />}
        {hand && <Icon of="hand" />}
        <span>
          {name}
          {role && `, ${role}`}
          {muted && <span className="unseen">, muted</span>}
          {hand && <span className="unseen">, hand raised</span>}
        </span>
      </p>
    </li>
  )
}
