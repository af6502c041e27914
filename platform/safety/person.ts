import type { Reader, Tx } from '#platform/database/conversation.ts'

/** What they did themselves. Who blocks them and what others told about them is those others' to keep quiet. */
export async function exportSafety(db: Reader<'service_role'>, userId: string) {
  const [blocks, reports] = await db.all(
    db.selectFrom('safety.blocks').select(['blocked_id', 'blocked_at']).where('blocker_id', '=', userId).orderBy('blocked_at'),
    db
      .selectFrom('safety.reports')
      .select(['subject_kind', 'subject_id', 'kind', 'words', 'state', 'reported_at', 'closed_at'])
      .where('reporter_id', '=', userId)
      .orderBy('reported_at'),
  )
  return { blocks, reports }
}

export async function eraseSafety(db: Tx<'service_role'>, userId: string): Promise<void> {
  await db.call('private.erase_safety', { person: userId })
}
