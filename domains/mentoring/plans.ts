import type { Plan, Plans } from '#platform/scheduling/plans.ts'

export const mentoringPlans: Plans = {
  kind: 'mentoring.booking',
  title: 'Mentoring',
  async tell(db, meetings, person) {
    const bookings = await db
      .selectFrom('mentoring.bookings as b') // a booking's meeting has its id, and so has a hold's
      .select(['b.id', 'b.mentor_user_id', 'b.mentee_user_id', 'b.status'])
      .where('b.id', 'in', meetings)
      .execute()
    const holds = await db.selectFrom('mentoring.holds as h').select(['h.id', 'h.mentor_user_id']).where('h.id', 'in', meetings).execute()
    const others = [
      ...bookings.map((b) => (b.mentor_user_id === person ? b.mentee_user_id : b.mentor_user_id)),
      ...holds.map((h) => h.mentor_user_id),
    ]
    if (others.length === 0) return []
    const names = await db
      .selectFrom('mentoring.profiles as p')
      .select(['p.user_id', 'p.full_name'])
      .where('p.user_id', 'in', others)
      .execute()
    const mentors = await db
      .selectFrom('mentoring.mentor_profiles as m')
      .select(['m.user_id', 'm.timezone'])
      .where('m.user_id', 'in', others)
      .execute()
    const mentees = await db
      .selectFrom('mentoring.mentee_profiles as m')
      .select(['m.user_id', 'm.timezone'])
      .where('m.user_id', 'in', others)
      .execute()
    const withWhom = (id: string, profiles: typeof mentees | typeof mentors): Plan['with'] => {
      const name = names.find(({ user_id }) => user_id === id)?.full_name
      const zone = profiles.find(({ user_id }) => user_id === id)?.timezone
      return name ? [{ name, ...(zone ? { zone } : {}) }] : []
    }
    return [
      ...bookings.map(({ id, mentor_user_id, mentee_user_id, status }): Plan => {
        const mentor = mentor_user_id === person
        return {
          meeting: id,
          state: status !== 'pending' ? 'agreed' : mentor ? 'yours' : 'asked',
          with: mentor ? withWhom(mentee_user_id, mentees) : withWhom(mentor_user_id, mentors),
        }
      }),
      ...holds.map(({ id, mentor_user_id }): Plan => ({ meeting: id, state: 'open', with: withWhom(mentor_user_id, mentors) })),
    ]
  },
}
