import type { Clock } from '#platform/rooms/clock.ts'
import type { Session } from './use-session.ts'

// A round's phases as the rooms' clock shows them: the same instants, the same bells.
const order = ['reading', 'running', 'marking', 'feedback'] as const
export type Phase = (typeof order)[number]

export type Planned = Pick<Session, 'plan' | 'reading_at' | 'running_at' | 'marking_at' | 'feedback_at' | 'paused_at'>

/** Null: no round is under way. */
export function clockOf(session: Planned): Clock | null {
  const { plan } = session
  if (!plan) return null
  const phases = order.filter((phase) => phase in plan)
  const began = { ...session, running_at: session.running_at ?? (phases[0] === 'running' ? session.reading_at : null) }
  return {
    plan: phases.map((name) => ({ name, ...plan[name]! })),
    instants: [...phases.map((phase) => began[`${phase}_at`]), endOf(session)],
    paused_at: session.paused_at,
    stopped_at: null,
  }
}

// It rings there, and lasts until somebody goes on.
function endOf({ plan, feedback_at }: Planned): string | null {
  const seconds = plan?.['feedback']?.seconds
  return feedback_at === null || seconds == null ? null : new Date(Date.parse(feedback_at) + seconds * 1_000).toISOString()
}

/** What comes after a phase. */
export const phaseAfter = ({ plan }: Pick<Session, 'plan'>, phase: Phase): Phase | undefined =>
  order.slice(order.indexOf(phase) + 1).find((next) => plan && next in plan)

/** The door opens, and a station may begin, so long before its time (private.begin_station). */
export const opensBefore = 15 * 60_000

export const opensAt = ({ starts_at }: Pick<Session, 'starts_at'>): number => Date.parse(starts_at) - opensBefore
/** From then on whoever waits may go: ten minutes, as private.note_absence has it. */
export const graceEndsAt = ({ starts_at }: Pick<Session, 'starts_at'>): number => Date.parse(starts_at) + 10 * 60_000
export const endsAt = ({ starts_at, minutes }: Pick<Session, 'starts_at' | 'minutes'>): number => Date.parse(starts_at) + minutes * 60_000

type Timed = Planned & Pick<Session, 'starts_at' | 'minutes' | 'cancelled_at' | 'ended_at' | 'now'>

/** When the server would answer otherwise than it did. */
export function nextInstant(session: Timed): number | undefined {
  if (session.cancelled_at || session.ended_at) return undefined
  const instants = session.plan
    ? [session.running_at, session.marking_at, session.feedback_at].flatMap((at) => (at ? [Date.parse(at)] : []))
    : [opensAt(session), graceEndsAt(session), endsAt(session)]
  return session.paused_at ? undefined : instants.filter((at) => at > Date.parse(session.now)).toSorted((a, b) => a - b)[0]
}

/** Where a session is on its way: a seat that is free, planned, soon enough to go in, in a round, over. */
export type Stage = 'cancelled' | 'over' | 'round' | 'open' | 'soon' | 'planned'

export function stageOf(session: Session): Stage {
  const now = Date.parse(session.now)
  if (session.cancelled_at) return 'cancelled'
  if (session.phase === 'ended') return 'over'
  if (session.phase !== 'scheduled') return 'round'
  if (session.guest === null && session.partner === 'person') return now < endsAt(session) ? 'open' : 'over'
  return now < opensAt(session) ? 'planned' : 'soon'
}
