import { requestOf, wordsFor } from '../words.ts'
import './refused.css'

/** A refusal, where it happened: what happened, what it means, what to do now. */
export function Refused({ error, words }: { error: Error; words?: string | undefined }) {
  const request = requestOf(error)
  return (
    <div className="refused" role="alert">
      <p>{words ?? wordsFor(error)}</p>
      {request && <p className="refused-request">Request {request}</p>}
    </div>
  )
}
