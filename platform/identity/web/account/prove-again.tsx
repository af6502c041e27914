import { Link, useLocation } from '@tanstack/react-router'
import { refusalIn } from '#platform/web/words.ts'
import './prove-again.css'

/** Beside what was refused because the last proof is too old: the way to a new one, and back here. */
export function ProveAgain({ refusal }: { refusal: Error | undefined }) {
  const { href } = useLocation()
  const code = refusalIn(refusal)?.code
  if (code === 'sign_in_again' || code === 'reauthentication_needed')
    return (
      <Link className="prove-again" to="/sign-in" search={{ next: href, again: 'yes' }}>
        Sign in again, and come back here
      </Link>
    )
  if (code === 'second_factor_needed' || code === 'insufficient_aal')
    return (
      <Link className="prove-again" to="/sign-in/second-factor" search={{ next: href }}>
        Enter a code, and come back here
      </Link>
    )
  return null
}
