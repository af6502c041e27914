import { useEffect, useRef } from 'react'
import { listSessions, readWaysIn } from '#platform/identity/api.ts'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { useAct } from '#platform/web/read.ts'
import { auth } from '../gotrue.ts'
import './enrolment.css'
import { myUser } from './user.ts'

export type Enrolled = { id: string; totp: { qr_code: string; secret: string } }

/** An authenticator app learns the secret, and shows that it did. */
export function Enrolment({ id, totp: { qr_code, secret }, onEnd }: Enrolled & { onEnd: () => void }) {
  const verify = useAct((code: string) => prove(id, code), {
    refreshes: [myUser, readWaysIn, listSessions],
    onDone: () => (onEnd(), say('Your authenticator app is set up')),
  })
  const step = useRef<HTMLDivElement>(null)
  useEffect(() => step.current?.querySelector('input')?.focus(), [])
  return (
    <div ref={step}>
      <p className="quiet">Scan this with the app. If it cannot, type the key.</p>
      <img
        className="enrolment-picture"
        src={`data:image/svg+xml,${encodeURIComponent(qr_code)}`}
        alt="QR code that holds the key below"
        width={200}
        height={200}
      />
      <p>
        <code className="enrolment-key">{secret.match(/.{1,4}/g)!.join(' ')}</code>
      </p>
      <Form act={verify} submit="Turn it on" into={({ code = '' }) => code.replaceAll(/\D/g, '')}>
        <TextField name="code" label="Code in the app" help="Six digits." inputMode="numeric" autoComplete="one-time-code" />
      </Form>
    </div>
  )
}

async function prove(factor: string, code: string): Promise<unknown> {
  const { id } = await auth<{ id: string }>('POST', `/factors/${factor}/challenge`)
  return auth('POST', `/factors/${factor}/verify`, { challenge_id: id, code })
}
