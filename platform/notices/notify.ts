import type { Tx } from '#platform/database/conversation.ts'

export type Notice = {
  /** `<part>.<what>` */
  kind: string
  /** One line that may be read over a shoulder, on a locked phone too: nobody's words, name or health. */
  title: string
  body?: string
  /** The page where it can be seen. */
  leadsTo?: `/${string}`
  /** now: at once, also in quiet hours, for it is of no use afterwards; soon (unless said otherwise): at once, or after quiet hours; later: behind the bell and in the digest. */
  urgency?: 'now' | 'soon' | 'later'
}

/** Tells somebody something, in the same transaction as what it tells of: a job that runs again tells once. */
export async function notify(
  db: Pick<Tx<'service_role'>, 'call'>,
  person: string,
  { kind, title, body, leadsTo, urgency }: Notice,
): Promise<void> {
  await db.call('private.notify', { person, kind, title, body, leads_to: leadsTo, urgency })
}
