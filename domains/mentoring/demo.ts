import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'
import { dayOf, instantOf, mondayOf, plusDays, weekdayOf } from '#platform/scheduling/time.ts'

type Db = Pick<ClientBase, 'query'>

const id = (n: number) => `0dec0de0-0000-4000-8004-${String(n).padStart(12, '0')}`
const day = 24 * 60 * 60_000

/**
 * Priya mentors, Mateo comes to her; Leila, Hana and Tomasz mentor too. Jonas and Ruth have paused: he is seen by Amara alone, who
 * had an hour with him, and her page is public. Amara is public, too, and on no leaderboard; Tomasz is there, and not public.
 */
export async function showMentoring(db: Db, cast: Cast, now: Date): Promise<void> {
  await introduce(db, cast, now)
  await openHours(db, cast, now)
  await book(db, cast, now)
  await speak(db, cast, now)
  await pay(db, now)
  await review(db, cast, now)
  await count(db, cast, now)
  await award(db, cast, now)
}

async function introduce(db: Db, { priya, mateo, leila, hana, jonas, ifeoma, robin, tomasz, ruth, amara }: Cast, now: Date): Promise<void> {
  await db.query(
    `insert into mentoring.profiles (id, user_id, email, full_name, role, onboarding_completed, is_public, on_leaderboards, created_at)
     select id, user_id, email, name, role::mentoring.app_role, true, is_public, on_leaderboards, $2::timestamptz - interval '14 days'
     from jsonb_to_recordset($1) as p (id uuid, user_id uuid, email text, name text, role text, is_public boolean, on_leaderboards boolean)`,
    [
      JSON.stringify(
        [
          { who: priya, role: 'mentor', is_public: true, on_leaderboards: true },
          { who: mateo, role: 'mentee', is_public: false, on_leaderboards: true },
          { who: leila, role: 'mentor', is_public: false, on_leaderboards: false },
          { who: hana, role: 'mentor', is_public: true, on_leaderboards: false },
          { who: jonas, role: 'mentor', is_public: false, on_leaderboards: false },
          { who: ifeoma, role: 'mentee', is_public: false, on_leaderboards: false },
          { who: robin, role: 'mentee', is_public: true, on_leaderboards: true },
          { who: tomasz, role: 'mentor', is_public: false, on_leaderboards: true },
          { who: ruth, role: 'mentor', is_public: true, on_leaderboards: false },
          { who: amara, role: 'mentee', is_public: true, on_leaderboards: false },
        ].map(({ who, ...its }, at) => ({ id: id(1 + at), user_id: who.id, email: who.email, name: who.name, ...its })),
      ),
      now,
    ],
  )
  await db.query(
    `insert into mentoring.mentor_profiles (user_id, bio, expertise_areas, skills, hourly_rate, currency, timezone, languages, certifications,
       years_experience, is_active, lengths, start_every, notice_minutes, horizon_days, buffer_before, buffer_after)
     select user_id, bio, expertise_areas, skills, hourly_rate, 'GBP', timezone, languages, certifications, years_experience, is_active, lengths, 30,
       notice_minutes, 60, buffer_before, buffer_after
     from jsonb_to_recordset($1) as m (user_id uuid, bio text, expertise_areas text[], skills text[], hourly_rate numeric, timezone text,
       languages text[], certifications text[], years_experience smallint, is_active boolean, lengths smallint[], notice_minutes integer,
       buffer_before smallint, buffer_after smallint)`,
    [
      JSON.stringify([
        {
          user_id: priya.id,
          bio: 'I moved from Kochi to Leeds and back again, and sat every form and every interview on the way. We look at one thing each time, and you leave with something you can do by next week.',
          expertise_areas: ['Moving to the UK', 'First job in a hospital', 'Speaking with patients'],
          skills: ['Structured feedback', 'Mock conversations', 'CVs'],
          hourly_rate: 45,
          timezone: priya.zone,
          languages: ['English', 'Malayalam', 'Hindi'],
          certifications: ['Clinical educator, in her own words'],
          years_experience: 11,
          is_active: true,
          lengths: [30, 60],
          notice_minutes: 720,
          buffer_before: 5,
          buffer_after: 10,
        },
        {
          user_id: leila.id,
          bio: 'A general practitioner in London. I listen to how you explain things, and we find shorter words.',
          expertise_areas: ['General practice', 'Explaining a diagnosis'],
          skills: ['Plain words'],
          hourly_rate: 60,
          timezone: leila.zone,
          languages: ['English', 'Arabic'],
          certifications: [],
          years_experience: 16,
          is_active: true,
          lengths: [30],
          notice_minutes: 1440,
          buffer_before: 0,
          buffer_after: 0,
        },
        {
          user_id: hana.id,
          bio: 'I passed last year and remember well how it felt. Free of charge: pass it on.',
          expertise_areas: ['Exam nerves'],
          skills: ['Planning a week'],
          hourly_rate: 0,
          timezone: hana.zone,
          languages: ['Czech', 'English'],
          certifications: [],
          years_experience: 2,
          is_active: true,
          lengths: [30, 60],
          notice_minutes: 60,
          buffer_before: 0,
          buffer_after: 0,
        },
        {
          user_id: jonas.id,
          bio: 'An actor. I can tell you what a patient feels when you look at the screen.',
          expertise_areas: ['Presence'],
          skills: ['Voice'],
          hourly_rate: 30,
          timezone: jonas.zone,
          languages: ['Swedish', 'English'],
          certifications: [],
          years_experience: 8,
          is_active: false,
          lengths: [60],
          notice_minutes: 1440,
          buffer_before: 0,
          buffer_after: 15,
        },
        {
          user_id: tomasz.id,
          bio: 'Still in training myself. I help with papers, registers and the first week on a ward that is not at home.',
          expertise_areas: ['Papers and registers', 'First week on a ward'],
          skills: ['Forms'],
          hourly_rate: 20,
          timezone: tomasz.zone,
          languages: ['Polish', 'English', 'German'],
          certifications: [],
          years_experience: 4,
          is_active: true,
          lengths: [30, 60],
          notice_minutes: 720,
          buffer_before: 0,
          buffer_after: 0,
        },
        {
          user_id: ruth.id,
          bio: 'I mentored for nine years. Since this place is mine to keep, my evenings are not; I shall be back.',
          expertise_areas: ['Running a teaching programme'],
          skills: ['Listening'],
          hourly_rate: 0,
          timezone: ruth.zone,
          languages: ['English'],
          certifications: [],
          years_experience: 9,
          is_active: false,
          lengths: [60],
          notice_minutes: 1440,
          buffer_before: 0,
          buffer_after: 0,
        },
      ]),
    ],
  )
  await db.query(
    `insert into mentoring.mentee_profiles (user_id, bio, goals, interests, current_level, budget_range, learning_style, preferred_meeting_frequency, timezone)
     values
       ($1, 'A nurse in Bogotá on the way to a ward in Manchester.', '{Speak without rehearsing every sentence,Understand accents on the telephone}', '{Emergency care}',
         'B2, close to C1', 'Up to £50 an hour', 'By doing, and then hearing what to leave out', 'Once a week', $2),
       ($3, 'Applying for a first job as a registrar.', '{A calm first interview}', '{}', null, null, null, null, null),
       ($4, '', '{Find out whether this is for me}', '{}', null, null, null, null, null),
       ($5, 'I rehearse for an exam, and sound like it.', '{Be the same person with the door shut}', '{}', null, null, null, null, $6)`,
    [mateo.id, mateo.zone, ifeoma.id, robin.id, amara.id, amara.zone],
  )
}

async function openHours(db: Db, { priya, leila, hana, jonas, tomasz }: Cast, now: Date): Promise<void> {
  await db.query(
    `insert into mentoring.mentor_availability_rules (id, mentor_user_id, weekday, start_minute, end_minute)
     select ('0dec0de0-0000-4000-8004-' || lpad((100 + nth)::text, 12, '0'))::uuid, mentor, weekday, opens, closes
     from (select row_number() over (order by nr, weekday) as nth, mentor, weekday, opens, closes
       from (values (1, $1::uuid, '{1,2,3,4,5}'::integer[], 1110, 1290), (2, $1, '{6}', 600, 780), (3, $2, '{2,4}', 1080, 1200), (4, $3, '{1,2,3,4,5}', 1020, 1200), (5, $4, '{6,7}', 600, 720), (6, $5, '{3}', 1140, 1260))
         as m (nr, mentor, weekdays, opens, closes), unnest(weekdays) weekday) r`,
    [priya.id, leila.id, hana.id, jonas.id, tomasz.id],
  )
  // In Priya's own dates: a festival, and a morning she gives on a Sunday.
  const today = dayOf(now, priya.zone)
  const sunday = plusDays(today, 14 + 7 - weekdayOf(today))
  await db.query(
    `insert into mentoring.mentor_availability_exceptions (id, mentor_user_id, date, start_minute, end_minute, is_available, notes)
     values ($1, $3, $4, 0, 1440, false, 'A wedding in the family'), ($2, $3, $5, 540, 660, true, 'Instead of the wedding')`,
    [id(131), id(132), priya.id, plusDays(today, 11), sunday],
  )
  await db.query(
    `insert into mentoring.calendar_accounts (id, user_id, provider, email, created_at) values ($1, $2, 'google', 'priya.at.home@vivavoce.test', $3::timestamptz - interval '12 days')`,
    [id(141), priya.id, now],
  )
  const dentist = instantOf(plusDays(today, 5), '19:30', priya.zone)
  const school = instantOf(plusDays(today, 6), '18:00', priya.zone)
  await db.query(
    `insert into mentoring.external_busy_events (calendar_account_id, user_id, external_id, during, heard_at)
     values ($1, $2, 'demo-1', tstzrange($3, $4), $7), ($1, $2, 'demo-2', tstzrange($5, $6), $7)`,
    [id(141), priya.id, dentist, later(dentist, 45), school, later(school, 120), now],
  )
}

// Those to come lie within Priya's hours; of what is over that need not be so, hours change.
async function book(db: Db, { priya, mateo, leila, ifeoma, hana, robin, jonas, amara, tomasz }: Cast, now: Date): Promise<void> {
  const weekday = (ahead: number) => {
    const date = plusDays(dayOf(now, priya.zone), ahead)
    return weekdayOf(date) > 5 ? plusDays(date, 8 - weekdayOf(date)) : date
  }
  const ago = (days: number, hours = 0) => new Date(Math.floor((now.getTime() - days * day - hours * 3_600_000) / 1_800_000) * 1_800_000)
  const bookings = [
    {
      n: 201,
      mentor: priya,
      mentee: mateo,
      starts: ago(16),
      minutes: 60,
      status: 'completed',
      price: 4500,
      notes: 'My first call with a ward sister. I speak too fast.',
    },
    {
      n: 202,
      mentor: priya,
      mentee: mateo,
      starts: ago(2),
      minutes: 60,
      status: 'completed',
      price: 4500,
      notes: 'Could we rehearse a handover?',
    },
    { n: 203, mentor: priya, mentee: mateo, starts: ago(9), minutes: 60, status: 'cancelled', price: 4500, notes: '' },
    {
      n: 204,
      mentor: priya,
      mentee: mateo,
      starts: instantOf(weekday(2), '19:00', priya.zone),
      minutes: 60,
      status: 'confirmed',
      price: 4500,
      notes: 'Telephone English, with the picture switched off.',
    },
    {
      n: 205,
      mentor: priya,
      mentee: mateo,
      starts: instantOf(weekday(8), '19:30', priya.zone),
      minutes: 30,
      status: 'pending',
      price: 2250,
      notes: 'Only half an hour: my cover letter.',
    },
    {
      n: 206,
      mentor: priya,
      mentee: mateo,
      starts: ago(0),
      minutes: 60,
      status: 'confirmed',
      price: 4500,
      notes: 'The ward round we talked about.',
    },
    {
      n: 207,
      mentor: leila,
      mentee: ifeoma,
      starts: instantOf(plusDays(dayOf(now, leila.zone), 5), '18:00', leila.zone),
      minutes: 30,
      status: 'declined',
      price: 3000,
      notes: 'A question about contracts.',
    },
    {
      n: 208,
      mentor: hana,
      mentee: robin,
      starts: ago(15, 3),
      minutes: 30,
      status: 'completed',
      price: 0,
      notes: 'Just to get to know each other.',
    },
    {
      n: 209,
      mentor: jonas,
      mentee: amara,
      starts: ago(17),
      minutes: 60,
      status: 'completed',
      price: 3000,
      notes: 'What does a patient see when I look at the screen?',
    },
    {
      n: 210,
      mentor: tomasz,
      mentee: ifeoma,
      starts: ago(15),
      minutes: 30,
      status: 'completed',
      price: 1000,
      notes: 'Which papers do they want to see, and in which order?',
    },
  ]
  for (const { n, mentor, mentee, starts, minutes, status, price, notes } of bookings) {
    const ends = later(starts, minutes)
    const off = status === 'declined' || status === 'cancelled'
    if (off)
      await db.query(
        `insert into scheduling.meetings (id, kind, during, sequence, planned_at, released_at) values ($1, 'mentoring.booking', tstzrange($2, $3), 1, $4::timestamptz - interval '10 days', $4)`,
        [id(n), starts, ends, now],
      )
    else
      await db.query(`select private.claim($1, 'mentoring.booking', tstzrange($2, $3), $4, '{mentor_is_busy,you_are_busy}')`, [
        id(n),
        starts,
        ends,
        [mentor.id, mentee.id],
      ])
    const booked = new Date(Math.min(starts.getTime() - 3 * day, now.getTime() - day / 2))
    await db.query(
      `insert into mentoring.bookings (id, mentor_user_id, mentee_user_id, start_time, end_time, price_cents, currency, status, meeting_provider, notes, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, 'GBP', $7, 'builtin', $8, $9, $9)`,
      [id(n), mentor.id, mentee.id, starts, ends, price, status, notes, booked],
    )
    const steps: [step: string, by: string | null, when: Date, reason: string][] = [['booked', mentee.id, booked, '']]
    if (status === 'declined') steps.push(['declined', mentor.id, later(booked, 90), 'I am on call all that week. Try again after it?'])
    else if (status !== 'pending') steps.push(['confirmed', mentor.id, later(booked, 45), ''])
    if (status === 'cancelled') steps.push(['cancelled', mentee.id, new Date(starts.getTime() - day), 'I was put on nights.'])
    if (status === 'completed') steps.push(['completed', null, ends, ''])
    for (const [step, by, when, reason] of steps)
      await db.query(`insert into mentoring.booking_steps (booking_id, step, by_user_id, reason, at) values ($1, $2, $3, $4, $5)`, [
        id(n),
        step,
        by,
        reason,
        when,
      ])
  }
  const held = instantOf(plusDays(dayOf(now, hana.zone), 12), '17:00', hana.zone)
  await db.query(`select private.claim($1, 'mentoring.booking', tstzrange($2, $3), $4, '{mentor_is_busy,you_are_busy}', $5)`, [
    id(221),
    held,
    later(held, 30),
    [hana.id, mateo.id],
    later(now, 10),
  ])
  await db.query(
    `insert into mentoring.holds (id, mentor_user_id, mentee_user_id, start_time, end_time, held_until) values ($1, $2, $3, $4, $5, $6)`,
    [id(221), hana.id, mateo.id, held, later(held, 30), later(now, 10)],
  )
}

const speak = (db: Db, { priya, mateo, hana, robin }: Cast, now: Date) =>
  db.query(
    `insert into mentoring.session_messages (booking_id, sender_user_id, message, created_at)
     values
       ($1, $4, 'I wrote down three calls that went wrong. Shall I send them before?', $8::timestamptz - interval '20 hours'),
       ($1, $5, 'Yes please, one line each. We will play the worst of them twice.', $8::timestamptz - interval '19 hours'),
       ($2, $4, 'I am in the room.', $8::timestamptz - interval '1 minute'),
       ($3, $7, 'Nice to meet you! I know a course that would help you.', $8::timestamptz - interval '14 days'),
       ($3, $6, 'Thank you, no.', $8::timestamptz - interval '14 days' + interval '5 minutes')`,
    [id(204), id(206), id(208), mateo.id, priya.id, hana.id, robin.id, now],
  )

// By the test provider: no card was ever asked for.
async function pay(db: Db, now: Date): Promise<void> {
  const payments: [n: number, booking: number, cents: number, status: string, daysAgo: number, events: [kind: string, cents: number][]][] =
    [
      [
        301,
        201,
        4500,
        'paid',
        19,
        [
          ['opened', 0],
          ['paid', 4500],
        ],
      ],
      [
        302,
        202,
        4500,
        'paid',
        5,
        [
          ['opened', 0],
          ['paid', 4500],
        ],
      ],
      [
        303,
        203,
        4500,
        'failed',
        12,
        [
          ['opened', 0],
          ['failed', 0],
        ],
      ],
      [
        304,
        203,
        4500,
        'partly_refunded',
        12,
        [
          ['opened', 0],
          ['paid', 4500],
          ['refunded', 2250],
        ],
      ],
      [
        305,
        204,
        4500,
        'paid',
        1,
        [
          ['opened', 0],
          ['paid', 4500],
        ],
      ],
      [306, 205, 2250, 'pending', 0.5, [['opened', 0]]],
      [
        307,
        206,
        4500,
        'paid',
        3,
        [
          ['opened', 0],
          ['paid', 4500],
        ],
      ],
      [
        308,
        209,
        3000,
        'paid',
        20,
        [
          ['opened', 0],
          ['paid', 3000],
        ],
      ],
      [
        309,
        210,
        1000,
        'paid',
        18,
        [
          ['opened', 0],
          ['paid', 1000],
        ],
      ],
    ]
  for (const [n, booking, cents, status, daysAgo, events] of payments) {
    const opened = new Date(now.getTime() - daysAgo * day)
    await db.query(
      `insert into mentoring.payments (id, booking_id, status, amount_cents, currency, provider, txn_id, refund_txn_id, created_at, updated_at)
       values ($1, $2, $3, $4, 'GBP', 'test', $5, $6, $7, $7)`,
      [id(n), id(booking), status, cents, `demo-${n}`, status === 'partly_refunded' ? `demo-${n}-back` : null, opened],
    )
    for (const [at, [kind, amount]] of events.entries())
      await db.query(
        `insert into mentoring.payment_events (payment_id, kind, amount_cents, currency, provider_event_id, happened_at) values ($1, $2, $3, 'GBP', $4, $5)`,
        [id(n), kind, amount, `demo-${n}-${at}`, later(opened, at * 3)],
      )
  }
}

// Both wrote about the first hour; about the second only Mateo has, so nobody reads it yet. Of Tomasz and Ifeoma both are read, by
// whoever sees the one whom a review is about: she is in nobody's list, and he in those of people who are signed in.
const review = (db: Db, { priya, mateo, hana, robin, tomasz, ifeoma, jonas, amara }: Cast, now: Date) =>
  db.query(
    `insert into mentoring.reviews (id, booking_id, reviewer_user_id, reviewee_user_id, rating, feedback, is_public, created_at, opens_at)
     select id, booking_id, by_id, about_id, rating, feedback, is_public, $2::timestamptz - written, $2::timestamptz - opens
     from jsonb_to_recordset($1) as r (id uuid, booking_id uuid, by_id uuid, about_id uuid, rating smallint, feedback text, is_public boolean, written interval, opens interval)`,
    [
      JSON.stringify(
        [
          {
            n: 401,
            of: 201,
            by: mateo,
            about: priya,
            rating: 5,
            feedback: 'She let me fail first, and then showed me the one word I kept swallowing.',
            is_public: true,
            written: '15 days',
            opens: '14 days',
          },
          {
            n: 402,
            of: 201,
            by: priya,
            about: mateo,
            rating: 5,
            feedback: 'Came prepared and asked for more.',
            is_public: false,
            written: '14 days',
            opens: '14 days',
          },
          {
            n: 403,
            of: 202,
            by: mateo,
            about: priya,
            rating: 4,
            feedback: 'Dense. I needed a day to sort it.',
            is_public: true,
            written: '1 day',
            opens: '-13 days',
          },
          {
            n: 404,
            of: 208,
            by: robin,
            about: hana,
            rating: 2,
            feedback: 'Not interested in my course.',
            is_public: true,
            written: '14 days 6 hours',
            opens: '6 hours',
          },
          {
            n: 405,
            of: 208,
            by: hana,
            about: robin,
            rating: 1,
            feedback: 'Wanted to sell me something.',
            is_public: false,
            written: '14 days 2 hours',
            opens: '6 hours',
          },
          {
            n: 406,
            of: 210,
            by: ifeoma,
            about: tomasz,
            rating: 5,
            feedback: 'He has filled in every one of those forms himself, and it shows.',
            is_public: true,
            written: '14 days 20 hours',
            opens: '14 days 12 hours',
          },
          {
            n: 407,
            of: 210,
            by: tomasz,
            about: ifeoma,
            rating: 5,
            feedback: 'Had read everything before we met.',
            is_public: true,
            written: '14 days 12 hours',
            opens: '14 days 12 hours',
          },
          {
            n: 408,
            of: 209,
            by: amara,
            about: jonas,
            rating: 4,
            feedback: 'I look up now. It is harder than it sounds.',
            is_public: true,
            written: '16 days',
            opens: '2 days',
          },
        ].map(({ n, of, by, about, ...its }) => ({ id: id(n), booking_id: id(of), by_id: by.id, about_id: about.id, ...its })),
      ),
      now,
    ],
  )

async function count(db: Db, { priya, mateo, hana, robin, ifeoma, tomasz, jonas, amara }: Cast, now: Date): Promise<void> {
  const events: [who: string, event: string, subject: string, points: number, daysAgo: number][] = [
    [priya.id, 'signup', 'account', 10, 14],
    [priya.id, 'complete_profile', 'profile', 20, 14],
    [priya.id, 'first_session', id(201), 50, 16],
    [priya.id, 'session_completed', id(202), 25, 2],
    [priya.id, 'review_received', id(401), 10, 15],
    [mateo.id, 'signup', 'account', 10, 14],
    [mateo.id, 'first_session', id(201), 50, 16],
    [mateo.id, 'session_completed', id(202), 25, 2],
    [mateo.id, 'review_given', id(401), 10, 15],
    [hana.id, 'signup', 'account', 10, 14],
    [robin.id, 'signup', 'account', 10, 13],
    [robin.id, 'streak_day', new Date(now.getTime()).toISOString().slice(0, 10), 5, 0],
    [ifeoma.id, 'signup', 'account', 10, 14],
    [ifeoma.id, 'first_session', id(210), 50, 15],
    [tomasz.id, 'signup', 'account', 10, 14],
    [tomasz.id, 'first_session', id(210), 50, 15],
    [tomasz.id, 'review_received', id(406), 10, 14],
    [jonas.id, 'first_session', id(209), 50, 17],
    [amara.id, 'first_session', id(209), 50, 17],
    [amara.id, 'review_given', id(408), 10, 16],
    ...[2, 1, 0].map((daysAgo): [string, string, string, number, number] => [
      mateo.id,
      'streak_day',
      new Date(now.getTime() - daysAgo * day).toISOString().slice(0, 10),
      5,
      daysAgo,
    ]),
  ]
  for (const [who, event, subject, points, daysAgo] of events)
    await db.query(`insert into mentoring.xp_events (user_id, event, subject, points, created_at) values ($1, $2, $3, $4, $5)`, [
      who,
      event,
      subject,
      points,
      new Date(now.getTime() - daysAgo * day),
    ])
  // Counted by mistake, and taken back by a row.
  await db.query(
    `with given as (insert into mentoring.xp_events (user_id, event, subject, points, created_at) values ($1, 'session_completed', $2, 25, $3::timestamptz - interval '9 days') returning id)
     insert into mentoring.xp_events (user_id, event, subject, points, reverses, created_at) select $1, 'session_completed', $2, -25, id, $3::timestamptz - interval '8 days' from given`,
    [mateo.id, id(203), now],
  )
  await db.query(
    `insert into mentoring.user_achievements (user_id, achievement_id, earned_at)
     select who, a.id, $3::timestamptz - interval '15 days' from unnest($1::uuid[], $2::text[]) as e (who, code) join mentoring.achievements a using (code)`,
    [
      [priya.id, mateo.id, mateo.id, robin.id, tomasz.id, amara.id],
      ['first_session', 'first_session', 'first_review', 'first_session', 'first_session', 'first_review'],
      now,
    ],
  )
}

// Ruth gave three, and took back one.
async function award(db: Db, { priya, leila, tomasz, ruth }: Cast, now: Date): Promise<void> {
  const monday = plusDays(mondayOf(dayOf(now, 'UTC')), -7)
  const [fourWeeks, week, end] = [plusDays(monday, -21), monday, plusDays(monday, 7)]
  await db.query(
    `insert into mentoring.awards (id, mentor_user_id, type, period_start, period_end, meta, created_at, reverses)
     values ($1, $5, 'top_mentor_of_the_week', $9, $10, '{}', $11::timestamptz - interval '3 days', null),
       ($2, $6, 'most_thanked_of_the_month', $9, $10, null, $11::timestamptz - interval '3 days', null),
       ($3, $6, 'most_thanked_of_the_month', $9, $10, null, $11::timestamptz - interval '2 days', $2),
       ($4, $7, 'most_thanked_of_the_month', $8, $10, null, $11::timestamptz - interval '2 days', null)`,
    [id(501), id(502), id(503), id(504), priya.id, leila.id, tomasz.id, fourWeeks, week, end, now],
  )
  await db.query(
    `insert into mentoring.admin_actions (id, admin_id, actor, action, subject_id, meta, created_at)
     select a.id, $1::uuid, 'administrator ' || left(encode(sha256(convert_to($1::uuid::text, 'UTF8')), 'hex'), 12), action, subject, '{}', $2::timestamptz - ago
     from (values ($3::uuid, 'mentoring.award-given', $6::uuid, interval '3 days'), ($4, 'mentoring.award-given', $7, interval '3 days'), ($5, 'mentoring.award-taken-back', $7, interval '2 days'),
       ($8, 'mentoring.award-given', $9, interval '2 days')) as a (id, action, subject, ago)`,
    [ruth.id, now, id(511), id(512), id(513), id(501), id(502), id(514), id(504)],
  )
}

const later = (instant: Date, minutes: number) => new Date(instant.getTime() + minutes * 60_000)
