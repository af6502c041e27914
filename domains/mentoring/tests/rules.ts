import type { Rules } from '#tests/rules/written.ts'

const mentorPage = [
  'bio',
  'expertise_areas',
  'skills',
  'hourly_rate',
  'currency',
  'timezone',
  'languages',
  'certifications',
  'years_experience',
  'is_active',
  'lengths',
  'start_every',
  'notice_minutes',
  'horizon_days',
  'buffer_before',
  'buffer_after',
]
const menteePage = [
  'bio',
  'goals',
  'interests',
  'current_level',
  'budget_range',
  'learning_style',
  'preferred_meeting_frequency',
  'timezone',
]
const rule = ['weekday', 'start_minute', 'end_minute', 'is_active']
const exception = ['date', 'start_minute', 'end_minute', 'is_available', 'notes']
const yesOrNo = 'it is true or false: an index on it would lead nowhere'

export const rules: Rules = {
  'mentoring.feature_flags': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.switch_mentoring(text,boolean,text)': ['authenticated'],

  // Nobody reads an address but the server, and nobody makes a profile but by joining.
  'mentoring.profiles': {
    anon: { select: ['user_id', 'full_name', 'avatar_url', 'role', 'is_public', 'on_leaderboards'] },
    authenticated: {
      select: [
        'id',
        'user_id',
        'full_name',
        'avatar_url',
        'role',
        'onboarding_completed',
        'is_public',
        'on_leaderboards',
        'created_at',
        'updated_at',
      ],
      update: ['full_name', 'avatar_url', 'role', 'onboarding_completed', 'is_public', 'on_leaderboards'],
    },
    service_role: { select: 'every column' },
    unindexed: { is_public: yesOrNo, on_leaderboards: yesOrNo },
  },
  'mentoring.mentor_profiles': {
    anon: { select: ['user_id', ...mentorPage.slice(0, 11)] },
    authenticated: { select: 'every column', insert: mentorPage, update: mentorPage },
    service_role: { select: 'every column' },
    unindexed: { is_active: yesOrNo },
  },
  'mentoring.mentee_profiles': {
    authenticated: { select: 'every column', insert: menteePage, update: menteePage },
    service_role: { select: 'every column' },
  },
  'mentoring.zones': {},
  'private.zone_is_known()': [],
  'private.join_mentoring(mentoring.app_role)': ['authenticated'],
  'private.mentoring_follows_account(uuid,text)': [],

  // Bookings are written by functions alone: a row could be written with any price and state.
  'mentoring.bookings': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'mentoring.booking_steps': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'mentoring.holds': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'mentoring.session_messages': {
    authenticated: { select: 'every column', insert: ['booking_id', 'message'] },
    service_role: { select: 'every column' },
  },
  'private.booking_steps_forward()': [],
  'private.my_bookings()': ['authenticated'],
  'private.my_open_bookings()': ['authenticated'],
  'private.my_mentees()': ['authenticated'],
  'private.my_mentors()': ['authenticated'],

  'mentoring.calendar_accounts': {
    authenticated: { select: 'every column', insert: ['provider', 'email', 'sync_enabled'], update: ['sync_enabled'], delete: true },
    service_role: { select: 'every column', insert: ['user_id', 'provider', 'email'], update: ['sync_enabled'] },
  },
  // No client reads a token, not even whose it is.
  'mentoring.calendar_tokens': {
    service_role: {
      select: 'every column',
      insert: ['calendar_account_id', 'key_id', 'sealed', 'expires_at'],
      update: ['key_id', 'sealed', 'expires_at'],
      delete: true,
    },
  },
  'mentoring.external_busy_events': {
    authenticated: { select: ['calendar_account_id', 'user_id', 'during', 'heard_at'] },
    service_role: {
      select: 'every column',
      insert: ['calendar_account_id', 'user_id', 'external_id', 'during'],
      update: ['during', 'heard_at'],
      delete: true,
    },
  },

  'mentoring.mentor_availability_rules': {
    authenticated: { select: 'every column', insert: rule, update: rule, delete: true },
    service_role: { select: 'every column' },
  },
  'mentoring.mentor_availability_exceptions': {
    authenticated: { select: 'every column', insert: exception, update: exception, delete: true },
    service_role: { select: 'every column' },
  },
  'private.rule_takes_its_zone()': [],
  'private.summarise_hours()': [],
  'private.exceptions_are_few()': [],
  'private.instants_of(timestamp without time zone[],text)': [],
  'private.instant_of(date,integer,text)': [],

  'private.open_spans(uuid,tstzrange)': [],
  'private.taken_spans(uuid,tstzrange,integer,integer)': [],
  'private.mentor_is_there(uuid)': [],
  'private.offered_slots(uuid,timestamp with time zone,timestamp with time zone,integer)': ['authenticated'],
  'private.refuse_slot(uuid,timestamp with time zone,integer)': [],
  'private.mentor_busy(uuid,tstzrange)': ['authenticated'],
  'mentoring.get_mentor_busy(uuid,timestamp with time zone,timestamp with time zone)': ['authenticated'],
  'private.mentors_free_at(timestamp with time zone,integer,integer,uuid[])': ['authenticated'],

  'private.book(uuid,timestamp with time zone,integer,text)': ['authenticated'],
  'mentoring.create_booking_if_free(uuid,timestamp with time zone,integer,text)': ['authenticated'],
  'private.step_booking(uuid,mentoring.app_role,mentoring.booking_status[],mentoring.booking_status,text)': [],
  'private.confirm_booking(uuid)': ['authenticated'],
  'private.decline_booking(uuid,text)': ['authenticated'],
  'private.cancel_booking(uuid,text)': ['authenticated'],

  // To strangers nobody is named who wrote.
  'mentoring.reviews': {
    anon: { select: ['id', 'reviewee_user_id', 'rating', 'feedback', 'created_at'] },
    authenticated: { select: 'every column' },
    service_role: { select: 'every column' },
    unindexed: { is_public: yesOrNo, opens_at: 'it is asked of the reviews of one person, and stands in their index' },
  },
  'private.review_booking(uuid,integer,text,boolean)': ['authenticated'],

  'mentoring.xp_events': {
    authenticated: { select: 'every column' },
    service_role: { select: 'every column', insert: ['user_id', 'event', 'subject', 'points', 'reverses'] },
  },
  'mentoring.user_stats': {
    anon: { select: ['user_id', 'points', 'streak_days', 'longest_streak', 'sessions_completed'] },
    authenticated: { select: 'every column' },
    service_role: { select: 'every column' },
  },
  'mentoring.achievements': {
    anon: { select: 'every column' },
    authenticated: { select: 'every column' },
    service_role: { select: 'every column' },
  },
  'mentoring.user_achievements': {
    anon: { select: 'every column' },
    authenticated: { select: 'every column' },
    service_role: { select: 'every column', insert: ['user_id', 'achievement_id'] },
  },
  'mentoring.leaderboard': {
    anon: { select: 'every column' },
    authenticated: { select: 'every column' },
    service_role: { select: 'every column' },
  },
  'mentoring.leaderboard_week': {
    anon: { select: 'every column' },
    authenticated: { select: 'every column' },
    service_role: { select: 'every column' },
  },
  'private.points_add_up()': [],
  'private.points_this_week()': ['anon', 'authenticated', 'service_role'],

  'mentoring.admin_actions': { authenticated: { select: 'every column' }, service_role: { select: 'every column' } },
  'private.administer_mentoring(text,uuid,uuid,text,jsonb)': [],
  'mentoring.awards': {
    anon: { select: 'every column' },
    authenticated: { select: 'every column' },
    service_role: { select: 'every column' },
  },
  'private.give_award(uuid,text,date,date,text)': ['authenticated'],
  'private.take_award_back(uuid,text)': ['authenticated'],

  // The provider's own numbers are the server's.
  'mentoring.payments': {
    authenticated: { select: ['id', 'booking_id', 'status', 'amount_cents', 'currency', 'provider', 'created_at', 'updated_at'] },
    service_role: {
      select: 'every column',
      insert: ['id', 'booking_id', 'status', 'amount_cents', 'currency', 'provider', 'txn_id'],
      update: ['status', 'txn_id', 'refund_txn_id'],
    },
  },
  'mentoring.payment_events': {
    authenticated: { select: ['id', 'payment_id', 'kind', 'amount_cents', 'currency', 'happened_at'] },
    service_role: { select: 'every column', insert: ['payment_id', 'kind', 'amount_cents', 'currency', 'provider_event_id'] },
  },
  'private.my_payments()': ['authenticated'],
  'private.money_adds_up()': [],
  'private.payment_steps_forward()': [],

  'private.erase_mentoring(uuid)': ['service_role'],
}
