import type { Plans } from '#platform/scheduling/plans.ts'

// Neither the case nor who is the candidate: a calendar is read over shoulders.
export const practicePlans: Plans = {
  kind: 'practice.session',
  title: 'Practice session',
  leadsTo: (meeting) => `/practice/sessions/${meeting}`, // a session's meeting bears its id (private.offer_session)
  async tell(db, meetings, person) {
    const sessions = await db
      .selectFrom('practice.practice_sessions')
      .select(['id', 'meeting_id', 'host_id', 'guest_id'])
      .where('meeting_id', 'in', meetings)
      .execute()
    const others = sessions.flatMap(({ host_id, guest_id }) => [host_id, guest_id].filter((id) => id !== null && id !== person)) as string[]
    const names =
      others.length === 0
        ? []
        : await db.selectFrom('practice.profiles').select(['user_id', 'first_name', 'last_name']).where('user_id', 'in', others).execute()
    const zones = others.length === 0 ? [] : await db.rows('private.other_zones', { sessions: sessions.map(({ id }) => id) })
    return sessions.map(({ id, meeting_id, host_id, guest_id }) => {
      const other = names.find(({ user_id }) => user_id === (host_id === person ? guest_id : host_id))
      const name = other ? `${other.first_name} ${other.last_name}`.trim() : '' // of whoever has left, nothing
      const zone = zones.find(({ session_id }) => session_id === id)?.zone
      return {
        meeting: meeting_id!,
        state: guest_id === null ? 'open' : 'agreed',
        with: name ? [{ name, ...(zone && { zone }) }] : [],
      }
    })
  },
}
