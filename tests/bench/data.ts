import type pg from 'pg'

// A world to measure in: made by the database itself, set by set, and the same each time it is made in a month (it lies around
// the month's first day, so that there is a past to read and a future to book). Triggers and foreign keys are off meanwhile:
// the rows are those that our functions would have left. Checks, unique keys and the calendar's exclusion stay on.
export type Size = {
  people: number // even: whoever hosts practice sits beside somebody of the other half
  mentors: number
  doctors: number
  patients: number
  conversations: number
  messagesEach: number
  readingsEach: number // of a patient: five metrics, twice a day
  bookings: number
  sessions: number // of practice, speaking and interviews alike
  offers: number // of practice, upcoming, with a free seat
  cases: number
}

export const full: Size = {
  people: 20_000,
  mentors: 2_000,
  doctors: 500,
  patients: 5_000,
  conversations: 10_000,
  messagesEach: 100,
  readingsEach: 2_000,
  bookings: 100_000,
  sessions: 100_000,
  offers: 140_000, // of which at the month's end 100,000 are still to come
  cases: 5_000,
}

/** As many messages and readings as a plan needs to be the one of a large table. */
export const small: Size = {
  people: 2_000,
  mentors: 500,
  doctors: 50,
  patients: 100,
  conversations: 1_000,
  messagesEach: 100,
  readingsEach: 1_000,
  bookings: 10_000,
  sessions: 10_000,
  offers: 10_000,
  cases: 1_000,
}

/** Fills a database that was migrated and has nobody in it yet. Only its superuser can. */
export async function fill(client: pg.Client, size: Size, tell: (what: string, seconds: number) => void = () => {}): Promise<void> {
  await client.query(`
    set session_replication_role = replica;
    set timezone = 'UTC';
    set synchronous_commit = off;
    set maintenance_work_mem = '1GB';
    set work_mem = '256MB';
    create function pg_temp.id(what text, n bigint) returns uuid language sql immutable as $$
      select overlay(overlay(md5(what || ' ' || n) placing '4' from 13) placing 'a' from 17)::uuid $$; -- of version 4, as all of ours
    create function pg_temp.who(n bigint) returns uuid language sql immutable as $$ select pg_temp.id('bench', n) $$;
    create function pg_temp.day0() returns date language sql stable as $$ select date_trunc('month', now())::date $$`)
  for (const [what, sql] of steps(size)) {
    const began = performance.now()
    await client.query('begin')
    const back = await withoutKeys(client, sql)
    await client.query(sql)
    for (const key of back) await client.query(key)
    await client.query('commit')
    tell(what, (performance.now() - began) / 1_000)
  }
  await client.query('reset session_replication_role')
  const began = performance.now()
  await client.query('vacuum (analyze)')
  tell('vacuum and statistics', (performance.now() - began) / 1_000)
}

// A key built at the end over a million rows costs a tenth of one that grows row by row.
const large = ['care.messages', 'care.health_realtime']

async function withoutKeys(client: pg.Client, sql: string): Promise<string[]> {
  const table = large.find((name) => sql.includes(`insert into ${name} `))
  if (!table) return []
  const { rows } = await client.query<{ gone: string; back: string }>(
    `select case when c.oid is null then format('drop index %s', i.indexrelid::regclass) else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as gone,
       case when c.oid is null then pg_get_indexdef(i.indexrelid) else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as back
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.conrelid = i.indrelid and c.contype in ('u', 'x')
     where i.indrelid = $1::regclass and not i.indisprimary`,
    [table],
  )
  for (const { gone } of rows) await client.query(gone)
  return rows.map(({ back }) => back)
}

function steps(size: Size): [what: string, sql: string][] {
  return [
    ...everybody(size),
    ...calendar(size),
    ...care(size),
    ...mentoring(size),
    ...practice(size),
    ...speaking(size),
    ...interviews(size),
  ]
}

function everybody({ people }: Size): [string, string][] {
  return [
    [
      `${people} people`,
      `insert into auth.users (id, aud, role, email, email_confirmed_at, raw_user_meta_data, created_at, updated_at)
       select pg_temp.who(n), 'authenticated', 'authenticated', 'person' || n || '@example.test', now(),
         jsonb_build_object('name', 'Person ' || n), pg_temp.day0() - 400, pg_temp.day0() - 400 from generate_series(1, ${people}) n;
       insert into identity.accounts (user_id, adult_declared_at, zone) select u.id, u.created_at, 'Europe/London' from auth.users u;
       insert into identity.admins (user_id, reason) values (pg_temp.who(${people}), 'the bench');
       insert into safety.blocks (blocker_id, blocked_id) select pg_temp.who(n), pg_temp.who(n + 7) from generate_series(1, ${people} - 7, 20) n;
       insert into practice.profiles (user_id, first_name, last_name, training_level)
       select pg_temp.who(n), 'Person', n::text, 'Foundation year 2' from generate_series(1, ${people}) n;
       insert into mentoring.profiles (user_id, email, full_name, role, is_public, on_leaderboards)
       select pg_temp.who(n), 'person' || n || '@example.test', 'Person ' || n, 'mentee', n % 2 = 0, n % 3 = 0 from generate_series(1, ${people}) n;
       insert into speaking.members (user_id, email, role, profession)
       select pg_temp.who(n), 'person' || n || '@example.test', case n when ${people} then 'admin' else 'user' end, 'doctor' from generate_series(1, ${people}) n`,
    ],
  ]
}

// Who meets whom, and when, such that nobody is in two places: bookings begin between nine and sixteen, practice in the evening.
// A mentor's bookings, and a mentee's, have different `turn`s and so different days. A practice session's guest sits at an odd
// distance from the host, and odd people host at another hour than even ones.
const booked = ({ bookings, mentors, people }: Size) => {
  const turns = Math.ceil(bookings / mentors)
  return `select i, pg_temp.id('booking', i) as id, pg_temp.who(1 + i % ${mentors}) as mentor,
      pg_temp.who(1 + ${mentors} + i % ${primeBelow(people - mentors)}) as mentee,
      (pg_temp.day0() - 90 + (i / ${mentors} * 200.0 / ${turns})::integer)::timestamptz + make_interval(hours => (9 + i % ${mentors} % 8)::integer) as starts
    from generate_series(0, ${bookings - 1}::bigint) i`
}
const planned = ({ sessions, people }: Size) => {
  const days = Math.floor(200 / Math.ceil(sessions / people))
  return `select i, pg_temp.id('practice', i) as id, pg_temp.who(1 + i % ${people}) as host, i % 10 < 7 as seated, i % 20 = 4 as off,
      pg_temp.who(1 + (i % ${people} + 1 + 8 * (i / ${people})) % ${people}) as guest,
      (pg_temp.day0() - 90 + (i / ${people} * ${days} + i % ${people} % ${days})::integer)::timestamptz + make_interval(hours => (18 + 2 * (i % 2))::integer) as starts
    from generate_series(0, ${sessions - 1}::bigint) i`
}
const offered = ({ offers, people }: Size) =>
  `select i, pg_temp.id('offer', i) as id, pg_temp.who(1 + i % ${people}) as host,
      date_trunc('hour', now()) + interval '1 hour' + i * interval '105 days' / ${offers} as starts from generate_series(0, ${offers - 1}::bigint) i`

function calendar(size: Size): [string, string][] {
  return [
    [
      `the calendar of ${size.bookings} bookings`,
      `insert into scheduling.meetings (id, kind, during, planned_at, released_at)
       select id, 'mentoring.booking', tstzrange(starts, starts + interval '1 hour'), pg_temp.day0() - 120, case when i % 10 = 0 then starts - interval '1 day' end
       from (${booked(size)}) b;
       insert into scheduling.commitments (meeting_id, person_id, during)
       select b.id, p, tstzrange(starts, starts + interval '1 hour') from (${booked(size)}) b cross join unnest(array[mentor, mentee]) p where i % 10 <> 0`,
    ],
    [
      `the calendar of ${size.sessions} practice sessions`,
      `insert into scheduling.meetings (id, kind, during, planned_at, released_at)
       select id, 'practice.session', tstzrange(starts, starts + interval '1 hour'), pg_temp.day0() - 120, case when off then starts - interval '1 day' end
       from (${planned(size)}) s;
       insert into scheduling.commitments (meeting_id, person_id, during)
       select s.id, p, tstzrange(starts, starts + interval '1 hour') from (${planned(size)}) s
         cross join unnest(case when seated then array[host, guest] else array[host] end) p where not off`,
    ],
  ]
}

function care({ people, doctors, patients, conversations, messagesEach, readingsEach }: Size): [string, string][] {
  return [
    [
      `${conversations} conversations`,
      `insert into care.profiles (id, full_name, country, role, license_number, is_verified, listed)
       select pg_temp.who(n), 'Person ' || n, 'GB', (case when n <= ${doctors} then 'doctor' else 'patient' end)::care.user_role,
         case when n <= ${doctors} then 'L' || n end, n <= ${doctors}, n <= ${doctors} from generate_series(1, ${doctors + patients}) n;
       insert into care.verification_requests (doctor_id, full_name, license_number, register, status, evidence, reviewed_by, reviewed_at, expires_at)
       select pg_temp.who(n), 'Person ' || n, 'L' || n, 'GMC', 'approved', 'looked up', pg_temp.who(${people}), pg_temp.day0() - 100, pg_temp.day0() + 600
       from generate_series(1, ${doctors}) n;
       insert into care.patient_doctor_links (patient_id, doctor_id, status)
       select pg_temp.who(1 + ${doctors} + k % ${patients}), pg_temp.who(1 + (k + k / ${patients}) % ${doctors}), 'active'
       from generate_series(0, ${conversations - 1}) k;
       insert into care.link_events (link_id, step, actor_id, at)
       select l.id, s.step, case s.step when 'asked' then l.patient_id else l.doctor_id end, pg_temp.day0() - 120
       from care.patient_doctor_links l cross join (values ('asked'), ('accepted')) s (step);
       insert into care.conversations (patient_id, doctor_id, created_at, last_message_at, last_seq)
       select l.patient_id, l.doctor_id, pg_temp.day0() - 120, pg_temp.day0() - ${messagesEach} + ${messagesEach} + make_interval(secs => l.id), ${messagesEach}
       from care.patient_doctor_links l;
       insert into care.read_marks (person_id, conversation_id, seq)
       select p, c.id, ${messagesEach} - c.id % 7 from care.conversations c cross join unnest(array[c.patient_id, c.doctor_id]) p`,
    ],
    [
      // In the order of time, so that the messages of one conversation lie as far apart as they do in life.
      `${conversations * messagesEach} messages`,
      `insert into care.messages (conversation_id, sender_id, body, created_at, client_id, seq)
       select c.id, case seq % 2 when 0 then c.patient_id else c.doctor_id end, repeat('What was said, and what was answered to it. ', 1 + (seq % 4)::integer),
         pg_temp.day0() - ${messagesEach} + seq::integer + make_interval(secs => c.id), pg_temp.id('message', c.id * 1000000 + seq), seq
       from generate_series(1, ${messagesEach}::bigint) seq cross join care.conversations c order by seq, c.id`,
    ],
    [
      // Day by day, as devices send them.
      `${patients * readingsEach} readings`,
      `do $$ begin
         for day in 1 .. ${readingsEach / 10} loop
           insert into care.health_realtime (metric_name, timestamp, value, source, email, user_id, zone_offset)
           select metric, (pg_temp.day0() + 31 - ${readingsEach / 10} + day)::timestamptz + make_interval(hours => 12 * half, mins => (n % 600)::integer),
             40 + (n * 7 + day * 3 + half) % 60, 'watch', 'person' || n || '@example.test', pg_temp.who(n), 0
           from generate_series(${doctors + 1}, ${doctors + patients}) n
             cross join unnest(array['heart_rate', 'weight', 'systolic', 'glucose', 'sleep']) metric cross join generate_series(0, 1) half;
         end loop;
       end $$`,
    ],
  ]
}

function mentoring(size: Size): [string, string][] {
  const { mentors } = size
  return [
    [
      // Clinicians with a job of their own, who give some ten hours a week; one of twenty gives all of it.
      `${mentors} mentors`,
      `insert into mentoring.zones (name)
       values ('Europe/London'), ('Europe/Paris'), ('Asia/Kolkata'), ('America/New_York'), ('Australia/Sydney'), ('Africa/Lagos'), ('Asia/Kathmandu'), ('America/Los_Angeles');
       update mentoring.profiles p set role = 'mentor', is_public = true from generate_series(1, ${mentors}) n where p.user_id = pg_temp.who(n);
       insert into mentoring.mentor_profiles (user_id, bio, hourly_rate, timezone, is_active, start_every, buffer_after)
       select pg_temp.who(n), repeat('A few words about me. ', 20), 40, z.names[1 + n % 8], n % 20 <> 7, 30, 10 * (n % 2)
       from generate_series(1, ${mentors}) n cross join (select array_agg(name order by name) as names from mentoring.zones) z;
       insert into mentoring.mentor_availability_rules (mentor_user_id, weekday, start_minute, end_minute, timezone)
       select m.user_id, hours.day, hours.opens + 60 * (n / 20 % 4 - 2), hours.closes + 60 * (n / 20 % 4 - 2), m.timezone
       from generate_series(1, ${mentors}) n join mentoring.mentor_profiles m on m.user_id = pg_temp.who(n)
         cross join lateral (
           select day, 540 as opens, 1020 as closes from generate_series(1, 5) day where n % 20 = 0
           union all select w.day, w.opens, w.closes from (values (0, 2, 1080, 1260), (0, 4, 1080, 1260), (0, 6, 540, 780), (1, 1, 1020, 1200), (1, 3, 1020, 1200), (1, 5, 1020, 1200),
             (2, 1, 720, 840), (2, 2, 720, 840), (2, 3, 720, 840), (2, 4, 720, 840), (2, 5, 720, 840), (3, 3, 840, 1080), (3, 7, 600, 960)) w (kind, day, opens, closes)
           where n % 20 <> 0 and kind = n % 4) hours;
       insert into mentoring.mentor_availability_exceptions (mentor_user_id, date, start_minute, end_minute, is_available)
       select pg_temp.who(n), pg_temp.day0() + (n % 10)::integer + 12 * k, case when k % 3 = 0 then 600 else 0 end, case when k % 3 = 0 then 900 else 1440 end, k = 6
       from generate_series(1, ${mentors}) n cross join generate_series(0, 6) k;
       insert into mentoring.calendar_accounts (id, user_id, provider, email)
       select pg_temp.id('calendar', n), pg_temp.who(n), 'google', 'person' || n || '@example.test' from generate_series(1, ${mentors}, 3) n;
       insert into mentoring.external_busy_events (calendar_account_id, user_id, external_id, during)
       select pg_temp.id('calendar', n), pg_temp.who(n), 'event ' || k, tstzrange(at, at + interval '45 minutes')
       from generate_series(1, ${mentors}, 3) n cross join generate_series(0, 29) k
         cross join lateral (select (pg_temp.day0() + 3 * k)::timestamptz + make_interval(hours => (7 + (n + k) % 12)::integer) as at) a`,
    ],
    [
      `${size.bookings} bookings`,
      `insert into mentoring.bookings (id, mentor_user_id, mentee_user_id, start_time, end_time, price_cents, currency, status, meeting_provider, notes)
       select id, mentor, mentee, starts, starts + interval '1 hour', 4000, 'GBP', (case when i % 10 = 0 then 'cancelled'
         when starts < now() then 'completed' when i % 3 = 0 then 'pending' else 'confirmed' end)::mentoring.booking_status, 'builtin', 'What I should like to talk about.'
       from (${booked(size)}) b;
       insert into mentoring.booking_steps (booking_id, step, by_user_id)
       select b.id, s.step, case s.step when 'booked' then b.mentee_user_id else b.mentor_user_id end from mentoring.bookings b
         cross join lateral (values ('booked'), (case when b.status <> 'pending' then b.status::text end)) s (step) where s.step is not null;
       insert into mentoring.reviews (booking_id, reviewer_user_id, reviewee_user_id, rating, feedback, is_public, created_at, opens_at)
       select b.id, case side when 0 then b.mentee_user_id else b.mentor_user_id end, case side when 0 then b.mentor_user_id else b.mentee_user_id end,
         3 + abs(hashtext(b.id::text) % 3), 'It was an hour well spent. ', abs(hashtext(b.id::text) % 10) <> 1, b.end_time, b.end_time
       from mentoring.bookings b cross join generate_series(0, 1) side where b.status = 'completed' and b.end_time < now()`,
    ],
  ]
}

function practice(size: Size): [string, string][] {
  return [
    [
      `${size.sessions} practice sessions`,
      `insert into practice.formats (id, name, rating) values ('bench', 'Bench', '{Poor,Fair,Good}');
       insert into practice.format_phases (format, phase, seconds) values ('bench', 'reading', 90), ('bench', 'running', 480), ('bench', 'marking', 60), ('bench', 'feedback', null);
       insert into practice.cases (id, candidate_brief, actor_brief, markscheme, category, condition, case_name, domain, published_at)
       select pg_temp.id('case', n), repeat('Brief. ', 100), repeat('Brief. ', 200), repeat('Mark. ', 200),
         (array['General', 'Emergencies', 'Breaking bad news', 'Ethics'])[1 + n % 4], 'Gout',
         format('%s %s %s %s', (array['A', 'The', 'One more', 'No'])[1 + n % 4],
           (array['sore', 'worried', 'quiet', 'late', 'short', 'missing', 'second', 'restless', 'heavy', 'young', 'tired'])[1 + n % 11],
           (array['toe', 'letter', 'visitor', 'night', 'breath', 'tablet', 'opinion', 'evening', 'bag', 'driver', 'choir', 'garden', 'builder'])[1 + n % 13], n),
         (select d.key from practice.domains d order by d.key offset n % (select count(*) from practice.domains) limit 1), now()
       from generate_series(1, ${size.cases}) n;
       insert into practice.practice_sessions (id, host_id, guest_id, date, "time", type, case_id, candidate_id, format, level, note, meeting_id, cancelled_at, ended_at)
       select id, host, case when seated or off then guest end, starts::date, starts::time, case when i % 4 = 0 then 'review' else 'mock' end,
         case when seated then pg_temp.id('case', 1 + i % 200) end, case when seated then host end, 'bench',
         (array['any', 'student', 'foundation', 'core', 'higher'])[1 + i % 5], 'I should like to practise breaking bad news.', id,
         case when off then starts - interval '1 day' end, case when seated and not off and starts < now() then starts + interval '1 hour' end
       from (${planned(size)}) s;
       insert into practice.rounds (session_id, number, case_id, candidate_id, actor_id, plan, reading_at, running_at, marking_at, feedback_at, ended_at)
       select s.id, 1, s.case_id, s.host_id, s.guest_id, private.plan_of('bench', 'mock'), s.starts_at, s.starts_at + interval '90 seconds',
         s.starts_at + interval '570 seconds', s.starts_at + interval '630 seconds', s.ended_at
       from practice.practice_sessions s where s.ended_at is not null`,
    ],
    [
      `${size.offers} offers`,
      // Of the calendar there is the meeting and nobody's time, which no list looks at.
      `insert into scheduling.meetings (id, kind, during, planned_at)
       select id, 'practice.session', tstzrange(starts, starts + interval '1 hour'), now() from (${offered(size)}) o;
       insert into practice.practice_sessions (id, host_id, date, "time", type, format, level, note, meeting_id)
       select id, host, (starts at time zone 'UTC')::date, (starts at time zone 'UTC')::time, case when i % 4 = 0 then 'review' else 'mock' end,
         'bench', (array['any', 'student', 'foundation', 'core', 'higher'])[1 + i % 5], 'Whatever you like.', id
       from (${offered(size)}) o`,
    ],
  ]
}

function speaking({ sessions, people }: Size): [string, string][] {
  return [
    [
      `${sessions} speaking sessions`,
      `insert into speaking.scenarios (id, title, description, patient_persona, clinical_area, target_profession, difficulty_level, created_by_admin_id, status, created_at)
       select pg_temp.id('scenario', n), 'Scenario ' || n, repeat('You are with somebody who worries. ', 10),
         '{"name": "Sam", "opens_with": "Hello.", "manner": "calm", "age": 40, "worries": ["work"], "holds_back": ["smoking"]}',
         (array['medicine', 'surgery', 'psychiatry'])[1 + n % 3], (array['doctor', 'nurse', 'dentist', 'pharmacist'])[1 + n % 4],
         (array['foundation', 'standard', 'demanding'])[1 + n % 3], pg_temp.who(${people}), case when n % 10 = 0 then 'draft' else 'published' end, pg_temp.day0() - n
       from generate_series(1, 400) n;
       insert into speaking.sessions (id, user_id, scenario_id, status, duration_seconds, created_at, transcript_agreed_at)
       select pg_temp.id('speaking', i), pg_temp.who(1 + i % ${people}), pg_temp.id('scenario', 1 + i % 9 + 10 * (i % 40)),
         case when i % 5 = 0 then 'abandoned' else 'completed' end, 300, pg_temp.day0() - 100 + make_interval(secs => i * 86), pg_temp.day0() - 100 + make_interval(secs => i * 86)
       from generate_series(0, ${sessions - 1}::bigint) i;
       insert into speaking.feedback_reports (session_id, transcript, ai_summary, score_raw, strengths, areas_for_improvement, evidence, created_at)
       select s.id, repeat('Good morning, what brings you here today? ', 20), 'A calm talk.', 25, 'Opening.', 'Closing.',
         '[{"criterion": "opening", "judgement": "Clear.", "quote": "Good morning"}]', s.created_at
       from speaking.sessions s where s.status = 'completed'`,
    ],
  ]
}

function interviews({ sessions, people }: Size): [string, string][] {
  return [
    [
      `${sessions} interviews`,
      `insert into interviews.profiles (user_id, full_name) select pg_temp.who(n), 'Person ' || n from generate_series(1, ${people}) n;
       insert into interviews.interview_sessions (id, user_id, target_role, job_description_context, status, started_at, completed_at, created_at, transcript_agreed_at)
       select pg_temp.id('interview', i), pg_temp.who(1 + i % ${people}), 'Registrar', repeat('We are looking for somebody who listens. ', 20), 'completed', at, at + interval '30 minutes', at, at
       from generate_series(0, ${sessions - 1}::bigint) i cross join lateral (select pg_temp.day0() - 100 + make_interval(secs => i * 86) as at) a;
       insert into interviews.interview_questions (id, session_id, question_text, question_order, question_type_tag, source)
       select pg_temp.id('question', i * 10 + q), pg_temp.id('interview', i), 'What would you do first, and why?', q, 'clinical', 'bank'
       from generate_series(0, ${sessions - 1}::bigint) i cross join generate_series(1, 5) q;
       insert into interviews.interview_answers (question_id, session_id, user_id, answer_transcript_text)
       select pg_temp.id('question', i * 10 + q), pg_temp.id('interview', i), pg_temp.who(1 + i % ${people}), repeat('First I should make sure that everybody is safe. ', 8)
       from generate_series(0, ${sessions - 1}::bigint) i cross join generate_series(1, 5) q`,
    ],
  ]
}

// Mentees come round in a number that no number of mentors divides, so that the same two do not meet each time.
function primeBelow(most: number): number {
  const isPrime = (n: number) => Array.from({ length: Math.floor(Math.sqrt(n)) - 1 }, (_, at) => at + 2).every((by) => n % by !== 0)
  let n = most
  while (!isPrime(n)) n--
  return n
}
