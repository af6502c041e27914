import type { Reader, Tx } from '#platform/database/conversation.ts'

// What mail keeps of a person.

/** Not what the mails said: they went to the person themselves, and may still hold a link or a code that works. */
export async function exportMail(db: Reader<'service_role'>, userId: string) {
  const [preferences, messages] = await db.all(
    db.selectFrom('mail.preferences').select(['kind', 'wanted']).where('user_id', '=', userId).orderBy('kind'),
    db
      .selectFrom('mail.messages')
      .select(['kind', 'state', 'created_at', 'sent_at'])
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .orderBy('id'),
  )
  return { preferences, messages }
}

/** Call it before the account's own row is scrubbed: what was written to their bare address is found by that row. */
export async function eraseMail(db: Tx<'service_role'>, userId: string): Promise<void> {
  await db.call('private.erase_mail', { person: userId })
}
