import { callOf, type Tx, type Wish } from '#platform/database/conversation.ts'

export type Deed = {
  /** `<part>.<what>` */
  action: string
  subject: { kind: string; id: string }
  /** In the actor's own words, where they must give one. */
  reason?: string
  /** Ids and names of states, never content. */
  details?: Record<string, string | number | boolean | null>
}

/** Notes what the asking person does. It rides with COMMIT: no trip of its own, and nothing is told of a deed that was undone. */
export function audit(db: { later(wish: Wish): void }, deed: Deed): void {
  db.later(callOf('private.audit', argumentsOf(deed)))
}

/** Notes what somebody did, where the server acts in its own name. */
export function auditFor(db: Pick<Tx<'service_role'>, 'later'>, actor: string, deed: Deed): void {
  db.later(callOf('private.audit_for', { actor, ...argumentsOf(deed) }))
}

const argumentsOf = ({ action, subject, reason, details }: Deed) => ({
  action,
  subject_kind: subject.kind,
  subject_id: subject.id,
  reason,
  details,
})
