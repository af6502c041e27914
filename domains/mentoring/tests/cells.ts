import type { Cells } from '#tests/rules/cells.ts'

// Priya mentors Mateo; Leila, Hana and Tomasz are listed too, Jonas and Ruth have paused. Hana mentored Robin once, and blocks them
// since; Jonas mentored Amara, and Tomasz Ifeoma. Bookings and all that follows from them are written by functions.
const id = (n: number) => `'0dec0de0-0000-4000-8004-${String(n).padStart(12, '0')}'`
const keptApart = (person: string) =>
  `exists (select from safety.blocks x where (x.blocker_id = :me and x.blocked_id = ${person}) or (x.blocked_id = :me and x.blocker_id = ${person}))`
const mine = (booking: string) =>
  `exists (select from mentoring.bookings b where b.id = ${booking} and :me in (b.mentor_user_id, b.mentee_user_id))`
const chosePublic = (person: string) => `exists (select from mentoring.profiles p where p.user_id = ${person} and p.is_public)`
// In some list, or the other side of a booking of mine.
const isSeen = (
  person: string,
) => `(exists (select from mentoring.profiles p where p.user_id = ${person} and (p.is_public or p.on_leaderboards))
  or exists (select from mentoring.mentor_profiles m where m.user_id = ${person} and m.is_active)
  or exists (select from mentoring.bookings b where :me in (b.mentor_user_id, b.mentee_user_id) and ${person} in (b.mentor_user_id, b.mentee_user_id)))`

// Whether somebody chose to be seen is asked of their own row, by its key. A list of all who did, made once, would be some
// thousands long, and each row would be compared with all of it.
const byKey = 'of one person, by the key of their profile: the list of all who are seen is longer than a page of them'

export const cells: Cells = {
  'mentoring.feature_flags': { stands: { shared: 'true' }, person: { select: ['shared'] } },
  'mentoring.zones': { stands: {} },

  'mentoring.profiles': {
    asks: byKey,
    stands: {
      own: 'user_id = :me',
      blocked: keptApart('profiles.user_id'),
      'shared, public': 'is_public or on_leaderboards',
      shared: `exists (select from mentoring.mentor_profiles m where m.user_id = profiles.user_id and m.is_active)
        or exists (select from mentoring.bookings b where :me in (b.mentor_user_id, b.mentee_user_id) and profiles.user_id in (b.mentor_user_id, b.mentee_user_id))`,
    },
    anon: { select: ['shared, public'] },
    person: { select: ['own', 'shared, public', 'shared'], update: ['own'] },
  },
  'mentoring.mentor_profiles': {
    asks: byKey,
    stands: {
      own: 'user_id = :me',
      blocked: keptApart('mentor_profiles.user_id'),
      'shared, public': `is_active and ${chosePublic('mentor_profiles.user_id')}`,
      shared: `is_active or exists (select from mentoring.bookings b where b.mentor_user_id = mentor_profiles.user_id and b.mentee_user_id = :me)`,
    },
    anon: { select: ['shared, public'] },
    person: {
      select: ['own', 'shared, public', 'shared'],
      update: ['own'],
      insert: [
        {
          as: 'mateo',
          makes: 'own',
          sql: `insert into mentoring.mentor_profiles (timezone) values ('America/Bogota')`,
          never: [
            `insert into mentoring.mentor_profiles (user_id, timezone) values (:ifeoma, 'America/Bogota')`,
            { sql: `insert into mentoring.mentor_profiles (timezone) values ('Mars/Olympus_Mons')`, refusal: 'zone_is_unknown' },
            { sql: `insert into mentoring.mentor_profiles (timezone, currency) values ('UTC', 'JPY')`, refusal: 'currency_has_cents' },
          ],
        },
      ],
    },
  },
  'mentoring.mentee_profiles': {
    stands: {
      own: 'user_id = :me',
      blocked: keptApart('mentee_profiles.user_id'),
      shared: 'exists (select from mentoring.bookings b where b.mentor_user_id = :me and b.mentee_user_id = mentee_profiles.user_id)',
    },
    person: {
      select: ['own', 'shared'],
      update: ['own'],
      insert: [{ as: 'priya', makes: 'own', sql: `insert into mentoring.mentee_profiles (bio) values ('I learn, too.')` }],
    },
  },

  // Also the ones with somebody who is kept apart: it happened, and it may have cost something.
  'mentoring.bookings': { stands: { own: ':me in (mentor_user_id, mentee_user_id)' }, person: { select: ['own'] } },
  'mentoring.booking_steps': { stands: { own: mine('booking_id') }, person: { select: ['own'] } },
  'mentoring.holds': { stands: { own: 'mentee_user_id = :me' }, person: { select: ['own'] } },
  'mentoring.session_messages': {
    stands: {
      own: 'sender_user_id = :me',
      blocked: `${mine('booking_id')} and ${keptApart('session_messages.sender_user_id')}`,
      shared: mine('booking_id'),
    },
    person: {
      select: ['own', 'shared'],
      insert: [
        {
          as: 'mateo',
          makes: 'own',
          sql: `insert into mentoring.session_messages (booking_id, message) values (${id(204)}, 'On my way.')`,
          never: [
            `insert into mentoring.session_messages (booking_id, message) values (${id(208)}, 'Let me in.')`,
            { sql: `insert into mentoring.session_messages (booking_id, message) values (${id(204)}, '')`, refusal: 'message_has_words' },
          ],
        },
      ],
    },
  },

  'mentoring.calendar_accounts': {
    stands: { own: 'user_id = :me' },
    person: {
      select: ['own'],
      update: ['own'],
      delete: ['own'],
      insert: [
        {
          as: 'hana',
          makes: 'own',
          sql: `insert into mentoring.calendar_accounts (provider, email) values ('microsoft', 'hana@vivavoce.test')`,
        },
      ],
    },
    service: {
      insert: `insert into mentoring.calendar_accounts (user_id, provider, email) values (:leila, 'google', 'leila@vivavoce.test')`,
    },
  },
  'mentoring.calendar_tokens': {
    stands: {},
    scene: `insert into mentoring.calendar_accounts (id, user_id, provider, email) values (${id(142)}, :mateo, 'google', 'mateo@vivavoce.test');
      insert into mentoring.calendar_tokens (calendar_account_id, key_id, sealed) values (${id(141)}, 'k1', decode(repeat('5a', 60), 'hex'))`,
    service: {
      insert: `insert into mentoring.calendar_tokens (calendar_account_id, key_id, sealed) values (${id(142)}, 'k1', decode(repeat('5a', 60), 'hex'))`,
    },
  },
  'mentoring.external_busy_events': {
    stands: { own: 'user_id = :me' },
    person: { select: ['own'] },
    service: {
      insert: `insert into mentoring.external_busy_events (calendar_account_id, user_id, external_id, during)
        values (${id(141)}, :priya, 'another', tstzrange('2030-01-01', '2030-01-02'))`,
    },
  },

  'mentoring.mentor_availability_rules': {
    stands: { own: 'mentor_user_id = :me' },
    person: {
      select: ['own'],
      update: ['own'],
      delete: ['own'],
      insert: [
        {
          as: 'hana',
          makes: 'own',
          sql: 'insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) values (7, 600, 660)',
          never: [
            {
              sql: 'insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) values (1, 1100, 1300)',
              refusal: 'hours_do_not_overlap',
            },
            {
              sql: 'insert into mentoring.mentor_availability_rules (weekday, start_minute, end_minute) values (7, 1380, 1500)',
              refusal: 'hours_are_of_one_day',
            },
          ],
        },
      ],
    },
  },
  'mentoring.mentor_availability_exceptions': {
    stands: { own: 'mentor_user_id = :me' },
    person: {
      select: ['own'],
      update: ['own'],
      delete: ['own'],
      insert: [{ as: 'hana', makes: 'own', sql: `insert into mentoring.mentor_availability_exceptions (date) values ('2030-01-01')` }],
    },
  },

  // Written by the reviewer, read by the other side once it is open; a public one by strangers if it is about somebody public, and
  // by people who are signed in if it is about somebody whom they see.
  'mentoring.reviews': {
    asks: byKey,
    stands: {
      own: 'reviewer_user_id = :me',
      blocked: `${keptApart('reviewer_user_id')} or ${keptApart('reviewee_user_id')}`,
      'shared, public': `opens_at <= now() and is_public and ${chosePublic('reviewee_user_id')}`,
      shared: `opens_at <= now() and (reviewee_user_id = :me or is_public and ${isSeen('reviewee_user_id')})`,
    },
    anon: { select: ['shared, public'] },
    person: { select: ['own', 'shared, public', 'shared'] },
  },

  'mentoring.xp_events': {
    stands: { own: 'user_id = :me' },
    person: { select: ['own'] },
    service: { insert: `insert into mentoring.xp_events (user_id, event, subject, points) values (:leila, 'signup', 'account', 10)` },
  },
  'mentoring.user_stats': {
    asks: byKey,
    stands: {
      own: 'user_id = :me',
      blocked: keptApart('user_stats.user_id'),
      shared: 'exists (select from mentoring.profiles p where p.user_id = user_stats.user_id and (p.is_public or p.on_leaderboards))',
    },
    anon: { select: ['shared'] },
    person: { select: ['own', 'shared'] },
  },
  'mentoring.achievements': { stands: { shared: 'true' }, anon: { select: ['shared'] }, person: { select: ['shared'] } },
  'mentoring.user_achievements': {
    asks: byKey,
    stands: { own: 'user_id = :me', blocked: keptApart('user_achievements.user_id'), shared: chosePublic('user_achievements.user_id') },
    anon: { select: ['shared'] },
    person: { select: ['own', 'shared'] },
    service: {
      insert: `insert into mentoring.user_achievements (user_id, achievement_id) select :hana, id from mentoring.achievements where code = 'first_session'`,
    },
  },
  'mentoring.leaderboard': {
    from: `select p.user_id, p.full_name, p.avatar_url, p.role, s.points, s.streak_days
      from mentoring.user_stats s join mentoring.profiles p using (user_id) where p.on_leaderboards and s.points > 0`,
    stands: { blocked: keptApart('leaderboard.user_id'), shared: 'true' },
    anon: { select: ['shared'] },
    person: { select: ['shared'] },
  },
  'mentoring.leaderboard_week': {
    from: `select p.user_id, p.full_name, p.avatar_url, p.role, sum(x.points)::integer as points, s.streak_days
      from mentoring.xp_events x join mentoring.profiles p using (user_id) join mentoring.user_stats s using (user_id)
      where p.on_leaderboards and x.created_at >= date_trunc('week', now(), 'UTC')
      group by p.user_id, s.user_id having sum(x.points) > 0`,
    stands: { blocked: keptApart('leaderboard_week.user_id'), shared: 'true' },
    anon: { select: ['shared'] },
    person: { select: ['shared'] },
  },
  'mentoring.awards': {
    asks: byKey,
    stands: { own: 'mentor_user_id = :me', shared: chosePublic('mentor_user_id') },
    anon: { select: ['shared'] },
    person: { select: ['own', 'shared'] },
  },
  'mentoring.admin_actions': { stands: { shared: ':me in (select user_id from identity.admins)' }, person: { select: ['shared'] } },

  'mentoring.payments': {
    stands: { own: mine('booking_id') },
    person: { select: ['own'] },
    service: {
      insert: `insert into mentoring.payments (booking_id, status, amount_cents, currency, provider) values (${id(207)}, 'pending', 3000, 'GBP', 'test')`,
    },
  },
  'mentoring.payment_events': {
    stands: { own: `exists (select from mentoring.payments p where p.id = payment_id and ${mine('p.booking_id')})` },
    person: { select: ['own'] },
    service: {
      insert: `insert into mentoring.payment_events (payment_id, kind, amount_cents, currency) values (${id(306)}, 'failed', 0, 'GBP')`,
    },
  },
}
