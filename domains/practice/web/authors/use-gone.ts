import { useNavigate } from '@tanstack/react-router'
import { say } from '#platform/web/parts/toast.ts'

/** To the list, from a page of what has just been thrown away. */
export function useGone(): () => void {
  const navigate = useNavigate()
  return () => {
    say('Thrown away')
    void navigate({ to: '/practice/cases/mine', replace: true })
  }
}
