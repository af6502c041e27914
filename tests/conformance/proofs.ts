// What the seeds say in prose, and where we depart from them, each with a proof by hand: a question to the database that it
// must answer with yes, or the sentence of a test that shows it. By table and by note or departure as docs/seeds names it;
// where it names several alike, in their order there. Who reaches which rows is not proven here, but in tests/matrix.test.ts.
export type Proof = string | { yes?: string; test: string; says: string }
/** What is a matter of how things go: a yes, and the test that tells. */
const told = (yes: string, test: string, says: string): Proof => ({ yes, test: `domains/${test}.test.ts`, says })
export type Proofs = Record<string, Record<string, Proof | Proof[]>>

/** The facts that a departure changes, as the test names them. No other fact may differ, not even of the same column; and these must. */
export const differing: readonly string[] = [
  'auth.users.confirmed_at has the default none',
  `practice.practice_sessions.created_at has the default (now() AT TIME ZONE 'utc'::text)`,
  'practice.practice_sessions: people without an account may select',
  'practice.practice_sessions: the host may insert',
  'practice.practice_sessions: the host may update',
  'practice.practice_sessions: the guest may update',
  'practice.practice_sessions: the host may delete',
  'interviews.interview_answers.question_id references interviews.interview_questions(id) on delete cascade',
  'interviews.interview_answers.session_id references interviews.interview_sessions(id) on delete cascade',
  'mentoring.calendar_accounts.tokens',
  'mentoring.bookings: the mentee may insert',
  'mentoring.bookings: participants may update',
  'mentoring.reviews: participants may insert',
  'mentoring.payments.booking_id references mentoring.bookings(id) on delete cascade',
  'mentoring.admin_actions.admin_id may be null: no',
  // A view has no keys, no nulls to refuse and no defaults: what they say holds of speaking.members and of auth.users.
  'speaking.users',
  'speaking.users.id may be null: no',
  'speaking.users.id primary',
  'speaking.users.email may be null: no',
  'speaking.users.email unique',
  'speaking.users.hashed_password may be null: no',
  'speaking.users.role may be null: no',
  'speaking.users.is_email_verified may be null: no',
  'speaking.users.is_email_verified has the default false',
  'speaking.users.created_at may be null: no',
  'speaking.users.updated_at may be null: no',
  'speaking.users: unique index unnamed (email)',
  'speaking.users: index unnamed (role)',
  'speaking.users: values unnamed (role)',
  'speaking.users: trigger unnamed (created_at, updated_at)',
]

const all = (...questions: string[]) => questions.map((question) => `(${question})`).join(' and ')
const column = (table: string, ...names: string[]) =>
  `(select count(*) = ${names.length} from pg_attribute where attrelid = '${table}'::regclass and attname in (${names.map((n) => `'${n}'`).join(', ')}) and attnum > 0 and not attisdropped)`
const not = (question: string) => `not (${question})`
/** Whether people or strangers hold a right on any column, or on these. */
const people = (verb: string, table: string, ...columns: string[]) => held(['authenticated', 'anon'], verb, table, columns)
const person = (verb: string, table: string, ...columns: string[]) => held(['authenticated'], verb, table, columns)
const held = (roles: string[], verb: string, table: string, columns: string[]) =>
  roles
    .flatMap((role) => {
      if (verb === 'delete') return `has_table_privilege('${role}', '${table}', 'delete')`
      return columns.length
        ? columns.map((c) => `has_column_privilege('${role}', '${table}', '${c}', '${verb}')`)
        : `has_any_column_privilege('${role}', '${table}', '${verb}')`
    })
    .join(' or ')
const unique = (table: string, columns: string, where = 'indpred is null') =>
  `exists (select from pg_index where indrelid = '${table}'::regclass and indisunique and ${where}
     and (select string_agg(pg_get_indexdef(indexrelid, n, true), ', ' order by n) from generate_series(1, indnkeyatts) n) = '${columns}')`
const index = (table: string, first: string) =>
  `exists (select from pg_index where indrelid = '${table}'::regclass and indpred is null and pg_get_indexdef(indexrelid, 1, true) = '${first}')`
const check = (table: string, ...holding: string[]) =>
  `exists (select from pg_constraint where conrelid = '${table}'::regclass and contype = 'c' and ${holding.map((text) => `strpos(pg_get_constraintdef(oid), '${text.replaceAll("'", "''")}') > 0`).join(' and ')})`
const foreign = (table: string, columns: string, of: string, onDelete = '') =>
  `exists (select from pg_constraint where conrelid = '${table}'::regclass and contype = 'f' and confrelid = '${of}'::regclass
     and pg_get_constraintdef(oid) like 'FOREIGN KEY (${columns})%${onDelete}%')`
const called = (name: string) => `pronamespace = '${name.split('.')[0]!}'::regnamespace and proname = '${name.split('.')[1]!}'`
const calls = (role: string, ...functions: string[]) =>
  functions
    .map((f) => `coalesce((select bool_and(has_function_privilege('${role}', oid, 'execute')) from pg_proc where ${called(f)}), false)`)
    .join(' and ')
const definer = (name: string) => `coalesce((select bool_and(prosecdef) from pg_proc where ${called(name)}), false)`
const trigger = (table: string, ...holding: string[]) =>
  `exists (select from pg_trigger where tgrelid = '${table}'::regclass and not tgisinternal and ${holding.map((text) => `strpos(pg_get_triggerdef(oid), '${text}') > 0`).join(' and ')})`
const appendOnly = (table: string) => trigger(table, 'BEFORE', 'DELETE', 'UPDATE', 'FOR EACH STATEMENT', 'private.audit_stays()')
const typed = (table: string, columns: string[], type: string) =>
  `(select count(*) = ${columns.length} from pg_attribute where attrelid = '${table}'::regclass and attname in (${columns.map((c) => `'${c}'`).join(', ')}) and format_type(atttypid, atttypmod) = '${type}')`
const defaultOf = (table: string, name: string) =>
  `(select pg_get_expr(adbin, adrelid) from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum where adrelid = '${table}'::regclass and attname = '${name}')`
const generatedAs = (table: string, name: string, expression: string) =>
  `(select attgenerated = 's' from pg_attribute where attrelid = '${table}'::regclass and attname = '${name}') and ${defaultOf(table, name)} = '${expression.replaceAll("'", "''")}'`
const nullable = (table: string, name: string) =>
  `(select not attnotnull from pg_attribute where attrelid = '${table}'::regclass and attname = '${name}')`
const secured = (...tables: string[]) =>
  `(select bool_and(relrowsecurity) from pg_class where oid in (${tables.map((t) => `'${t}'::regclass`).join(', ')}))`

const practice: Proofs = {
  'practice.profiles': {
    'note (avatar)': check('practice.profiles', 'avatar ~'),
    'departure policy select': all(
      not(`has_any_column_privilege('anon', 'practice.profiles', 'select')`),
      person('select', 'practice.profiles', 'first_name'),
      person('select', 'practice.profiles', 'avatar'),
      calls('anon', 'private.offers_for_strangers'),
    ),
    'departure policy update': all(
      person('update', 'practice.profiles', 'first_name'),
      not(person('update', 'practice.profiles', 'user_id')),
    ),
  },
  'practice.practice_sessions': {
    'note (room_url)': unique('practice.practice_sessions', 'room_url'),
    'departure policy select': told(
      all(
        not(`has_any_column_privilege('anon', 'practice.practice_sessions', 'select')`),
        `(select array_agg(name) @> '{date,time,type,format,level,first_name}' and not array_agg(name) && '{room_url,case_id,candidate_id,host_id,last_name,avatar,note}'
        from pg_proc, unnest(proargnames, proargmodes) as a (name, mode) where ${called('private.offers_for_strangers')} and mode = 't')`,
        calls('authenticated', 'private.offers_for_me'),
      ),
      'practice/tests/sessions',
      'strangers see date, time, type, format, level and a first name, and no more',
    ),
    'departure room_url, case_id, candidate_id': all(
      not(people('select', 'practice.practice_sessions', 'room_url', 'case_id', 'candidate_id')),
      calls('authenticated', 'private.my_practice_sessions'),
      `${defaultOf('practice.practice_sessions', 'room_url')} ~ 'gen_random_uuid'`,
    ),
    'departure policy insert': all(not(people('insert', 'practice.practice_sessions')), calls('authenticated', 'private.offer_session')),
    'departure policy update': told(
      all(not(people('update', 'practice.practice_sessions')), calls('authenticated', 'private.take_seat', 'private.leave_seat')),
      'practice/tests/sessions',
      'cannot be taken twice, by the host, or with an old page',
    ),
    'departure guest_id, version': not(people('update', 'practice.practice_sessions', 'guest_id', 'version', 'room_url')),
    'departure policy delete': told(
      all(
        not(people('delete', 'practice.practice_sessions')),
        calls('authenticated', 'private.withdraw_session', 'private.leave_seat'),
        column('practice.practice_sessions', 'cancelled_at'),
      ),
      'practice/tests/sessions',
      'withdraws a seated one: it stays, cancelled, the guest is told and both are free',
    ),
    'departure date, time': told(
      generatedAs('practice.practice_sessions', 'starts_at', `((date + "time") AT TIME ZONE 'UTC'::text)`),
      'practice/tests/sessions',
      'a date and a time are UTC',
    ),
    'departure new': [
      all(
        `(select attgenerated = 's' from pg_attribute where attrelid = 'practice.practice_sessions'::regclass and attname = 'starts_at')`,
        column('practice.practice_sessions', 'duration'),
      ),
      all(column('practice.practice_sessions', 'format'), check('practice.practice_sessions', `'mock'`, `'review'`)),
    ],
    'departure created_at': `${defaultOf('practice.practice_sessions', 'created_at')} = 'now()'`,
    'departure candidate_id': told(
      check('practice.practice_sessions', 'candidate_id = host_id', 'candidate_id = guest_id'),
      'practice/tests/stations',
      'begins again with the roles swapped and another case',
    ),
  },
  'practice.cases': {
    'note (id)': `${defaultOf('practice.cases', 'id')} = 'gen_random_uuid()'`,
    'note (candidate_brief)': all(not(people('select', 'practice.cases', 'candidate_brief')), calls('authenticated', 'private.disclose')),
    'note (actor_brief)': all(not(people('select', 'practice.cases', 'actor_brief')), calls('authenticated', 'private.disclose')),
    'note (markscheme)': all(not(people('select', 'practice.cases', 'markscheme')), calls('authenticated', 'private.disclose')),
    'departure id, category, case_name, domain': told(
      all(
        ...['id', 'category', 'case_name', 'domain'].map(
          (c) => `has_column_privilege('anon', 'practice.cases', '${c}', 'select') and ${person('select', 'practice.cases', c)}`,
        ),
        check('practice.cases', 'case_name', 'condition', 'strpos'),
      ),
      'practice/tests/cases',
      'cannot be changed to give it away',
    ),
    'departure condition, candidate_brief, actor_brief, markscheme': told(
      all(
        not(people('select', 'practice.cases', 'condition', 'candidate_brief', 'actor_brief', 'markscheme')),
        calls('authenticated', 'private.disclose', 'private.read_case'),
      ),
      'practice/tests/disclosure',
      'role × phase × text',
    ),
  },
  'every table of practice': { 'departure policy all': secured('practice.profiles', 'practice.practice_sessions', 'practice.cases') },
}

const care: Proofs = {
  'auth.users': {
    'departure confirmed_at': generatedAs('auth.users', 'confirmed_at', 'LEAST(email_confirmed_at, phone_confirmed_at)'),
    'note table': `to_regclass('auth.users') is not null`,
  },
  'care.patient_doctor_links': {
    'departure rows': told(
      all(
        column('care.link_events', 'link_id', 'step', 'actor_id', 'at'),
        not(people('delete', 'care.patient_doctor_links')),
        not(people('update', 'care.link_events')),
      ),
      'care/tests/links',
      'find together, part, and find together again, and each step says who took it',
    ),
    'departure status': told(
      all(
        trigger('care.patient_doctor_links', 'link_keeps_to_its_steps'),
        not(people('update', 'care.patient_doctor_links')),
        calls('authenticated', 'private.ask_doctor', 'private.accept_patient', 'private.decline_patient', 'private.end_link'),
      ),
      'care/tests/links',
      'reaches the link from wherever it stands, and unblocking leaves it ended',
    ),
  },
  'care.profiles': {
    'departure is_verified': told(
      all(
        column('care.verification_requests', 'evidence', 'reviewed_by', 'expires_at'),
        not(people('update', 'care.profiles', 'is_verified')),
        not(people('insert', 'care.profiles', 'is_verified')),
        calls('authenticated', 'private.verify_doctor'),
      ),
      'care/tests/links',
      'a doctor who is not verified, and one whose verification has run out',
    ),
  },
  ...Object.fromEntries(
    ['care.health_aggregated', 'care.health_realtime'].map((table) => [
      table,
      {
        'note (email)': `not exists (select from pg_constraint where conrelid = '${table}'::regclass and contype = 'f'
          and (select attnum from pg_attribute where attrelid = conrelid and attname = 'email') = any (conkey))`,
        'departure email': all(
          foreign(table, 'user_id', 'auth.users'),
          calls('service_role', 'private.erase_readings'),
          `exists (select from pg_policy where polrelid = '${table}'::regclass and pg_get_expr(polqual, polrelid) like '(user_id = %')`,
          `exists (select from identity.account_followers where function = 'care_follows_account')`,
        ),
        'departure new': column(table, 'user_id', 'source', 'zone_offset', 'statistics'),
        'departure rows': unique(table, 'user_id, metric_name, "timestamp", source'),
      },
    ]),
  ),
  'care.messages': {
    'departure new': told(
      all(unique('care.messages', 'sender_id, client_id'), unique('care.messages', 'conversation_id, seq')),
      'care/tests/messages',
      'has the next place, and what is refused takes none',
    ),
    'departure rows': told(
      all(
        not(people('insert', 'care.messages')),
        not(people('update', 'care.messages')),
        not(people('delete', 'care.messages')),
        column('care.message_versions', 'message_id', 'version', 'body', 'replaced_at'),
        calls('authenticated', 'private.send_message', 'private.edit_message', 'private.delete_message'),
      ),
      'care/tests/messages',
      'keeps what it said before when it is edited, and when it is deleted',
    ),
  },
  'care.message_attachments': { 'note (bucket, object_path)': foreign('care.message_attachments', 'file_id', 'files.objects') },
  'care.video_calls': {
    'departure provider': told(
      all(
        not(people('insert', 'care.video_calls')),
        not(people('update', 'care.video_calls')),
        check('care.video_calls', 'provider', `'builtin'`),
      ),
      'care/tests/calls',
      'its provider is the seed’s only where nobody says',
    ),
  },
}

const speaking: Proofs = {
  'speaking.users': {
    'departure table': all(
      `(select relkind = 'v' and reloptions @> '{security_invoker=true}' from pg_class where oid = 'speaking.users'::regclass)`,
      definer('private.my_speaking_account'),
      calls('authenticated', 'private.my_speaking_account', 'private.find_speaking_members'),
      unique('speaking.members', 'user_id'),
      not(nullable('speaking.members', 'role')),
      check('speaking.members', `'user'`, `'admin'`),
    ),
    'departure hashed_password': all(
      not(people('select', 'speaking.users', 'hashed_password')),
      `not exists (select from speaking.users where hashed_password is not null)`,
    ),
    'departure role, profession': all(column('speaking.members', 'role', 'profession'), index('speaking.members', 'role')),
    'departure email': unique('speaking.members', 'lower(email::text)'),
    'departure profession': all(
      foreign('speaking.members', 'profession', 'speaking.professions'),
      `(select array_agg(code::text) @> '{doctor,nurse,dentist,physiotherapist}' from speaking.professions)`,
    ),
  },
  'speaking.subscriptions': { 'departure status': check('speaking.subscriptions', 'status') },
  'speaking.scenarios': {
    'departure target_profession': foreign('speaking.scenarios', 'target_profession', 'speaking.professions'),
    'departure status': check('speaking.scenarios', 'status'),
  },
  'speaking.sessions': {
    'note table': `not exists (select from pg_attribute join pg_class c on c.oid = attrelid where relnamespace = 'speaking'::regnamespace and relkind = 'r' and (attname ~ 'audio|recording' or atttypid = 'bytea'::regtype))`,
    'departure rows': told(
      check('speaking.feedback_reports', 'audio'),
      'speaking/tests/reports',
      'no column of the domain could hold it, and no purpose takes a file of it',
    ),
    'departure status': check('speaking.sessions', 'status'),
  },
  'speaking.feedback_reports': {
    'departure session_id': unique('speaking.feedback_reports', 'session_id'),
    'departure score_raw': check('speaking.feedback_reports', 'score_raw >= 0', 'score_raw <= 39'),
    'departure new': all(typed('speaking.feedback_reports', ['evidence'], 'jsonb'), check('speaking.feedback_reports', 'is_evidence')),
  },
  'speaking.user_progress_snapshots': {
    'departure user_id, snapshot_date': unique('speaking.user_progress_snapshots', 'user_id, snapshot_date'),
    'departure rows': told(
      all(
        check('speaking.user_progress_snapshots', 'sessions_completed_count >= 1'),
        trigger('speaking.user_progress_snapshots', 'snapshot_has_a_session'),
      ),
      'speaking/tests/reports',
      'needs a session that was completed, by that day',
    ),
  },
  'speaking.audit_logs': {
    'departure rows': told(
      appendOnly('speaking.audit_logs'),
      'speaking/tests/members',
      'and what is on record stays as it is, whoever tries',
    ),
  },
  'every table of speaking': {
    'note primary keys': `not exists (select from pg_constraint k join pg_class c on c.oid = conrelid join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
      left join pg_attrdef on adrelid = conrelid and adnum = conkey[1]
      where relnamespace = 'speaking'::regnamespace and contype = 'p' and attname = 'id' and pg_get_expr(adbin, adrelid) is distinct from 'gen_random_uuid()')`,
    'note timestamps': `not exists (select from pg_attribute join pg_class c on c.oid = attrelid where relnamespace = 'speaking'::regnamespace and relkind in ('r', 'v') and atttypid = 'timestamp'::regtype)`,
    'note rows': all(
      ...['sessions', 'feedback_reports', 'scenarios', 'members', 'subscriptions', 'audit_logs'].map((t) =>
        not(people('delete', `speaking.${t}`)),
      ),
      trigger('speaking.sessions', 'DELETE', 'speaking_keeps_its_rows'),
    ),
    'note foreign keys': `(select count(*) > 0 and bool_and(confdeltype = 'r') from pg_constraint k join pg_class c on c.oid = conrelid where contype = 'f' and relnamespace = 'speaking'::regnamespace)`,
    'note unique keys': unique('speaking.user_progress_snapshots', 'user_id, snapshot_date'),
    'departure rows': all(
      `(select bool_and(confdeltype = 'r') from pg_constraint k join pg_class c on c.oid = conrelid where contype = 'f' and relnamespace = 'speaking'::regnamespace)`,
      calls('service_role', 'private.erase_speaking'),
    ),
  },
}

const mentoring: Proofs = {
  'mentoring.profiles': {
    'note (id, user_id)': all(unique('mentoring.profiles', 'id'), unique('mentoring.profiles', 'user_id')),
    'note (created_at, updated_at)': typed('mentoring.profiles', ['created_at', 'updated_at'], 'timestamp with time zone'),
    'note table': `not exists (select from pg_attribute where attrelid = 'mentoring.profiles'::regclass and attname in ('timezone', 'zone'))`,
    'departure id, user_id': `exists (select from pg_constraint where conrelid = 'mentoring.profiles'::regclass and contype = 'p' and pg_get_constraintdef(oid) = 'PRIMARY KEY (user_id)')`,
  },
  'mentoring.mentor_profiles': {
    'note (availability)': typed('mentoring.mentor_profiles', ['availability'], 'jsonb'),
    'note table': unique('mentoring.mentor_profiles', 'user_id'),
    'departure timezone': told(
      typed('mentoring.mentor_profiles', ['timezone'], 'text'),
      'mentoring/tests/policies',
      'are their mentor’s, in the zone of the profile, which they follow; the summary follows them',
    ),
    'departure availability': all(
      not(people('update', 'mentoring.mentor_profiles', 'availability')),
      not(people('insert', 'mentoring.mentor_profiles', 'availability')),
    ),
  },
  'mentoring.mentee_profiles': {
    'note table': unique('mentoring.mentee_profiles', 'user_id'),
    'departure timezone': typed('mentoring.mentee_profiles', ['timezone'], 'text'),
  },
  'mentoring.mentor_availability_rules': {
    'note table': foreign('mentoring.mentor_availability_rules', 'mentor_user_id, timezone', 'mentoring.mentor_profiles'),
    'departure timezone': trigger('mentoring.mentor_availability_rules', 'rule_takes_its_zone'),
    'departure rows': trigger('mentoring.mentor_availability_rules', 'summarise_hours'),
  },
  'mentoring.mentor_availability_exceptions': {
    'note table': foreign('mentoring.mentor_availability_exceptions', 'mentor_user_id', 'mentoring.mentor_profiles'),
  },
  'mentoring.reviews': {
    'note (is_public)': typed('mentoring.reviews', ['is_public'], 'boolean'),
    'departure policy insert': all(not(people('insert', 'mentoring.reviews')), calls('authenticated', 'private.review_booking')),
    'departure policy select': told(
      all(
        column('mentoring.reviews', 'opens_at'),
        `(select bool_and(pg_get_expr(polqual, polrelid) ~ 'opens_at <= .{0,10}now') from pg_policy where polrelid = 'mentoring.reviews'::regclass and polcmd = 'r' and not 'service_role'::regrole = any (polroles))`,
      ),
      'mentoring/tests/policies',
      'comes after the hour, once from each; it opens when both wrote',
    ),
  },
  'mentoring.achievements': { 'note table': column('mentoring.achievements', 'code', 'name', 'says') },
  'mentoring.user_achievements': { 'note table': unique('mentoring.user_achievements', 'user_id, achievement_id') },
  'mentoring.user_stats': { 'note table': column('mentoring.user_stats', 'user_id', 'points', 'streak_days') },
  'mentoring.xp_events': {
    'note table': typed('mentoring.xp_events', ['event'], 'mentoring.xp_event'),
    'departure new': told(
      unique('mentoring.xp_events', 'user_id, event, subject', `pg_get_expr(indpred, indrelid) = '(reverses IS NULL)'`),
      'mentoring/tests/policies',
      'come once for a deed, are taken back by a row, and add up',
    ),
    'departure rows': all(
      foreign('mentoring.xp_events', 'reverses', 'mentoring.xp_events'),
      unique('mentoring.xp_events', 'reverses'),
      trigger('mentoring.xp_events', 'UPDATE', 'audit_stays'),
    ),
  },
  'mentoring.payments': {
    'departure booking_id': foreign('mentoring.payments', 'booking_id', 'mentoring.bookings', 'ON DELETE RESTRICT'),
    'departure refund_txn_id': told(
      all(appendOnly('mentoring.payment_events'), column('mentoring.payment_events', 'payment_id', 'kind', 'amount_cents')),
      'mentoring/tests/money',
      'less or more than the price, and giving back more than came',
    ),
    'departure new': column('mentoring.payments', 'currency'),
  },
  'mentoring.admin_actions': {
    'departure admin_id': nullable('mentoring.admin_actions', 'admin_id'),
    'departure new': all(not(nullable('mentoring.admin_actions', 'actor')), appendOnly('mentoring.admin_actions')),
  },
  'mentoring.awards': {
    'note table': `to_regclass('mentoring.awards') is not null`,
    'departure new': unique(
      'mentoring.awards',
      'type, period_start, period_end, mentor_user_id',
      `pg_get_expr(indpred, indrelid) = '(reverses IS NULL)'`,
    ),
    'departure rows': told(
      all(
        foreign('mentoring.awards', 'reverses', 'mentoring.awards'),
        unique('mentoring.awards', 'reverses'),
        trigger('mentoring.awards', 'UPDATE', 'audit_stays'),
      ),
      'mentoring/tests/policies',
      'give an award once, take it back by a row, and all of it is on record',
    ),
  },
  'every table of mentoring': {
    'note row-level security': `(select bool_and(relrowsecurity) from pg_class where relnamespace = 'mentoring'::regnamespace and relkind = 'r')`,
    'note feature flags': column('mentoring.feature_flags', 'name', 'is_on'),
    'departure policy all': `(select bool_and(relrowsecurity) from pg_class where relnamespace = 'mentoring'::regnamespace and relkind = 'r')`,
  },
  'mentoring.calendar_accounts': {
    'note (tokens)': column('mentoring.calendar_tokens', 'sealed'),
    'note table': column('mentoring.calendar_accounts', 'user_id'),
    'departure tokens': all(
      column('mentoring.calendar_tokens', 'key_id', 'sealed'),
      ...['select', 'insert', 'update', 'delete'].map((verb) => not(people(verb, 'mentoring.calendar_tokens'))),
    ),
  },
  'mentoring.external_busy_events': {
    'note table': [
      typed('mentoring.external_busy_events', ['during'], 'tstzrange'),
      all(...['insert', 'update', 'delete'].map((verb) => not(people(verb, 'mentoring.external_busy_events')))),
    ],
  },
  'mentoring.bookings': {
    'note (id)': all(typed('mentoring.bookings', ['id'], 'uuid'), unique('mentoring.bookings', 'id')),
    'note (meeting_provider)': typed('mentoring.bookings', ['meeting_provider'], 'text'),
    'note (created_at, updated_at)': typed('mentoring.bookings', ['created_at', 'updated_at'], 'timestamp with time zone'),
    'departure policy insert': all(not(people('insert', 'mentoring.bookings')), calls('authenticated', 'mentoring.create_booking_if_free')),
    'departure policy update': told(not(people('update', 'mentoring.bookings')), 'mentoring/tests/booking', 'each step of a booking'),
    'departure price_cents': told(
      all(not(people('insert', 'mentoring.bookings', 'price_cents')), column('mentoring.mentor_profiles', 'hourly_rate', 'currency')),
      'mentoring/tests/booking',
      'Mateo books an hour at the price of the profile, and both are taken then',
    ),
    'departure new': all(check('mentoring.booking_steps', `'no_show'`, `'expired'`), column('mentoring.holds', 'held_until')),
  },
  'mentoring.get_mentor_busy': {
    'departure mentoring.get_mentor_busy': told(
      all(
        not(definer('mentoring.get_mentor_busy')), // an API serves its schema: it asks one in private
        definer('private.mentor_busy'),
        `(select proargnames[4:5] = '{busy_from,busy_to}' from pg_proc where ${called('mentoring.get_mentor_busy')})`,
      ),
      'mentoring/tests/booking',
      'busy times are merged, cut to the question, and say nothing else',
    ),
  },
  'mentoring.booking_status': {
    'departure mentoring.booking_status': `not (enum_range(null::mentoring.booking_status)::text[] && '{no_show,held,hold,expired}')`,
  },
  'mentoring.app_role': {
    'departure mentoring.app_role': all(
      `enum_range(null::mentoring.app_role)::text[] = '{mentor,mentee}'`,
      `to_regclass('mentoring.admins') is null`,
    ),
  },
}

const interviews: Proofs = {
  'interviews.profiles': {
    'departure cv_text_content': told(
      all(trigger('interviews.cv_uploads', 'profile_follows_cv'), not(people('update', 'interviews.profiles', 'cv_text_content'))),
      'interviews/tests/cvs',
      'is that of the current CV, whichever it is',
    ),
  },
  'interviews.cv_uploads': {
    'note (storage_path)': foreign('interviews.cv_uploads', 'file_id', 'files.objects'),
    'note (is_current_cv)': calls('authenticated', 'private.replace_cv', 'private.make_cv_current'),
    'departure is_current_cv': told(
      all(
        unique('interviews.cv_uploads', 'user_id', `pg_get_expr(indpred, indrelid) = 'is_current_cv'`),
        calls('authenticated', 'private.replace_cv'),
      ),
      'interviews/tests/races',
      'many CVs are marked current at once',
    ),
  },
  'interviews.interview_sessions': {
    'note (completed_at)': check('interviews.interview_sessions', 'completed_at IS NOT NULL', `'completed'`, `'aborted'`),
    'departure vapi_call_id': told(
      unique('interviews.interview_sessions', 'vapi_call_id'),
      'interviews/tests/interview',
      'is one call’s at the provider, and a call is one interview’s',
    ),
  },
  'interviews.interview_answers': {
    'note (audio_storage_path)': foreign('interviews.interview_answers', 'audio_file_id', 'files.objects'),
    'departure question_id, session_id, user_id': all(
      foreign('interviews.interview_answers', 'question_id, session_id', 'interviews.interview_questions'),
      foreign('interviews.interview_answers', 'session_id, user_id', 'interviews.interview_sessions'),
    ),
    'departure new': told(
      unique('interviews.interview_answers', 'question_id, attempt'),
      'interviews/tests/interview',
      'is one for each attempt',
    ),
    'departure audio_storage_path': told(
      all(column('interviews.interview_sessions', 'audio_agreed_at'), trigger('interviews.interview_answers', 'answer_is_kept_by_choice')),
      'interviews/tests/interview',
      'is not kept unless the applicant chose it for this interview',
    ),
  },
  'interviews.ai_feedback': {
    'note (strengths_feedback, areas_for_improvement_feedback, actionable_suggestions)': typed(
      'interviews.ai_feedback',
      ['strengths_feedback', 'areas_for_improvement_feedback', 'actionable_suggestions'],
      'text',
    ),
  },
  'every table of interviews': {
    'note row-level security': `(select bool_and(relrowsecurity) from pg_class where relnamespace = 'interviews'::regnamespace and relkind = 'r')`,
    'note foreign keys': `not exists (select from pg_constraint k join pg_class c on c.oid = conrelid where contype = 'f' and relnamespace = 'interviews'::regnamespace
      and confrelid = 'auth.users'::regclass and confdeltype <> 'c')`,
    'departure policy all': `(select bool_and(relrowsecurity) from pg_class where relnamespace = 'interviews'::regnamespace and relkind = 'r')`,
  },
}

export const proofs: Proofs = { ...practice, ...care, ...speaking, ...mentoring, ...interviews }
