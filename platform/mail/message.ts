import { sql, type NotNull } from 'kysely'
import type { Tx } from '#platform/database/conversation.ts'

// What becomes of a mail. Each step is taken only from where it may be taken, so whoever comes too late changes nothing.

type Db = Tx<'service_role'>
export type Message = NonNullable<Awaited<ReturnType<typeof claim>>>

/** The mail, if it is still to be sent: it waits, or it failed and an operator wants it tried again. */
export async function claim(db: Db, id: string) {
  return unsent(db, id)
    .set((message) => ({ attempts: message('attempts', '+', 1) }))
    .returning(['id', 'address', 'subject', 'text', 'html', 'calendar', 'attempts', 'created_at'])
    .$narrowType<{ address: NotNull; subject: NotNull; text: NotNull; html: NotNull }>()
    .executeTakeFirst()
}

/** Another server has it, so nothing of what it said stays here. */
export async function sent(db: Db, id: string): Promise<void> {
  await unsent(db, id)
    .set({ ...asSent, address: null, subject: null, text: null, html: null, calendar: null })
    .execute()
}

/** It is where it is to be read: in the outbox. */
export async function delivered(db: Db, id: string): Promise<void> {
  await unsent(db, id).set(asSent).execute()
}

export async function failed(db: Db, id: string, code: string): Promise<void> {
  await unsent(db, id).set({ state: 'failed', code }).execute()
}

const unsent = (db: Db, id: string) => db.updateTable('mail.messages').where('id', '=', id).where('state', 'in', ['waiting', 'failed'])
const asSent = { state: 'sent', code: null, sent_at: sql<string>`now()` } as const
