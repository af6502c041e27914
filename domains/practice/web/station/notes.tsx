import { NoRealPatient } from '../no-real-patient.tsx'
import { useKept } from './use-kept.ts'
import type { Session } from './use-session.ts'

/** Scrap paper. It stays in this tab: nobody else sees it, and the server never does. */
export function Notes({ session: { id, round, role, phase } }: { session: Session }) {
  const [words, write] = useKept(`${id}:${round}:notes`, '')
  const alone = role === 'alone'
  return (
    <div className="station-notes">
      <label className="input-label" htmlFor="notes">
        {alone ? 'What you say, or note down' : 'Your notes'}
      </label>
      <textarea
        id="notes"
        name="station-notes"
        aria-describedby="notes-say"
        value={words}
        readOnly={alone && phase !== 'reading' && phase !== 'running'}
        onChange={({ currentTarget: { value } }) => write(value)}
      />
      <p id="notes-say" className="station-quiet">
        {alone ? 'Speak aloud, as to a patient, or type. ' : ''}Kept in this tab alone, and gone when you close it.
      </p>
      <NoRealPatient />
    </div>
  )
}
