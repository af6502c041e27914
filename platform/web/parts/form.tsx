import { createContext, use, useRef, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import type { Act } from '../read.ts'
import { refusalIn } from '../words.ts'
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
}
export type Fields = Record<string, string>

/** Fields and one button. What is refused is said above the button, and at the fields it is about. */
export function Form<I, O>({ act, submit, into, children, words = {} }: FormProps<I, O>) {
  const form = useRef<HTMLFormElement>(null)
  const refusal = refusalIn(act.refusal)
  const faults = refusal?.problem.errors ?? []
  return (
    <form
      ref={form}
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        act.run(into(Object.fromEntries(new FormData(event.currentTarget)) as Fields))
      }}
    >
      <Faults value={Object.fromEntries(faults.map(({ field, says }) => [field, says]))}>{children}</Faults>
      {act.refusal && <Refused error={act.refusal} words={refusal && words[refusal.code]} />}
      <div>
        <Button type="submit" loading={act.busy}>
          {submit}
        </Button>
      </div>
    </form>
  )
}

const Faults = createContext<Record<string, string>>({})

/** What the server says about the field of this name. */
export const useFault = (name: string): string | undefined => use(Faults)[name]
