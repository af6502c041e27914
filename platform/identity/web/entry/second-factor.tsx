import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSignOut } from '#platform/web/frame/sign-out.ts'
import { useWho } from '#platform/web/me.ts'
import { ChoiceField, TextField, TickField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { auth } from '../gotrue.ts'
import { ByPasskey } from './by-passkey.tsx'
import { Besides, ComingIn } from './coming-in.tsx'
import { GoOn, useGoOn } from './led-on.tsx'
import { useNext, withNext } from './next.ts'
import { useProof } from './proof.ts'

export function SecondFactor() {
  const next = useNext()
  const who = useWho()
  const [lost, setLost] = useState(false)
  if (who === null) return <GoOn to={withNext('/sign-in', next)} />
  if (who !== 'pending') return <GoOn to={next} />
  return lost ? (
    <ComingIn
      key="lost"
      title="Use a recovery code"
      lead="You were given ten when you added the authenticator. Each works once."
      at={field}
    >
      <ByRecoveryCode next={next} />
      <Otherwise next={next} says="Use the authenticator" instead={() => setLost(false)} />
    </ComingIn>
  ) : (
    <ComingIn title="Your second factor" lead="Open your authenticator app and type the code it shows for this place." at={field}>
      <ByAuthenticator next={next} />
      <Otherwise next={next} says="I have no authenticator at hand" instead={() => setLost(true)} />
    </ComingIn>
  )
}
const field = 'input:not([type=hidden])'

type Factor = { id: string; friendly_name?: string; status: string }
const factors = {
  queryKey: ['/auth/v1/user', 'factors'],
  queryFn: async () => (await auth<{ factors?: Factor[] }>('GET', '/user')).factors?.filter(({ status }) => status === 'verified') ?? [],
}

function ByAuthenticator({ next }: { next: string }) {
  const { data: mine } = useSuspenseQuery(factors)
  const act = useProof(async ({ factor, code }: { factor: string; code: string }) => {
    const { id } = await auth<{ id: string }>('POST', `/factors/${factor}/challenge`, {})
    return auth('POST', `/factors/${factor}/verify`, { challenge_id: id, code })
  }, useGoOn(next))
  const choices = mine.map(({ id, friendly_name }, nth) => ({ value: id, label: friendly_name || `Authenticator ${nth + 1}` }))
  return (
    <Form
      act={act}
      submit="Go on"
      into={({ factor = mine[0]?.id ?? '', code = '' }) => ({ factor, code: code.replaceAll(/\s/g, '') })}
      words={{ mfa_verification_failed: notThisCode }}
    >
      {mine.length > 1 && <ChoiceField name="factor" label="Authenticator" choices={choices} />}
      <TextField name="code" label="Code" help="Six digits" inputMode="numeric" autoComplete="one-time-code" maxLength={7} />
    </Form>
  )
}
const notThisCode =
  'This is not the code of this moment, or it was used already. Wait for the next one. If none works, the clock of your telephone may be wrong.'

function ByRecoveryCode({ next }: { next: string }) {
  const act = useProof(
    (fields: { code: string; reset_authenticators: boolean }) => auth('POST', '/factors/recovery-codes/verify', fields),
    useGoOn(next),
  )
  return (
    <Form
      act={act}
      submit="Go on"
      into={({ code = '', lost }) => ({ code: code.trim(), reset_authenticators: lost === 'on' })}
      words={{ mfa_verification_failed: notThisOne }}
    >
      <TextField name="code" label="Recovery code" autoComplete="off" maxLength={60} />
      <TickField
        name="lost"
        label="The authenticator is lost for good"
        help="Takes it away from your account. Add a new one afterwards."
        optional
      />
    </Form>
  )
}
const notThisOne = 'This is none of your recovery codes, or it was used already. Try another one.'

function Otherwise({ next, says, instead }: { next: string; says: string; instead: () => void }) {
  const leave = useSignOut()
  return (
    <Besides>
      <ByPasskey next={next} says="Use a passkey" />
      <Button variant="default" onClick={instead}>
        {says}
      </Button>
      <Button variant="subtle" loading={leave.busy} onClick={leave.run}>
        Sign out
      </Button>
    </Besides>
  )
}
