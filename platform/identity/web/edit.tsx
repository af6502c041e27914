import { useState, type ReactNode } from 'react'
import { Button, type ButtonProps } from '@mantine/core'
import { useThen } from '#platform/web/parts/done.ts'
import { Form, type FormProps } from '#platform/web/parts/form.tsx'
import { Sheet } from '#platform/web/parts/sheet.tsx'

type EditProps<I, O> = FormProps<I, O> & {
  /** On the button, and above the form that it opens. */
  verb: string
  says?: ReactNode
  button?: ButtonProps
}

/** A quiet button, and behind it the form: pages of settings show what is, not twenty fields. */
export function Edit<I, O>({ verb, says, button, act: given, ...form }: EditProps<I, O>) {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  const act = useThen(given, close)
  return (
    <>
      <Button variant="default" {...button} onClick={() => (act.forget(), setOpened(true))}>
        {verb}
      </Button>
      <Sheet opened={opened} onClose={close} title={verb} at="middle">
        {says && <p>{says}</p>}
        <Form act={act} {...form} />
      </Sheet>
    </>
  )
}
