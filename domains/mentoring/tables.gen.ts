// Printed from the database and its privileges by `npm run types`. Not to be edited.
import type { Column } from '#platform/database/roles.ts'

declare module '#platform/database/roles.ts' {
  interface AnonTables {
    'mentoring.achievements': {
      id: Column<string>
      code: Column<string>
      name: Column<string>
      says: Column<string>
    }
    'mentoring.awards': {
      id: Column<string>
      mentor_user_id: Column<string>
      type: Column<'top_mentor_of_the_week' | 'top_mentor_of_the_month' | 'most_thanked_of_the_month'>
      period_start: Column<string>
      period_end: Column<string>
      meta: Column<unknown | null>
      created_at: Column<string>
      reverses: Column<string | null>
    }
    'mentoring.leaderboard': {
      user_id: Column<string | null>
      full_name: Column<string | null>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee' | null>
      points: Column<number | null>
      streak_days: Column<number | null>
    }
    'mentoring.leaderboard_week': {
      user_id: Column<string | null>
      full_name: Column<string | null>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee' | null>
      points: Column<number | null>
      streak_days: Column<number | null>
    }
    'mentoring.mentor_profiles': {
      user_id: Column<string>
      bio: Column<string>
      expertise_areas: Column<(string)[]>
      skills: Column<(string)[]>
      hourly_rate: Column<string>
      currency: Column<string>
      timezone: Column<string>
      languages: Column<(string)[]>
      certifications: Column<(string)[]>
      years_experience: Column<number | null>
      is_active: Column<boolean>
      lengths: Column<(number)[]>
    }
    'mentoring.profiles': {
      user_id: Column<string>
      full_name: Column<string>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee'>
      is_public: Column<boolean>
      on_leaderboards: Column<boolean>
    }
    'mentoring.reviews': {
      id: Column<string>
      reviewee_user_id: Column<string>
      rating: Column<number>
      feedback: Column<string>
      created_at: Column<string>
    }
    'mentoring.user_achievements': {
      user_id: Column<string>
      achievement_id: Column<string>
      earned_at: Column<string>
    }
    'mentoring.user_stats': {
      user_id: Column<string>
      points: Column<number>
      streak_days: Column<number>
      longest_streak: Column<number>
      sessions_completed: Column<number>
    }
  }
  interface AuthenticatedTables {
    'mentoring.achievements': {
      id: Column<string>
      code: Column<string>
      name: Column<string>
      says: Column<string>
    }
    'mentoring.admin_actions': {
      id: Column<string>
      admin_id: Column<string | null>
      actor: Column<string>
      action: Column<string>
      subject_id: Column<string | null>
      meta: Column<unknown | null>
      created_at: Column<string>
    }
    'mentoring.awards': {
      id: Column<string>
      mentor_user_id: Column<string>
      type: Column<'top_mentor_of_the_week' | 'top_mentor_of_the_month' | 'most_thanked_of_the_month'>
      period_start: Column<string>
      period_end: Column<string>
      meta: Column<unknown | null>
      created_at: Column<string>
      reverses: Column<string | null>
    }
    'mentoring.booking_steps': {
      id: Column<number>
      booking_id: Column<string>
      step: Column<'booked' | 'confirmed' | 'declined' | 'rescheduled' | 'cancelled' | 'expired' | 'completed' | 'no_show'>
      by_user_id: Column<string | null>
      about_user_id: Column<string | null>
      reason: Column<string>
      at: Column<string>
    }
    'mentoring.bookings': {
      id: Column<string>
      mentor_user_id: Column<string>
      mentee_user_id: Column<string>
      start_time: Column<string>
      end_time: Column<string>
      duration_minutes: Column<number | null>
      price_cents: Column<number>
      currency: Column<string>
      status: Column<'pending' | 'confirmed' | 'cancelled' | 'completed' | 'declined'>
      meeting_provider: Column<string>
      meeting_room: Column<string | null>
      meeting_url: Column<string | null>
      notes: Column<string>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.calendar_accounts': {
      id: Column<string>
      user_id: Column<string>
      provider: Column<'google' | 'microsoft', 'google' | 'microsoft'>
      email: Column<string, string>
      sync_enabled: Column<boolean, boolean | undefined, boolean>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.external_busy_events': {
      calendar_account_id: Column<string>
      user_id: Column<string>
      during: Column<string>
      heard_at: Column<string>
    }
    'mentoring.feature_flags': {
      name: Column<string>
      is_on: Column<boolean>
      says: Column<string>
      updated_at: Column<string>
    }
    'mentoring.holds': {
      id: Column<string>
      mentor_user_id: Column<string>
      mentee_user_id: Column<string>
      start_time: Column<string>
      end_time: Column<string>
      held_until: Column<string>
    }
    'mentoring.leaderboard': {
      user_id: Column<string | null>
      full_name: Column<string | null>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee' | null>
      points: Column<number | null>
      streak_days: Column<number | null>
    }
    'mentoring.leaderboard_week': {
      user_id: Column<string | null>
      full_name: Column<string | null>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee' | null>
      points: Column<number | null>
      streak_days: Column<number | null>
    }
    'mentoring.mentee_profiles': {
      user_id: Column<string>
      bio: Column<string, string | undefined, string>
      goals: Column<(string)[], (string)[] | undefined, (string)[]>
      interests: Column<(string)[], (string)[] | undefined, (string)[]>
      current_level: Column<string | null, string | null | undefined, string | null>
      budget_range: Column<string | null, string | null | undefined, string | null>
      learning_style: Column<string | null, string | null | undefined, string | null>
      preferred_meeting_frequency: Column<string | null, string | null | undefined, string | null>
      timezone: Column<string | null, string | null | undefined, string | null>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.mentor_availability_exceptions': {
      id: Column<string>
      mentor_user_id: Column<string>
      date: Column<string, string, string>
      start_minute: Column<number, number | undefined, number>
      end_minute: Column<number, number | undefined, number>
      is_available: Column<boolean, boolean | undefined, boolean>
      notes: Column<string, string | undefined, string>
    }
    'mentoring.mentor_availability_rules': {
      id: Column<string>
      mentor_user_id: Column<string>
      weekday: Column<number, number, number>
      start_minute: Column<number, number, number>
      end_minute: Column<number, number, number>
      timezone: Column<string>
      is_active: Column<boolean, boolean | undefined, boolean>
    }
    'mentoring.mentor_profiles': {
      user_id: Column<string>
      bio: Column<string, string | undefined, string>
      expertise_areas: Column<(string)[], (string)[] | undefined, (string)[]>
      skills: Column<(string)[], (string)[] | undefined, (string)[]>
      hourly_rate: Column<string, string | undefined, string>
      currency: Column<string, string | undefined, string>
      timezone: Column<string, string, string>
      languages: Column<(string)[], (string)[] | undefined, (string)[]>
      certifications: Column<(string)[], (string)[] | undefined, (string)[]>
      years_experience: Column<number | null, number | null | undefined, number | null>
      is_active: Column<boolean, boolean | undefined, boolean>
      availability: Column<unknown | null>
      lengths: Column<(number)[], (number)[] | undefined, (number)[]>
      start_every: Column<number, number | undefined, number>
      notice_minutes: Column<number, number | undefined, number>
      horizon_days: Column<number, number | undefined, number>
      buffer_before: Column<number, number | undefined, number>
      buffer_after: Column<number, number | undefined, number>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.payment_events': {
      id: Column<number>
      payment_id: Column<string>
      kind: Column<'opened' | 'paid' | 'failed' | 'cancelled' | 'refunded'>
      amount_cents: Column<number>
      currency: Column<string>
      happened_at: Column<string>
    }
    'mentoring.payments': {
      id: Column<string>
      booking_id: Column<string>
      status: Column<'pending' | 'paid' | 'failed' | 'cancelled' | 'partly_refunded' | 'refunded'>
      amount_cents: Column<number>
      currency: Column<string>
      provider: Column<'test' | 'stripe'>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.profiles': {
      id: Column<string>
      user_id: Column<string>
      full_name: Column<string, never, string>
      avatar_url: Column<string | null, never, string | null>
      role: Column<'mentor' | 'mentee', never, 'mentor' | 'mentee'>
      onboarding_completed: Column<boolean, never, boolean>
      is_public: Column<boolean, never, boolean>
      on_leaderboards: Column<boolean, never, boolean>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.reviews': {
      id: Column<string>
      booking_id: Column<string>
      reviewer_user_id: Column<string>
      reviewee_user_id: Column<string>
      rating: Column<number>
      feedback: Column<string>
      is_public: Column<boolean>
      created_at: Column<string>
      opens_at: Column<string>
    }
    'mentoring.session_messages': {
      id: Column<number>
      booking_id: Column<string, string>
      sender_user_id: Column<string>
      message: Column<string, string>
      created_at: Column<string>
    }
    'mentoring.user_achievements': {
      user_id: Column<string>
      achievement_id: Column<string>
      earned_at: Column<string>
    }
    'mentoring.user_stats': {
      user_id: Column<string>
      points: Column<number>
      streak_days: Column<number>
      longest_streak: Column<number>
      sessions_completed: Column<number>
      last_active_on: Column<string | null>
      updated_at: Column<string>
    }
    'mentoring.xp_events': {
      id: Column<number>
      user_id: Column<string>
      event: Column<'signup' | 'complete_profile' | 'first_session' | 'session_completed' | 'review_given' | 'review_received' | 'streak_day'>
      subject: Column<string>
      points: Column<number>
      reverses: Column<number | null>
      created_at: Column<string>
    }
  }
  interface AuthenticatedFunctions {
    'mentoring.create_booking_if_free': { input: { mentor_id: string | null; start_time: string | null; duration_minutes: number | null; notes?: string | undefined }; returns: string }
    'mentoring.get_mentor_busy': { input: { mentor_id: string | null; from: string | null; to: string | null }; rows: { busy_from: string | null; busy_to: string | null }[] }
  }
  interface ServiceTables {
    'mentoring.achievements': {
      id: Column<string>
      code: Column<string>
      name: Column<string>
      says: Column<string>
    }
    'mentoring.admin_actions': {
      id: Column<string>
      admin_id: Column<string | null>
      actor: Column<string>
      action: Column<string>
      subject_id: Column<string | null>
      meta: Column<unknown | null>
      created_at: Column<string>
    }
    'mentoring.awards': {
      id: Column<string>
      mentor_user_id: Column<string>
      type: Column<'top_mentor_of_the_week' | 'top_mentor_of_the_month' | 'most_thanked_of_the_month'>
      period_start: Column<string>
      period_end: Column<string>
      meta: Column<unknown | null>
      created_at: Column<string>
      reverses: Column<string | null>
    }
    'mentoring.booking_steps': {
      id: Column<number>
      booking_id: Column<string>
      step: Column<'booked' | 'confirmed' | 'declined' | 'rescheduled' | 'cancelled' | 'expired' | 'completed' | 'no_show'>
      by_user_id: Column<string | null>
      about_user_id: Column<string | null>
      reason: Column<string>
      at: Column<string>
    }
    'mentoring.bookings': {
      id: Column<string>
      mentor_user_id: Column<string>
      mentee_user_id: Column<string>
      start_time: Column<string>
      end_time: Column<string>
      duration_minutes: Column<number | null>
      price_cents: Column<number>
      currency: Column<string>
      status: Column<'pending' | 'confirmed' | 'cancelled' | 'completed' | 'declined'>
      meeting_provider: Column<string>
      meeting_room: Column<string | null>
      meeting_url: Column<string | null>
      notes: Column<string>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.calendar_accounts': {
      id: Column<string>
      user_id: Column<string, string | undefined>
      provider: Column<'google' | 'microsoft', 'google' | 'microsoft'>
      email: Column<string, string>
      sync_enabled: Column<boolean, never, boolean>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.calendar_tokens': {
      calendar_account_id: Column<string, string>
      key_id: Column<string, string, string>
      sealed: Column<Buffer, Buffer, Buffer>
      expires_at: Column<string | null, string | null | undefined, string | null>
      updated_at: Column<string>
    }
    'mentoring.external_busy_events': {
      id: Column<number>
      calendar_account_id: Column<string, string>
      user_id: Column<string, string>
      external_id: Column<string, string>
      during: Column<string, string, string>
      heard_at: Column<string, never, string>
    }
    'mentoring.feature_flags': {
      name: Column<string>
      is_on: Column<boolean>
      says: Column<string>
      updated_at: Column<string>
    }
    'mentoring.holds': {
      id: Column<string>
      mentor_user_id: Column<string>
      mentee_user_id: Column<string>
      start_time: Column<string>
      end_time: Column<string>
      held_until: Column<string>
    }
    'mentoring.leaderboard': {
      user_id: Column<string | null>
      full_name: Column<string | null>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee' | null>
      points: Column<number | null>
      streak_days: Column<number | null>
    }
    'mentoring.leaderboard_week': {
      user_id: Column<string | null>
      full_name: Column<string | null>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee' | null>
      points: Column<number | null>
      streak_days: Column<number | null>
    }
    'mentoring.mentee_profiles': {
      user_id: Column<string>
      bio: Column<string>
      goals: Column<(string)[]>
      interests: Column<(string)[]>
      current_level: Column<string | null>
      budget_range: Column<string | null>
      learning_style: Column<string | null>
      preferred_meeting_frequency: Column<string | null>
      timezone: Column<string | null>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.mentor_availability_exceptions': {
      id: Column<string>
      mentor_user_id: Column<string>
      date: Column<string>
      start_minute: Column<number>
      end_minute: Column<number>
      is_available: Column<boolean>
      notes: Column<string>
    }
    'mentoring.mentor_availability_rules': {
      id: Column<string>
      mentor_user_id: Column<string>
      weekday: Column<number>
      start_minute: Column<number>
      end_minute: Column<number>
      timezone: Column<string>
      is_active: Column<boolean>
    }
    'mentoring.mentor_profiles': {
      user_id: Column<string>
      bio: Column<string>
      expertise_areas: Column<(string)[]>
      skills: Column<(string)[]>
      hourly_rate: Column<string>
      currency: Column<string>
      timezone: Column<string>
      languages: Column<(string)[]>
      certifications: Column<(string)[]>
      years_experience: Column<number | null>
      is_active: Column<boolean>
      availability: Column<unknown | null>
      lengths: Column<(number)[]>
      start_every: Column<number>
      notice_minutes: Column<number>
      horizon_days: Column<number>
      buffer_before: Column<number>
      buffer_after: Column<number>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.payment_events': {
      id: Column<number>
      payment_id: Column<string, string>
      kind: Column<'opened' | 'paid' | 'failed' | 'cancelled' | 'refunded', 'opened' | 'paid' | 'failed' | 'cancelled' | 'refunded'>
      amount_cents: Column<number, number>
      currency: Column<string, string>
      provider_event_id: Column<string | null, string | null | undefined>
      happened_at: Column<string>
    }
    'mentoring.payments': {
      id: Column<string, string | undefined>
      booking_id: Column<string, string>
      status: Column<'pending' | 'paid' | 'failed' | 'cancelled' | 'partly_refunded' | 'refunded', 'pending' | 'paid' | 'failed' | 'cancelled' | 'partly_refunded' | 'refunded', 'pending' | 'paid' | 'failed' | 'cancelled' | 'partly_refunded' | 'refunded'>
      amount_cents: Column<number, number>
      currency: Column<string, string>
      provider: Column<'test' | 'stripe', 'test' | 'stripe'>
      txn_id: Column<string | null, string | null | undefined, string | null>
      refund_txn_id: Column<string | null, never, string | null>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.profiles': {
      id: Column<string>
      user_id: Column<string>
      email: Column<string>
      full_name: Column<string>
      avatar_url: Column<string | null>
      role: Column<'mentor' | 'mentee'>
      onboarding_completed: Column<boolean>
      is_public: Column<boolean>
      on_leaderboards: Column<boolean>
      created_at: Column<string>
      updated_at: Column<string>
    }
    'mentoring.reviews': {
      id: Column<string>
      booking_id: Column<string>
      reviewer_user_id: Column<string>
      reviewee_user_id: Column<string>
      rating: Column<number>
      feedback: Column<string>
      is_public: Column<boolean>
      created_at: Column<string>
      opens_at: Column<string>
    }
    'mentoring.session_messages': {
      id: Column<number>
      booking_id: Column<string>
      sender_user_id: Column<string>
      message: Column<string>
      created_at: Column<string>
    }
    'mentoring.user_achievements': {
      user_id: Column<string, string>
      achievement_id: Column<string, string>
      earned_at: Column<string>
    }
    'mentoring.user_stats': {
      user_id: Column<string>
      points: Column<number>
      streak_days: Column<number>
      longest_streak: Column<number>
      sessions_completed: Column<number>
      last_active_on: Column<string | null>
      updated_at: Column<string>
    }
    'mentoring.xp_events': {
      id: Column<number>
      user_id: Column<string, string>
      event: Column<'signup' | 'complete_profile' | 'first_session' | 'session_completed' | 'review_given' | 'review_received' | 'streak_day', 'signup' | 'complete_profile' | 'first_session' | 'session_completed' | 'review_given' | 'review_received' | 'streak_day'>
      subject: Column<string, string>
      points: Column<number, number>
      reverses: Column<number | null, number | null | undefined>
      created_at: Column<string>
    }
  }
}
