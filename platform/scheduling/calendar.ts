import type { Configuration } from '#platform/configuration/environment.ts'
import { isDomain } from '#platform/configuration/environment.ts'
import type { Reader } from '#platform/database/conversation.ts'
import { partOf, type Plan, type Plans } from './plans.ts'

export type Known = ReadonlyMap<string, Plans>
export type Planned = {
  id: string
  kind: string
  title: string
  state: Plan['state'] | 'held' | 'busy'
  with: Plan['with']
  leads_to: string | null
  join: string | null
  starts_at: string
  ends_at: string
}
type Db = Reader<'authenticated'>

/** Everything somebody has planned in a span of time, each as its domain tells it; what no domain tells of is busy, and no more. */
export async function plannedBetween(db: Db, known: Known, person: string, from: string, until: string): Promise<Planned[]> {
  const rows = await commitmentsIn(db, from, until)
  const mine = rows.filter(({ off }) => !off)
  const told = await tellOf(db, known, person, mine)
  return mine.map(({ meeting_id, kind, starts_at, ends_at, held_until }) => {
    const plan = told.get(meeting_id)
    return {
      id: meeting_id,
      kind,
      title: (plan && known.get(kind)?.title) ?? 'Busy',
      state: !plan ? 'busy' : held_until !== null ? 'held' : plan.state,
      with: plan?.with ?? [],
      leads_to: (plan && known.get(kind)?.leadsTo?.(meeting_id)) ?? null,
      join: plan?.join ?? null,
      starts_at,
      ends_at,
    }
  })
}

export type Commitment = {
  meeting_id: string
  kind: string
  starts_at: string
  ends_at: string
  held_until: string | null
  sequence: number
  changed_at: string
  off: boolean
}

/** Mine, and those I was free of again. */
export async function commitmentsIn(db: Db, from: string, until: string): Promise<Commitment[]> {
  return (await db.rows('private.my_calendar', { within: `[${from},${until})` })) as Commitment[]
}

/** The kinds that are told of here: a domain that is switched off (DOMAINS) tells nothing, and its time is busy. */
export const knownHere = (known: Known, { domains }: Pick<Configuration, 'domains'>): Known =>
  new Map([...known].filter(([kind]) => !isDomain(partOf(kind)) || (domains as readonly string[]).includes(partOf(kind))))

async function tellOf(db: Db, known: Known, person: string, rows: readonly Commitment[]): Promise<Map<string, Plan>> {
  const told = new Map<string, Plan>()
  for (const [kind, ofKind] of Map.groupBy(rows, ({ kind }) => kind)) {
    const plans = await known.get(kind)?.tell(
      db,
      ofKind.map(({ meeting_id }) => meeting_id),
      person,
    )
    for (const plan of plans ?? []) told.set(plan.meeting, plan)
  }
  return told
}
