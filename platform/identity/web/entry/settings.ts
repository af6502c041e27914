import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { auth } from '../gotrue.ts'

type Settings = { external: Record<string, boolean>; disable_signup: boolean }

const settings = queryOptions({ queryKey: ['/auth/v1/settings'], queryFn: () => auth<Settings>('GET', '/settings'), staleTime: 60_000 })

/** Which ways in this installation offers. */
export function useOffered(): { providers: string[]; joining: boolean } {
  const { external, disable_signup } = useSuspenseQuery(settings).data
  const providers = Object.keys(external).filter((name) => external[name] && name !== 'email')
  return { providers, joining: !disable_signup }
}
