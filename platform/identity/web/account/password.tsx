import { Button } from '@mantine/core'
import { listSessions, readWaysIn } from '#platform/identity/api.ts'
import { PasswordField, TextField } from '#platform/web/parts/fields.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { useAct } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { auth } from '../gotrue.ts'
import { Edit } from '#platform/web/parts/edit.tsx'

type Change = { password: string; current_password?: string; nonce?: string }

export function Password({ has }: { has: boolean }) {
  const change = useAct((to: Change) => auth('PUT', '/user', to), {
    refreshes: [readWaysIn, listSessions],
    onDone: () => say('Your password is set'),
  })
  const verb = has ? 'Change the password' : 'Set a password'
  return (
    <>
      <p>{has ? 'You have one.' : 'You have none.'}</p>
      <Edit
        verb={verb}
        submit={verb}
        says="Your other devices are signed out, and a mail tells you of it."
        act={change}
        into={({ password = '', current_password, nonce }) => ({
          password,
          ...(current_password ? { current_password } : {}),
          ...(nonce ? { nonce } : {}),
        })}
        words={{
          reauthentication_needed: 'You signed in more than an hour ago. So that we know it is you, fill in what was added here.',
          reauthentication_not_valid: 'That is not your present password, or not the code of the latest mail.',
        }}
      >
        <PasswordField name="password" label="New password" autoComplete="new-password" help="At least 8 characters." />
        {isProofNeeded(change.refusal) && <Proof has={has} />}
      </Edit>
    </>
  )
}

const isProofNeeded = (refusal: Error | undefined) =>
  ['reauthentication_needed', 'reauthentication_not_valid'].includes(refusalIn(refusal)?.code ?? '')

/** The present password, or a code by mail for whoever has none or forgot it. */
function Proof({ has }: { has: boolean }) {
  const send = useAct(() => auth('GET', '/reauthenticate'))
  if (send.done)
    return (
      <TextField
        name="nonce"
        label="Code"
        help="Six digits, in the mail we have just sent you."
        inputMode="numeric"
        autoComplete="one-time-code"
      />
    )
  return (
    <>
      {has && <PasswordField name="current_password" label="Present password" autoComplete="current-password" />}
      {send.refusal && <Refused error={send.refusal} />}
      <div>
        <Button variant="default" loading={send.busy} onClick={() => send.run(undefined)}>
          Send me a code instead
        </Button>
      </div>
    </>
  )
}
