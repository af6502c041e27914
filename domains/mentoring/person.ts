import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const mentoringOfPerson: PersonHooks = {
  name: 'mentoring',

  // Of a booking the other side's id stays out: with whom they met is the other's too. Of a token not even that it is there.
  async export(db, userId) {
    const [profile, mentor, mentee, hours, exceptions, calendars, asMentor, asMentee, holds] = await db.all(
      db
        .selectFrom('mentoring.profiles')
        .select(['email', 'full_name', 'avatar_url', 'role', 'onboarding_completed', 'is_public', 'on_leaderboards', 'created_at'])
        .where('user_id', '=', userId),
      db
        .selectFrom('mentoring.mentor_profiles')
        .select(['bio', 'expertise_areas', 'skills', 'hourly_rate', 'currency', 'timezone', 'languages', 'certifications'])
        .select([
          'years_experience',
          'is_active',
          'lengths',
          'start_every',
          'notice_minutes',
          'horizon_days',
          'buffer_before',
          'buffer_after',
        ])
        .where('user_id', '=', userId),
      db
        .selectFrom('mentoring.mentee_profiles')
        .select(['bio', 'goals', 'interests', 'current_level', 'budget_range', 'learning_style', 'preferred_meeting_frequency', 'timezone'])
        .where('user_id', '=', userId),
      db
        .selectFrom('mentoring.mentor_availability_rules')
        .select(['weekday', 'start_minute', 'end_minute', 'timezone', 'is_active'])
        .where('mentor_user_id', '=', userId)
        .orderBy('weekday')
        .orderBy('start_minute'),
      db
        .selectFrom('mentoring.mentor_availability_exceptions')
        .select(['date', 'start_minute', 'end_minute', 'is_available', 'notes'])
        .where('mentor_user_id', '=', userId)
        .orderBy('date'),
      db
        .selectFrom('mentoring.calendar_accounts')
        .select(['provider', 'email', 'sync_enabled', 'created_at'])
        .where('user_id', '=', userId),
      db
        .selectFrom('mentoring.bookings')
        .select(['id', 'start_time', 'end_time', 'status', 'price_cents', 'currency', 'created_at'])
        .where('mentor_user_id', '=', userId)
        .orderBy('start_time'),
      db
        .selectFrom('mentoring.bookings')
        .select(['id', 'start_time', 'end_time', 'status', 'price_cents', 'currency', 'notes', 'created_at'])
        .where('mentee_user_id', '=', userId)
        .orderBy('start_time'),
      db.selectFrom('mentoring.holds').select(['start_time', 'end_time', 'held_until']).where('mentee_user_id', '=', userId),
    )
    const [steps, messages, reviews, points, stats, achievements, awards, payments, busy, actions] = await db.all(
      db
        .selectFrom('mentoring.booking_steps')
        .select(['booking_id', 'step', 'reason', 'at'])
        .where('by_user_id', '=', userId)
        .orderBy('id'),
      db
        .selectFrom('mentoring.session_messages')
        .select(['booking_id', 'message', 'created_at'])
        .where('sender_user_id', '=', userId)
        .orderBy('id'),
      db
        .selectFrom('mentoring.reviews')
        .select(['booking_id', 'rating', 'feedback', 'is_public', 'created_at'])
        .where('reviewer_user_id', '=', userId)
        .orderBy('created_at'),
      db.selectFrom('mentoring.xp_events').select(['event', 'subject', 'points', 'created_at']).where('user_id', '=', userId).orderBy('id'),
      db
        .selectFrom('mentoring.user_stats')
        .select(['points', 'streak_days', 'longest_streak', 'sessions_completed', 'last_active_on'])
        .where('user_id', '=', userId),
      db
        .selectFrom('mentoring.user_achievements as u')
        .innerJoin('mentoring.achievements as a', 'a.id', 'u.achievement_id')
        .select(['a.name', 'u.earned_at'])
        .where('u.user_id', '=', userId),
      db
        .selectFrom('mentoring.awards')
        .select(['type', 'period_start', 'period_end', 'created_at'])
        .where('mentor_user_id', '=', userId)
        .orderBy('created_at'),
      db
        .selectFrom('mentoring.payments as p')
        .innerJoin('mentoring.bookings as b', 'b.id', 'p.booking_id')
        .innerJoin('mentoring.payment_events as e', 'e.payment_id', 'p.id')
        .select(['p.booking_id', 'p.status', 'e.kind', 'e.amount_cents', 'e.currency', 'e.happened_at'])
        .where((either) => either.or([either('b.mentor_user_id', '=', userId), either('b.mentee_user_id', '=', userId)]))
        .orderBy('e.id'),
      db.selectFrom('mentoring.external_busy_events').select(['during', 'heard_at']).where('user_id', '=', userId).orderBy('during'),
      db.selectFrom('mentoring.admin_actions').select(['action', 'created_at']).where('admin_id', '=', userId).orderBy('created_at'),
    )
    return {
      profile,
      mentor_profile: mentor,
      mentee_profile: mentee,
      hours,
      exceptions,
      calendars,
      busy_elsewhere: busy,
      bookings_as_mentor: asMentor,
      bookings_as_mentee: asMentee,
      holds,
      steps,
      messages,
      reviews_written: reviews,
      points,
      stats,
      achievements,
      awards,
      payments,
      acts_as_administrator: actions,
    }
  },

  async erase(db, userId) {
    await db.call('private.erase_mentoring', { person: userId })
  },

  keeps:
    'That there was a booking, when, in which state and at what price, and every payment and refund, by number: whoever was on the other side keeps their record, and the law of most countries has books kept for six to ten years. Of your reviews the stars stay, without your words. What administrators did stays on record.',
}
