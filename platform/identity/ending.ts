import type { Tx } from '#platform/database/conversation.ts'

// A session is its row: when it ends, the row goes, its refresh tokens with it, and what remains is the note that access
// tokens of it, which still look right, no longer count (ended.ts).
type Db = Tx<'service_role'>

export const endSession = (db: Db, id: string) => end(db, (sessions) => sessions.where('id', '=', id))
export const endOthers = (db: Db, userId: string, but: string) =>
  end(db, (sessions) => sessions.where('user_id', '=', userId).where('id', '<>', but))
export const endAll = (db: Db, userId: string) => end(db, (sessions) => sessions.where('user_id', '=', userId))
export const endUnproved = (db: Db, userId: string, but: string) =>
  end(db, (sessions) => sessions.where('user_id', '=', userId).where('id', '<>', but).where('aal', '=', 'aal1'))

type Sessions = ReturnType<typeof deleteSessions>
const deleteSessions = (db: Pick<Db, 'deleteFrom'>) => db.deleteFrom('auth.sessions')

// The one place where sessions end.
async function end(db: Db, which: (sessions: Sessions) => Sessions): Promise<void> {
  await db
    .with('gone', (db) => which(db.deleteFrom('auth.sessions')).returning('id'))
    .insertInto('identity.ended_sessions')
    .columns(['session_id'])
    .expression((from) => from.selectFrom('gone').select('gone.id'))
    .onConflict((at) => at.doNothing())
    .execute()
}
