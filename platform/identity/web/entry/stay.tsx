import { Link } from '@tanstack/react-router'
import { cancelDeletionByLink } from '#platform/identity/leaving/api.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { ComingIn, Quietly } from './coming-in.tsx'
import { useAsked } from './next.ts'
import { entryWords } from './words.ts'

/** Thinking better of leaving, by the link in the mail. */
export function Stay() {
  const token = useAsked()('token') ?? ''
  const act = useAct(by(cancelDeletionByLink))
  if (act.done)
    return (
      <ComingIn title="Your account stays" lead="Nothing of yours was erased, and nothing will be.">
        <p>
          If it was not you who asked for it, somebody else is signed in as you: <Link to="/forgot">set a new password</Link> now. That
          signs them out.
        </p>
        <Quietly>
          <Link to="/today">Go to Today</Link>
        </Quietly>
      </ComingIn>
    )
  return (
    <ComingIn title="Keep your account?" lead="It was asked that everything of yours be erased. Keep it, and nothing is.">
      <Form act={act} submit="Keep my account" into={() => ({ token })} words={entryWords} />
    </ComingIn>
  )
}
