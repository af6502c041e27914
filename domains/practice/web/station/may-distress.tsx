import { useEffect, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { useKept } from './use-kept.ts'

type Note = { case_id: string; note: string }
const useNoted = ({ case_id }: Pick<Note, 'case_id'>) => useKept(`${case_id}:noted`, false)

/** Where a case is chosen: whoever has read it here is not asked again. */
export function MayDistress({ case_id, note }: Note) {
  const [noted, write] = useNoted({ case_id })
  useEffect(() => {
    if (!noted) write(true)
  })
  return <p className="choosing-says">May distress: {note}</p>
}

/** A surprise may hurt whoever meets it unprepared: the note comes first, and the card when one says so. */
export function BehindNote({ case_id, note, children }: Note & { children: ReactNode }) {
  const [noted, write] = useNoted({ case_id })
  if (noted) return children
  return (
    <div className="behind-note">
      <p>May distress: {note}</p>
      <p className="station-quiet">Not today? Stop under “Clock”, and nobody asks why.</p>
      <Button onClick={() => write(true)}>Open the card</Button>
    </div>
  )
}
