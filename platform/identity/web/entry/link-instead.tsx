import { Button } from '@mantine/core'
import { useState } from 'react'
import { AskForMail } from './ask-for-mail.tsx'
import { Besides, ComingIn } from './coming-in.tsx'
import { LookIntoYourMail } from './look-into-your-mail.tsx'

/** Signing in without a password. */
export function LinkInstead({ next, email, back }: { next: string; email: string; back: () => void }) {
  const [sentTo, setSentTo] = useState<string>()
  if (sentTo !== undefined)
    return <LookIntoYourMail type="magiclink" email={sentTo} next={next} otherAddress={() => setSentTo(undefined)} />
  return (
    <ComingIn
      title="Sign in by a link"
      lead="We send you a mail with a link and a code. You need no password."
      at="input:not([type=hidden])"
    >
      <AskForMail type="magiclink" next={next} email={email} onSent={setSentTo} />
      <Besides>
        <Button variant="subtle" onClick={back}>
          Back to the other ways
        </Button>
      </Besides>
    </ComingIn>
  )
}
