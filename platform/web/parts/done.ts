import { useEffect, useRef } from 'react'
import type { Act } from '../read.ts'

/** The same act; `then` follows each time it was run from here and went through, whatever it answered. */
export function useThen<I, O>(act: Act<I, O>, then: () => void): Act<I, O> {
  const running = useRef(false)
  useEffect(() => {
    if (!running.current || act.busy) return
    running.current = false
    if (!act.refusal) then()
  })
  return {
    ...act,
    run: (input) => {
      running.current = true
      act.run(input)
    },
  }
}
