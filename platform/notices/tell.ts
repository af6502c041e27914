import type { Tx } from '#platform/database/conversation.ts'

export type Notice = {
  /** `<part>.<what>` */
  kind: string
  /** One line that may be read over a shoulder: nobody's words, name or health. */
  title: string
  body?: string
  /** The page where it can be seen. */
  leadsTo?: `/${string}`
}

/** Puts a line behind somebody's bell, in the same transaction as what it tells of: a job that runs again tells once. */
export async function tell(db: Pick<Tx<'service_role'>, 'call'>, person: string, { kind, title, body, leadsTo }: Notice): Promise<void> {
  await db.call('private.tell', { person, kind, title, body, leads_to: leadsTo })
}
