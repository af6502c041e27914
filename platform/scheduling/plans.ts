import type { Reader } from '#platform/database/conversation.ts'

// What a part tells of the meetings it plans. The title is of the kind, and all that ever leaves the house (calendars elsewhere, mails,
// pushes): neutral words that may be read over a shoulder, no case, no diagnosis, nobody's name. With whom one meets is shown on our own
// pages alone, as far as that person may see it.
export type Plans = {
  /** As it is claimed: 'practice.session'. */
  kind: string
  title: string
  /** The page of one of them, once there is one. */
  leadsTo?: (meeting: string) => `/${string}`
  /** Of these meetings, those it knows; `db` acts as the person whose calendar it is. One that nobody knows is shown as busy. */
  tell(db: Pick<Reader<'authenticated'>, 'selectFrom' | 'rows'>, meetings: readonly string[], person: string): Promise<Plan[]>
}

export type Plan = {
  meeting: string
  state: State
  with: Other[]
  /** Where it takes place, if it is a room. */
  join?: `/${string}`
}

/** agreed: it stands. open: nobody has taken the other place yet. asked: the other side has not answered. yours: they wait for my answer. */
export type State = 'agreed' | 'open' | 'asked' | 'yours'

export type Other = {
  name: string
  /** Where they live by the clock, if that may be known. */
  zone?: string
}

/** The part's name that a kind begins with. */
export const partOf = (kind: string) => kind.slice(0, kind.indexOf('.'))

export function plansByKind(plans: readonly Plans[]): Map<string, Plans> {
  const byKind = new Map<string, Plans>()
  for (const one of plans) {
    if (byKind.has(one.kind)) throw new Error(`two parts plan ${one.kind}`)
    byKind.set(one.kind, one)
  }
  return byKind
}
