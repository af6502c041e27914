import { refusalIn, requestOf, wordsFor } from '../words.ts'
import './refused.css'

/** A refusal, where it happened: what happened, what it means, what to do now. */
export function Refused({ error, words }: { error: Error; words?: string | undefined }) {
  const ours = (refusalIn(error)?.problem.status ?? 0) >= 500
  const request = ours && requestOf(error)
  return (
    <div className="refused" role="alert" tabIndex={-1}>
      <p>{words ?? wordsFor(error)}</p>
      {request && (
        <p className="refused-request">
          If you write to us about it, name the request <code>{request}</code>
        </p>
      )}
    </div>
  )
}
