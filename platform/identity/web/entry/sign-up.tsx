import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Besides, ComingIn, Quietly } from './coming-in.tsx'
import { LedOn } from './led-on.tsx'
import { LookIntoYourMail } from './look-into-your-mail.tsx'
import { NewAccount } from './new-account.tsx'
import { useNext } from './next.ts'
import { Providers } from './providers.tsx'
import { useOffered } from './settings.ts'

export function SignUp() {
  const next = useNext()
  return (
    <LedOn next={next}>
      <Joining next={next} />
    </LedOn>
  )
}

function Joining({ next }: { next: string }) {
  const [sentTo, setSentTo] = useState<string>()
  const { joining, providers } = useOffered()
  const signIn = (
    <Link to="/sign-in" search={{ next }}>
      Sign in
    </Link>
  )
  if (sentTo !== undefined) return <LookIntoYourMail type="signup" email={sentTo} next={next} otherAddress={() => setSentTo(undefined)} />
  if (!joining)
    return (
      <ComingIn
        title="People join by invitation"
        lead="Whoever runs this place decides who comes in. If you were invited, follow the link you were sent."
      >
        <p>You have an account already? {signIn}</p>
      </ComingIn>
    )
  return (
    <ComingIn title="Make an account">
      <NewAccount next={next} submit="Make my account" onDone={setSentTo} />
      {providers.length > 0 && (
        <Besides>
          <Providers next={next} />
        </Besides>
      )}
      <Quietly>You have an account already? {signIn}</Quietly>
    </ComingIn>
  )
}
