import { createContext, use, useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { Button } from '@mantine/core'
import type { Act } from '../read.ts'
import { refusalIn } from '../words.ts'
import { useThen } from './done.ts'
import { faultsIn, goToFault } from './faults.ts'
import { Refused } from './refused.tsx'
import './form.css'

export type FormProps<I, O> = {
  act: Act<I, O>
  /** A verb: what happens when it is pressed. */
  submit: string
  /** From the fields, by their names, to what is sent. */
  into: (fields: Fields) => I
  children?: ReactNode
  /** Said by refusals of this form, where the words for everywhere do not fit. */
  words?: Record<string, string>
  /** How its button looks, where it is not the page's primary action. */
  variant?: 'filled' | 'default' | 'danger'
  /** What stands beside its button. */
  beside?: ReactNode
  /** Its fields empty themselves when it is done: forms that make one thing after another. */
  clears?: boolean
}
export type Fields = Record<string, string>

/** Fields and one button. What is refused is said above the button, and at the fields it is about. */
export function Form<I, O>({
  act: given,
  submit,
  into,
  children,
  words = {},
  variant = 'filled',
  beside,
  clears = false,
}: FormProps<I, O>) {
  const form = useRef<HTMLFormElement>(null)
  const act = useThen(given, () => clears && form.current?.reset())
  const [unfit, setUnfit] = useState<Record<string, string>>({})
  const refusal = refusalIn(act.refusal)
  const refused = Object.fromEntries((refusal?.problem.errors ?? []).map(({ field, says }) => [field, says]))
  useEffect(() => {
    if (act.refusal) goToFault(form.current!)
  }, [act.refusal])
  const send = (fields: HTMLFormElement) => {
    if (act.busy) return
    const faults = faultsIn(fields)
    flushSync(() => setUnfit(faults))
    if (Object.keys(faults).length > 0) return goToFault(fields)
    act.run(into(Object.fromEntries(new FormData(fields)) as Fields))
  }
  const look = ({ target }: FormEvent) => {
    const { name } = target as HTMLInputElement
    if (name in unfit) setUnfit(Object.fromEntries(Object.entries(unfit).filter(([field]) => field !== name)))
  }
  return (
    <form
      ref={form}
      className="form"
      noValidate // a browser's bubbles lie over what comes next, and are gone in a moment
      onInput={look}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation() // a sheet's form is, for React, inside the form whose button opened it
        send(event.currentTarget)
      }}
    >
      <Faults value={{ ...refused, ...unfit }}>{children}</Faults>
      {act.refusal && <Refused error={act.refusal} words={refusal && words[refusal.code]} />}
      <div className="form-end">
        <Button type="submit" variant={variant} loading={act.busy}>
          {submit}
        </Button>
        {beside}
      </div>
    </form>
  )
}

const Faults = createContext<Record<string, string>>({})

/** What is wrong with the field of this name. */
export const useFault = (name: string): string | undefined => use(Faults)[name]
