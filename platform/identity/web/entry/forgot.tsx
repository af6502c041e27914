import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ComingIn, Quietly } from './coming-in.tsx'
import { LookIntoYourMail } from './look-into-your-mail.tsx'
import { useNext } from './next.ts'
import { AskForMail } from './ask-for-mail.tsx'

export function Forgot() {
  const next = useNext()
  const [sentTo, setSentTo] = useState<string>()
  if (sentTo !== undefined) return <LookIntoYourMail type="recovery" email={sentTo} next={next} otherAddress={() => setSentTo(undefined)} />
  return (
    <ComingIn title="Set a new password" lead="Tell us your address. We send you a mail that lets you choose a new password.">
      <AskForMail type="recovery" next={next} onSent={setSentTo} />
      <Quietly>
        <Link to="/sign-in" search={{ next }}>
          Back to signing in
        </Link>
      </Quietly>
    </ComingIn>
  )
}
