import { useState } from 'react'
import { Button } from '@mantine/core'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Sheet } from '#platform/web/parts/sheet.tsx'
import { useAct } from '#platform/web/read.ts'
import { auth } from '../gotrue.ts'
import { Enrolment, type Enrolled } from './enrolment.tsx'
import { ProveAgain } from './prove-again.tsx'
import { myUser, type Factor } from './user.ts'

/** Two steps: what it is called, and a first code. Left in between, it does not count. */
export function AddAuthenticator({ before }: { before: readonly Factor[] }) {
  const [opened, setOpened] = useState(false)
  const begin = useAct((name: string) => enrol(name, before), { refreshes: [myUser] })
  const close = () => (begin.forget(), setOpened(false))
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        Add an authenticator app
      </Button>
      <Sheet opened={opened} onClose={close} title="Add an authenticator app" at="middle">
        {begin.done ? (
          <Enrolment {...begin.done} onEnd={close} />
        ) : (
          <Form act={begin} submit="Continue" into={({ name = '' }) => name}>
            <TextField name="name" label="Name" help="So that you know it again: My phone." maxLength={60} />
            <ProveAgain refusal={begin.refusal} />
          </Form>
        )}
      </Sheet>
    </>
  )
}

// One that was begun and never finished would stand in the way of its name.
async function enrol(friendly_name: string, before: readonly Factor[]): Promise<Enrolled> {
  for (const { id, status } of before) if (status === 'unverified') await auth('DELETE', `/factors/${id}`)
  return auth<Enrolled>('POST', '/factors', { factor_type: 'totp', friendly_name })
}
