import { useRef, type MouseEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMantineColorScheme } from '@mantine/core'
import { linkFile } from '#platform/files/api.ts'
import type { Me } from '../me.ts'
import { Keys } from '../parts/keys.tsx'
import { Face } from '../parts/person.tsx'
import { closeBehind } from '../parts/popover.ts'
import { Refused } from '../parts/refused.tsx'
import { read } from '../read.ts'
import { useAdministration } from './parts.ts'
import { pressKeys } from './keys.ts'
import { useSignOut } from './sign-out.ts'

/** The person who is signed in, and what is theirs: a popover of the browser's own, which closes by Esc and by pressing elsewhere. */
export function PersonMenu({ person }: { person: Me }) {
  const menu = useRef<HTMLDivElement>(null)
  const administration = useAdministration(person)
  const leave = useSignOut()
  const closeAfterChoice = ({ target }: MouseEvent) => {
    if ((target as Element).closest('a, button[data-closes]')) menu.current?.hidePopover()
  }
  return (
    <div className="person-menu">
      <button type="button" className="person-button" popoverTarget="person-menu">
        <Face name={person.name} picture={usePicture(person)} />
        <span className="person-button-name" aria-hidden>
          {person.name || person.email}
        </span>
        <span className="unseen">{person.name || person.email}: your menu</span>
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- what is pressed within are links and buttons */}
      <div ref={menu} id="person-menu" popover="auto" className="sheet-menu person-sheet" onClick={closeAfterChoice} onBlur={closeBehind}>
        <p className="person-sheet-who">
          {person.name && <strong>{person.name}</strong>}
          <span>{person.email}</span>
        </p>
        <Link to="/account">Your account</Link>
        {administration && <Link to={administration.to}>{administration.label}</Link>}
        <Schemes />
        <button type="button" data-closes onClick={() => pressKeys('palette')}>
          Go to … <Keys keys={['Ctrl', 'K']} />
        </button>
        <button type="button" data-closes onClick={() => pressKeys('keys')}>
          Keys <Keys keys={['?']} />
        </button>
        <button type="button" disabled={leave.busy} onClick={() => leave.run()}>
          Sign out
        </button>
        {leave.refusal && <Refused error={leave.refusal} />}
      </div>
    </div>
  )
}

/** Where the person's picture is, if they have one. */
function usePicture({ avatar_file_id: id }: Me): string | null {
  const { data } = useQuery({ ...read(linkFile, { id: id ?? '' }), enabled: id !== null, staleTime: 300_000 })
  return (id && data?.url) ?? null
}

function Schemes() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className="schemes">
      <legend>Colours</legend>
      {schemes.map(([scheme, label]) => (
        <label key={scheme}>
          <input type="radio" name="scheme" checked={colorScheme === scheme} onChange={() => setColorScheme(scheme)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}
const schemes = [
  ['auto', 'As here'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const
