import { call } from '#platform/operations/call.ts'
import type { AnyOperation, OutputOf, SentTo } from '#platform/operations/operation.ts'
import { refusalIn } from '#platform/web/words.ts'
import { readSession } from '../../api/sessions.ts'
import type { Session } from './use-session.ts'

type OnSession = AnyOperation & { refusals: { session_has_changed: number } }

/** As platform/web/read.ts, by(op): once more, where all that has changed since somebody saw the session is who has come in. */
export const asSeen =
  <P extends OnSession>(op: P, session: Session) =>
  async (input: SentTo<P>): Promise<OutputOf<P>> => {
    try {
      return await call(op, input)
    } catch (error) {
      if (refusalIn(error as Error)?.code !== 'session_has_changed') throw error
      const now = await call(readSession, { id: session.id })
      if (whatCounts(now) !== whatCounts(session)) throw error
      return call(op, { ...input, version: now.version })
    }
  }

const whatCounts = ({ guest, candidate_id, case_id, round, phase, paused_at, ask, cancelled_at, ended_at }: Session) =>
  JSON.stringify([guest?.id, candidate_id, case_id, round, phase, paused_at, ask, cancelled_at, ended_at])
