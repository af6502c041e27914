import { useId, useRef, type KeyboardEvent } from 'react'
import { Button } from '@mantine/core'
import type { Act } from '../read.ts'
import { useThen } from './done.ts'
import { Refused } from './refused.tsx'
import './composer.css'

export type ComposerProps<I, O> = {
  /** Whom or what one writes to. */
  label: string
  act: Act<I, O>
  into: (text: string) => I
  /** Under this name what was not sent yet is kept, as long as the window is. */
  keep: string
  maxLength?: number
}

/** Where one writes to somebody: Enter sends, Shift and Enter makes a line. What was not sent is still there after a reload. */
export function Composer<I, O>({ label, act: given, into, keep, maxLength = 4_000 }: ComposerProps<I, O>) {
  const kept = place + keep
  const field = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const act = useThen(given, () => {
    field.current!.value = ''
    field.current!.focus()
    sessionStorage.removeItem(kept)
  })
  const send = () => {
    const text = field.current!.value.trim()
    if (text && !act.busy) act.run(into(text))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form className="composer" onSubmit={(event) => (event.preventDefault(), send())}>
      {act.refusal && <Refused error={act.refusal} />}
      <label className="unseen" htmlFor={id}>
        {label}
      </label>
      <div className="composer-line">
        <textarea
          id={id}
          ref={field}
          rows={1}
          maxLength={maxLength}
          placeholder={label}
          readOnly={act.busy}
          defaultValue={sessionStorage.getItem(kept) ?? ''}
          onInput={({ currentTarget: { value } }) => sessionStorage.setItem(kept, value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" loading={act.busy}>
          Send
        </Button>
      </div>
    </form>
  )
}

/** When somebody signs out. */
export function forgetUnsent(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(place)) sessionStorage.removeItem(key)
}
const place = 'vivavoce.unsent:'
