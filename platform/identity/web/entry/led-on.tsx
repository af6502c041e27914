import { useNavigate } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import { useWho } from '#platform/web/me.ts'
import { withNext } from './next.ts'

/** For whoever is not in yet. Whoever is goes on, by their second factor where that is still to be proved. */
export function LedOn({ next, children }: { next: string; children: ReactNode }) {
  const who = useWho()
  if (who === 'pending') return <GoOn to={withNext('/sign-in/second-factor', next)} />
  return who === null ? children : <GoOn to={next} />
}

export function GoOn({ to }: { to: string }) {
  const navigate = useNavigate()
  useEffect(() => void navigate({ href: to, replace: true }), [navigate, to])
  return null
}

/** The way here is not one to go back to. */
export function useGoOn(to: string): () => void {
  const navigate = useNavigate()
  return () => void navigate({ href: to, replace: true })
}
