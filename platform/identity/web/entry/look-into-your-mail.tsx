import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useAct } from '#platform/web/read.ts'
import { Besides, ComingIn, Quietly } from './coming-in.tsx'
import { useGoOn } from './led-on.tsx'
import { askForMail, hasOutbox, proveByCode, type MailType } from './mail.ts'
import { withNext } from './next.ts'
import { useProof } from './proof.ts'

export type Sent = { type: MailType; email: string; next: string; otherAddress: () => void }

/** After a mail was asked for: wait for it, type its code, or ask for another one. */
export function LookIntoYourMail({ type, email, next, otherAddress }: Sent) {
  const goOn = useGoOn(type === 'recovery' ? withNext('/new-password', next) : next)
  const prove = useProof((code: string) => proveByCode(type, email, code), goOn)
  return (
    <ComingIn title="Look into your mail" lead={<Lead type={type} email={email} />} at="input:not([type=hidden])">
      <OutboxHere />
      <Form act={prove} submit={verbs[type]} into={({ code = '' }) => code} words={{ otp_expired: notThisCode }}>
        <TextField
          name="code"
          label="Code"
          help="Six digits, in the mail. Or follow the link there: it does the same."
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      </Form>
      <Quietly>Nothing there after some minutes? It may lie in the spam folder.</Quietly>
      <Besides>
        <Again type={type} email={email} next={next} />
        <Button variant="subtle" onClick={otherAddress}>
          Use another address
        </Button>
      </Besides>
    </ComingIn>
  )
}

const verbs = { signup: 'Confirm my address', magiclink: 'Sign me in', recovery: 'Go on' }
const notThisCode =
  'This is not the code of the latest mail, or it was used already, or is older than an hour. Check it, or have another one sent.'

const Lead = ({ type, email }: Pick<Sent, 'type' | 'email'>) => (
  <>
    {type === 'signup' ? 'We sent a mail to ' : 'If there is an account with this address, we sent a mail to '}
    <strong>{email}</strong>. It may take a minute, and is good for one hour.
  </>
)

const pause = 40 // seconds: most mails are there by then

function Again({ type, email, next }: Omit<Sent, 'otherAddress'>) {
  const [left, setLeft] = useState(pause)
  const again = useAct(() => askForMail(type, email, next), { onDone: () => setLeft(pause) })
  useEffect(() => {
    const second = setInterval(() => setLeft((left) => Math.max(0, left - 1)), 1_000)
    return () => clearInterval(second)
  }, [])
  return (
    <>
      {again.refusal && <Refused error={again.refusal} />}
      <Button variant="default" disabled={left > 0} loading={again.busy} onClick={() => again.run(undefined)}>
        {left > 0 ? `Send it again in ${left} s` : 'Send it again'}
      </Button>
    </>
  )
}

function OutboxHere() {
  const { data } = useQuery({ queryKey: ['/outbox'], queryFn: hasOutbox, staleTime: Infinity, retry: false })
  if (!data) return null
  return (
    <Quietly>
      This server sends no mails: they lie in its{' '}
      <a href="/outbox" target="_blank" rel="noreferrer">
        outbox
      </a>
      .
    </Quietly>
  )
}
