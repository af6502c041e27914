import type { Statement } from '#platform/database/batch.ts'
import { callOf } from '#platform/database/conversation.ts'

// Every query that a page waits for, as the server asks it: what `npm run bench` times, and tests/plans.long.test.ts looks into.
export type HotQuery = {
  domain: string
  name: string
  as: 'anon' | 'authenticated'
  /** A read is one trip; what is recorded is a transaction that writes. */
  recorded?: true
  /** As SQL for the owner: who asks (`person`), and for what. Of the many it finds, each turn takes the next. */
  asked: string
  ask: (row: Asked) => Statement[]
  /** At most so many times what a batch with `select 1` takes. */
  promised?: number
  /** Without these indexes the plan must be found to be bad. */
  rests: string[]
  /** How many rows it may look at; a page of fifty has no reason to look at thousands. */
  looks?: number
}
export type Asked = { person?: string } & Record<string, unknown>

const sql = (text: string, ...values: unknown[]): Statement => ({ text, values })
const many = 'order by md5(t::text) limit 300'
const slotsOf = (
  hours: string,
) => `select b.mentee_user_id as person, t.user_id as mentor, now() as since, now() + interval '60 days' as until, 60 as minutes
  from mentoring.mentor_profiles t
    join lateral (select sum(r.end_minute - r.start_minute) as minutes from mentoring.mentor_availability_rules r where r.mentor_user_id = t.user_id) h on ${hours}
    join lateral (select b.mentee_user_id from mentoring.bookings b where b.mentor_user_id <> t.user_id limit 1) b on true
  where t.is_active ${many}`

export const hotQueries: HotQuery[] = [
  {
    domain: 'practice',
    name: 'first page of open offers, for a stranger',
    as: 'anon',
    asked: `select null`,
    ask: () => [callOf('private.offers_for_strangers', { most: 50 })],
    rests: ['practice.practice_sessions_open_idx', 'practice.practice_sessions_going_on_idx'],
  },
  {
    domain: 'practice',
    name: 'first page of open offers, signed in',
    as: 'authenticated',
    asked: `select t.user_id as person from practice.profiles t ${many}`,
    ask: () => [callOf('private.offers_for_me', { most: 50 })],
    rests: ['practice.practice_sessions_open_idx', 'practice.practice_sessions_going_on_idx'],
  },
  {
    domain: 'practice',
    name: 'my sessions',
    as: 'authenticated',
    asked: `select t.user_id as person from practice.profiles t ${many}`,
    ask: () => [callOf('private.my_practice_sessions')],
    rests: ['practice.practice_sessions_host_idx'],
  },
  {
    domain: 'practice',
    name: 'my view of one session',
    as: 'authenticated',
    asked: `select t.guest_id as person, t.id from practice.practice_sessions t where t.guest_id is not null ${many}`,
    ask: ({ id }) => [callOf('private.my_practice_sessions', { session: id })],
    rests: ['practice.practice_sessions_pkey', 'practice.practice_sessions_host_idx'],
  },
  {
    domain: 'care',
    name: "newest page of a conversation's messages",
    as: 'authenticated',
    asked: `select t.patient_id as person, t.id from care.conversations t ${many}`,
    ask: ({ id }) => [
      sql(
        'select id, seq, sender_id, body, message_type, created_at, edited_at, deleted_at from care.messages where conversation_id = $1 order by seq desc limit 50',
        id,
      ),
    ],
    rests: ['care.one_message_per_place', 'care.messages_conversation_created_idx'],
  },
  {
    domain: 'care',
    name: 'my conversations with their last message',
    as: 'authenticated',
    asked: `select distinct on (md5(t.doctor_id::text)) t.doctor_id as person from care.conversations t order by md5(t.doctor_id::text) limit 300`,
    ask: () => [
      sql(
        `select c.id, c.patient_id, c.doctor_id, c.last_message_at, c.last_seq, m.sender_id, m.body, m.message_type, m.deleted_at
         from care.conversations c left join lateral (
           select m.sender_id, m.body, m.message_type, m.deleted_at from care.messages m where m.conversation_id = c.id order by m.seq desc limit 1) m on true
         order by c.last_message_at desc nulls last, c.id desc limit 50`,
      ),
    ],
    rests: ['care.one_message_per_place', 'care.messages_conversation_created_idx'],
  },
  {
    domain: 'care',
    name: 'how much I have not read',
    as: 'authenticated',
    asked: `select distinct on (md5(t.doctor_id::text)) t.doctor_id as person from care.conversations t order by md5(t.doctor_id::text) limit 300`,
    ask: () => [callOf('private.my_unread')],
    rests: ['care.one_message_per_place', 'care.messages_conversation_created_idx'],
  },
  {
    domain: 'care',
    name: 'my readings of one metric over 30 days',
    as: 'authenticated',
    asked: `select t.id as person from care.profiles t where t.role = 'patient' ${many}`,
    ask: () => [
      sql(
        `select timestamp, value, source, zone_offset, statistics from care.health_realtime
         where metric_name = $1 and timestamp >= now() - interval '30 days' and timestamp < now() order by timestamp`,
        'heart_rate',
      ),
    ],
    rests: ['care.reading_recorded_once'],
  },
  {
    domain: 'care',
    name: 'the same through the doctor, on record',
    as: 'authenticated',
    recorded: true,
    asked: `select t.doctor_id as person, t.patient_id as patient, now() - interval '30 days' as since, now() as until
            from care.patient_doctor_links t where t.status = 'active' ${many}`,
    ask: ({ patient, since, until }) => [callOf('private.view_record', { patient, metrics: ['heart_rate'], since, until })],
    rests: ['care.reading_recorded_once'],
  },
  {
    domain: 'mentoring',
    name: 'slots of one mentor for 60 days',
    as: 'authenticated',
    asked: slotsOf('h.minutes < 1200'),
    ask: ({ mentor, since, until, minutes }) => [callOf('private.offered_slots', { mentor, since, until, minutes })],
    promised: 15,
    rests: ['scheduling.one_place_at_a_time', 'scheduling.commitments_person_idx', 'scheduling.commitments_until_idx'],
  },
  {
    domain: 'mentoring',
    name: 'the same of a mentor who offers all of every week',
    as: 'authenticated',
    asked: slotsOf('h.minutes >= 1200'),
    ask: ({ mentor, since, until, minutes }) => [callOf('private.offered_slots', { mentor, since, until, minutes })],
    rests: ['scheduling.one_place_at_a_time', 'scheduling.commitments_person_idx', 'scheduling.commitments_until_idx'],
  },
  {
    domain: 'mentoring',
    name: 'who of 2,000 mentors is free then',
    as: 'authenticated',
    asked: `select t.user_id as person, date_trunc('day', now()) + make_interval(days => 2 + abs(hashtext(t.user_id::text)) % 20, hours => 8 + abs(hashtext(t.user_id::text)) % 10) as at, 60 as minutes
            from mentoring.profiles t where t.role = 'mentee' ${many}`,
    ask: ({ at, minutes }) => [callOf('private.mentors_free_at', { at, minutes })],
    promised: 5,
    rests: ['scheduling.one_place_at_a_time', 'scheduling.commitments_person_idx', 'scheduling.commitments_until_idx'],
  },
  {
    domain: 'mentoring',
    name: 'my bookings',
    as: 'authenticated',
    asked: `select t.user_id as person from mentoring.profiles t where t.role = 'mentee' ${many}`,
    ask: () => [
      sql(
        `select id, mentor_user_id, mentee_user_id, start_time, end_time, status, price_cents, currency, notes from mentoring.bookings
         order by start_time desc limit 20`,
      ),
    ],
    rests: ['mentoring.bookings_mentee_idx'],
  },
  {
    domain: 'mentoring',
    name: "a mentor's public reviews, for a stranger",
    as: 'anon',
    asked: `select t.user_id as mentor from mentoring.mentor_profiles t where t.is_active ${many}`,
    ask: ({ mentor }) => [
      sql(
        'select id, rating, feedback, created_at from mentoring.reviews where reviewee_user_id = $1 order by created_at desc limit 20',
        mentor,
      ),
    ],
    rests: ['mentoring.reviews_reviewee_idx'],
  },
  {
    domain: 'mentoring',
    name: "a mentor's public reviews, signed in",
    as: 'authenticated',
    asked: `select p.user_id as person, t.user_id as mentor from mentoring.mentor_profiles t
            join lateral (select user_id from mentoring.profiles where role = 'mentee' and user_id > t.user_id order by user_id limit 1) p on true where t.is_active ${many}`,
    ask: ({ mentor }) => [
      sql(
        'select id, rating, feedback, created_at from mentoring.reviews where reviewee_user_id = $1 order by created_at desc limit 20',
        mentor,
      ),
    ],
    rests: ['mentoring.reviews_reviewee_idx'],
  },
  {
    domain: 'scheduling',
    name: 'my commitments of a day',
    as: 'authenticated',
    asked: `select t.person_id as person, tstzrange(date_trunc('day', lower(t.during)), date_trunc('day', lower(t.during)) + interval '1 day')::text as day
            from scheduling.commitments t ${many}`,
    ask: ({ day }) => [
      sql(
        `select m.id, m.kind, c.during, c.held_until from scheduling.commitments c join scheduling.meetings m on m.id = c.meeting_id
         where c.during && $1::tstzrange order by c.during`,
        day,
      ),
    ],
    rests: ['scheduling.one_place_at_a_time', 'scheduling.commitments_person_idx', 'scheduling.commitments_until_idx'],
  },
  {
    domain: 'speaking',
    name: 'my sessions with their scores',
    as: 'authenticated',
    asked: `select t.user_id as person from speaking.members t ${many}`,
    ask: () => [
      sql(
        `select s.id, s.scenario_id, c.title, s.status, s.duration_seconds, s.created_at, r.score_raw
         from speaking.sessions s join speaking.scenarios c on c.id = s.scenario_id left join speaking.feedback_reports r on r.session_id = s.id
         order by s.created_at desc, s.id desc limit 20`,
      ),
    ],
    rests: ['speaking.sessions_user_id_idx'],
  },
  {
    domain: 'speaking',
    name: 'published scenarios',
    as: 'authenticated',
    asked: `select t.user_id as person from speaking.members t ${many}`,
    ask: () => [
      sql(
        `select id, title, clinical_area, difficulty_level, clinically_reviewed_on, review_by from speaking.scenarios
         where status = 'published' and target_profession = $1 order by difficulty_level, title, id limit 50`,
        'doctor',
      ),
    ],
    rests: [], // a few hundred rows for everybody
  },
  {
    domain: 'interviews',
    name: 'my interviews',
    as: 'authenticated',
    asked: `select t.user_id as person from interviews.profiles t ${many}`,
    ask: () => [
      sql(
        `select id, session_name, target_role, interview_type, status, requested_num_questions, started_at, completed_at, created_at
         from interviews.interview_sessions order by created_at desc, id desc limit 20`,
      ),
    ],
    rests: ['interviews.interview_sessions_user_id_idx'],
  },
  {
    domain: 'interviews',
    name: "one interview's questions and answers",
    as: 'authenticated',
    asked: `select t.user_id as person, t.id from interviews.interview_sessions t ${many}`,
    ask: ({ id }) => [
      sql(
        'select id, question_text, question_order, question_type_tag, source from interviews.interview_questions where session_id = $1 order by question_order',
        id,
      ),
      sql(
        'select id, question_id, answer_transcript_text, answered_at, attempt from interviews.interview_answers where session_id = $1',
        id,
      ),
    ],
    rests: ['interviews.order_already_taken', 'interviews.interview_answers_session_idx'],
  },
]
