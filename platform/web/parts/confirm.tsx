import { useState, type ReactNode } from 'react'
import { Button, Modal, type ButtonProps } from '@mantine/core'
import type { Act } from '../read.ts'
import { Form, type Fields } from './form.tsx'

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
export function Confirm<I, O>({ verb, says, act, into, children, button, words }: ConfirmProps<I, O>) {
  const [opened, setOpened] = useState(false)
  const [before, setBefore] = useState(act.done)
  if (opened && act.done !== before) {
    setOpened(false)
    setBefore(act.done)
  }
  return (
    <>
      <Button variant="default" {...button} onClick={() => (act.forget(), setBefore(undefined), setOpened(true))}>
        {verb}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={verb} closeButtonProps={{ 'aria-label': 'Close' }}>
        <p>{says}</p>
        <Form act={act} submit={verb} into={into} {...(words ? { words } : {})}>
          {children}
        </Form>
      </Modal>
    </>
  )
}
