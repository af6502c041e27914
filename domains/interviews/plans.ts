import type { Plans } from '#platform/scheduling/plans.ts'

// Not which job: a calendar is read over shoulders, perhaps an employer's.
export const interviewPlans: Plans = {
  kind: 'interviews.interview',
  title: 'Interview rehearsal',
  async tell(db, meetings) {
    const mine = await db.selectFrom('interviews.interview_sessions').select('meeting_id').where('meeting_id', 'in', meetings).execute()
    return mine.map(({ meeting_id }) => ({ meeting: meeting_id!, state: 'agreed', with: [] }))
  },
}
