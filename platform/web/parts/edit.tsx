import { useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from '@mantine/core'
import { useThen } from './done.ts'
import { Form, type FormProps } from './form.tsx'
import { Sheet } from './sheet.tsx'

export type EditProps<I, O> = Omit<FormProps<I, O>, 'beside'> & {
  /** On the button, and above the form that it opens. */
  verb: string
  says?: ReactNode
  button?: ButtonProps
  /** Whether a way back stands beside its button, as where a question is asked. */
  asks?: boolean
}

/** A quiet button, and behind it the form: pages of settings show what is, not twenty fields. Closes when it is done. */
export function Edit<I, O>({ verb, says, button, asks = false, act: given, ...form }: EditProps<I, O>) {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  const act = useThen(given, close)
  const cancel = (
    <Button variant="subtle" onClick={close}>
      Cancel
    </Button>
  )
  return (
    <>
      <Button variant="default" {...button} onClick={() => (act.forget(), setOpened(true))}>
        {verb}
      </Button>
      <Sheet opened={opened} onClose={close} title={verb} at="middle">
        {says && <p>{says}</p>}
        <Form act={act} {...form} beside={asks && cancel} />
      </Sheet>
    </>
  )
}
