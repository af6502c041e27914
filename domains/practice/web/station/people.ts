import type { Session } from './use-session.ts'

export type Other = { id: string | undefined; name: string }

/** Whoever sits across; somebody one is kept from, or who has left, has no name any more. */
export function otherOf({ me, host, guest }: Pick<Session, 'me' | 'host' | 'guest'>): Other {
  const other = me === 'host' ? guest : host
  return { id: other?.id, name: other?.name ?? 'your partner' }
}

export const myId = ({ me, host, guest }: Pick<Session, 'me' | 'host' | 'guest'>): string => (me === 'host' ? host.id : guest!.id)
