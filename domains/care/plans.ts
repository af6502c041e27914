import type { Plans } from '#platform/scheduling/plans.ts'

// That it is a doctor's or a patient's call is nobody else's to read.
export const carePlans: Plans = {
  kind: 'care.call',
  title: 'Video call',
  async tell(db, meetings, person) {
    const calls = await db
      .selectFrom('care.video_calls as v')
      .innerJoin('care.conversations as c', 'c.id', 'v.conversation_id')
      .select(['v.meeting_id', 'c.patient_id', 'c.doctor_id'])
      .where('v.meeting_id', 'in', meetings)
      .execute()
    if (calls.length === 0) return []
    const people = await db.rows('private.my_care_people', {})
    return calls.map(({ meeting_id, patient_id, doctor_id }) => {
      const name = people.find(({ id }) => id === (person === patient_id ? doctor_id : patient_id))?.full_name
      return { meeting: meeting_id!, state: 'agreed', with: name ? [{ name }] : [] }
    })
  },
}
