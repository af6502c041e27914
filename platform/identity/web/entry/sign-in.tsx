import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { LookAround } from '#platform/demo/web/look-around.tsx'
import { useWho } from '#platform/web/me.ts'
import { PasswordField, TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useAct } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { auth } from '../gotrue.ts'
import { ByPasskey } from './by-passkey.tsx'
import { Besides, ComingIn, Quietly } from './coming-in.tsx'
import { LedOn, useGoOn } from './led-on.tsx'
import { LinkInstead } from './link-instead.tsx'
import { LookIntoYourMail } from './look-into-your-mail.tsx'
import { askForMail } from './mail.ts'
import { useAsked, useNext } from './next.ts'
import { useProof } from './proof.ts'
import { Providers } from './providers.tsx'
import { useOffered } from './settings.ts'

export function SignIn() {
  const next = useNext()
  const again = useAsked()('again') !== undefined
  if (useWho() && again) return <WaysIn next={next} lead="You are signed in. For what comes next, show once more that it is you." />
  return (
    <LedOn next={next}>
      <WaysIn next={next} />
    </LedOn>
  )
}

function WaysIn({ next, lead }: { next: string; lead?: string }) {
  const column = useRef<HTMLDivElement>(null)
  const [byLink, setByLink] = useState<string>() // with what was typed so far
  const [unconfirmed, setUnconfirmed] = useState<string>()
  const typed = () => column.current?.querySelector<HTMLInputElement>('input[name=email]')?.value ?? ''
  if (unconfirmed !== undefined)
    return <LookIntoYourMail type="signup" email={unconfirmed} next={next} otherAddress={() => setUnconfirmed(undefined)} />
  if (byLink !== undefined) return <LinkInstead next={next} email={byLink} back={() => setByLink(undefined)} />
  return (
    <ComingIn title="Sign in" lead={lead}>
      <div ref={column}>
        <ByPassword next={next} unconfirmed={setUnconfirmed} />
      </div>
      <Besides>
        <ByPasskey next={next} offered />
        <Button variant="default" fullWidth onClick={() => setByLink(typed())}>
          Send me a link instead
        </Button>
        <Providers next={next} />
      </Besides>
      <Joining next={next} />
      <LookAround next={next} />
    </ComingIn>
  )
}

function ByPassword({ next, unconfirmed }: { next: string; unconfirmed: (email: string) => void }) {
  const [email, setEmail] = useState('')
  const act = useProof((fields: { email: string; password: string }) => {
    setEmail(fields.email)
    return auth('POST', '/token?grant_type=password', fields)
  }, useGoOn(next))
  const again = useAct(() => askForMail('signup', email, next), { onDone: () => unconfirmed(email) })
  return (
    <>
      <Form act={act} submit="Sign in" into={({ email = '', password = '' }) => ({ email, password })}>
        <TextField name="email" label="E-mail" type="email" autoComplete="username webauthn" />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
      </Form>
      {refusalIn(act.refusal)?.code === 'email_not_confirmed' && (
        <div className="coming-in-quiet">
          {again.refusal && <Refused error={again.refusal} />}
          <Button variant="default" fullWidth loading={again.busy} onClick={() => again.run(undefined)}>
            Send the mail again
          </Button>
        </div>
      )}
      <Quietly>
        <Link to="/forgot" search={{ next }}>
          Forgot your password?
        </Link>
      </Quietly>
    </>
  )
}

function Joining({ next }: { next: string }) {
  return (
    <Quietly>
      New here?{' '}
      {useOffered().joining ? (
        <Link to="/sign-up" search={{ next }}>
          Make an account
        </Link>
      ) : (
        'People join by invitation: whoever runs this place sends you a link.'
      )}
    </Quietly>
  )
}
