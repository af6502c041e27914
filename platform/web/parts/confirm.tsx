import { useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from '@mantine/core'
import type { Act } from '../read.ts'
import { useThen } from './done.ts'
import { Form, type Fields } from './form.tsx'
import { Sheet } from './sheet.tsx'

export type ConfirmProps<I, O> = {
  /** The verb on both buttons. */
  verb: string
  /** What it will do, and whether there is a way back. */
  says: ReactNode
  act: Act<I, O>
  into: (fields: Fields) => I
  /** Fields it needs, such as a reason. */
  children?: ReactNode
  button?: ButtonProps
  words?: Record<string, string>
}

/** A button for what cannot be taken back: asks once, says what follows. Closes when it is done. */
export function Confirm<I, O>({ verb, says, act: given, into, children, button, words }: ConfirmProps<I, O>) {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  const act = useThen(given, close)
  return (
    <>
      <Button variant="default" {...button} onClick={() => (act.forget(), setOpened(true))}>
        {verb}
      </Button>
      <Sheet opened={opened} onClose={close} title={verb} at="middle">
        <p>{says}</p>
        <Form
          act={act}
          submit={verb}
          variant="danger"
          into={into}
          beside={
            <Button variant="subtle" onClick={close}>
              Cancel
            </Button>
          }
          {...(words ? { words } : {})}
        >
          {children}
        </Form>
      </Sheet>
    </>
  )
}
