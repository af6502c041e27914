import type { ClientBase } from 'pg'
import type { Cast } from '#platform/demo/cast.ts'

type Db = Pick<ClientBase, 'query'>
type Days = (ago: number, time: string) => string

/**
 * Daniel measures his blood pressure for Leila, who looks after it; Mei has just asked her. Amara was her patient for a while.
 * Tomasz has asked to be verified and can accept nobody yet: he declined Daniel, and Mei keeps away from him.
 */
export async function showCare(db: Db, cast: Cast, now: Date): Promise<void> {
  const midnight = Math.floor(now.getTime() / day) * day
  const at: Days = (ago, time) => new Date(midnight - ago * day + Date.parse(`1970-01-01T${time}Z`)).toISOString()
  await join(db, cast, at)
  await meet(db, cast, at)
  await talk(db, cast, at)
  await call(db, cast, at)
  await measure(db, cast, at)
  await becoming(db, null)
}
const day = 86_400_000

// Steps are taken by somebody: the links' own triggers ask who.
const becoming = (db: Db, person: { id: string } | null) =>
  db.query(`select set_config('request.jwt.claims', $1, true)`, [person ? JSON.stringify({ sub: person.id, role: 'authenticated' }) : ''])

async function join(db: Db, { leila, tomasz, daniel, mei, amara, ruth }: Cast, at: Days): Promise<void> {
  await db.query(
    `insert into care.verification_requests (doctor_id, full_name, license_number, register, certification, status, asked_at, evidence,
       reviewed_by, reviewed_at, answer, expires_at)
     values
       ($1, 'Leila Haddad', 'DEMO-4471', 'Demonstration register of doctors', 'General practice', 'approved', $4,
         'Register entry seen online; the name is that of the passport shown in a call.', $3, $5, null, $6),
       ($2, 'Tomasz Zieliński', 'DEMO-8812', 'Demonstration register of doctors', 'Internal medicine', 'rejected', $7,
         null, $3, $8, 'We could not find this number in the register. Please check it and ask again.', null),
       ($2, 'Tomasz Zieliński', 'DEMO-8821', 'Demonstration register of doctors', 'Internal medicine', 'waiting', $9, null, null, null, null, null)`,
    [
      leila.id,
      tomasz.id,
      ruth.id,
      at(22, '09:12:00'),
      at(19, '14:30:00'),
      at(-340, '00:00:00'),
      at(11, '18:03:00'),
      at(10, '10:21:00'),
      at(3, '17:44:00'),
    ],
  )
  await db.query(
    `insert into care.profiles (id, full_name, phone, address, country, role, license_number, certification, is_verified, listed, created_at, updated_at)
     values
       ($1, 'Leila Haddad', null, null, 'GB', 'doctor', 'DEMO-4471', 'General practice', true, true, $6, $7),
       ($2, 'Tomasz Zieliński', null, null, 'PL', 'doctor', 'DEMO-8821', 'Internal medicine', false, false, $8, $8),
       ($3, 'Daniel Whitlock', '020 7946 0018', '12 Larkspur Row, Whitcombe', 'GB', 'patient', null, null, false, false, $9, $9),
       ($4, 'Mei Ling Chua', '+65 5550 0148', null, 'SG', 'patient', null, null, false, false, $10, $10),
       ($5, 'Amara Osei', null, null, 'GB', 'patient', null, null, false, false, $11, $11)`,
    [
      leila.id,
      tomasz.id,
      daniel.id,
      mei.id,
      amara.id,
      at(22, '09:05:00'),
      at(19, '14:30:00'),
      at(12, '17:58:00'),
      at(31, '19:20:00'),
      at(21, '08:45:00'),
      at(20, '12:40:00'),
    ],
  )
}

// The links, and how each came to be as it is.
async function meet(db: Db, { leila, tomasz, daniel, mei, amara }: Cast, at: Days): Promise<void> {
  const ask = async (patient: { id: string }, doctor: { id: string }, when: string) => {
    await becoming(db, patient)
    await db.query('insert into care.patient_doctor_links (patient_id, doctor_id, created_at, updated_at) values ($1, $2, $3, $3)', [
      patient.id,
      doctor.id,
      when,
    ])
  }
  const step = async (by: { id: string }, patient: { id: string }, doctor: { id: string }, status: string, when: string) => {
    await becoming(db, by)
    await db.query('update care.patient_doctor_links set status = $3, updated_at = $4 where patient_id = $1 and doctor_id = $2', [
      patient.id,
      doctor.id,
      status,
      when,
    ])
  }
  await ask(daniel, leila, at(19, '19:02:00'))
  await step(leila, daniel, leila, 'active', at(18, '08:15:00'))

  await ask(amara, leila, at(18, '13:10:00'))
  await step(leila, amara, leila, 'active', at(17, '08:20:00'))
  await say(
    db,
    amara,
    leila,
    amara,
    at(17, '12:31:00'),
    'Hello Dr Haddad. The cough after my cold is still there in the mornings, three weeks now. No fever.',
  )
  await say(
    db,
    amara,
    leila,
    leila,
    at(17, '16:48:00'),
    'Hello Amara. Thank you for writing. Are you short of breath, or does anything come up when you cough?',
  )
  await say(db, amara, leila, amara, at(17, '18:02:00'), 'Neither. It is dry, and a little better each week.')
  await say(
    db,
    amara,
    leila,
    leila,
    at(16, '08:11:00'),
    'That often takes some weeks. If it lasts beyond eight, or you have fever, blood or breathlessness, come in at once.',
  )
  await say(db, amara, leila, amara, at(6, '07:55:00'), 'It is gone. Thank you, I will end this here.')
  await step(amara, amara, leila, 'ended', at(6, '07:56:00'))

  await ask(daniel, tomasz, at(9, '20:14:00'))
  await step(tomasz, daniel, tomasz, 'ended', at(8, '11:00:00'))

  await ask(mei, tomasz, at(7, '09:30:00'))
  await becoming(db, mei)
  await db.query('insert into safety.blocks (blocker_id, blocked_id, blocked_at) values ($1, $2, $3)', [
    mei.id,
    tomasz.id,
    at(6, '09:05:00'),
  ])

  await ask(mei, leila, at(2, '13:25:00'))
}

async function talk(db: Db, { leila, daniel }: Cast, at: Days): Promise<void> {
  const patient = (when: string, body: string) => say(db, daniel, leila, daniel, when, body)
  const doctor = (when: string, body: string) => say(db, daniel, leila, leila, when, body)
  await doctor(
    at(18, '08:19:00'),
    'Good morning Daniel. I see you measure at home. Could you do it twice a day for the next two weeks, seated, after five minutes of rest?',
  )
  await patient(at(18, '09:40:00'), 'Good morning. Yes, I can. I have done it on and off for about two weeks, those are in here already.')
  await doctor(at(18, '12:05:00'), 'Good, they help. Please read nothing into a single one: it is the average that counts.')
  await patient(at(15, '19:31:00'), 'Three days of the new tablets now. I am a bit dizzy when I get up quickly.')
  await doctor(
    at(14, '07:58:00'),
    'Thank you for telling me. Get up slowly and drink enough. If you faint, or it gets worse, stop and ring the practice the same day.',
  )
  await patient(at(13, '20:12:00'), 'Better today. It was only the mornings.')
  const edited = await patient(at(10, '18:45:00'), 'Yesterday evening I forgot the tablet. Two today, then?')
  await db.query('update care.messages set body = $2, edited_at = $3 where id = $1', [
    edited,
    'Yesterday evening I forgot the tablet. Should I have taken two this morning?',
    at(10, '18:47:00'),
  ])
  await doctor(at(9, '08:03:00'), 'No, never two. Leave the one you forgot and go on as usual. Shall we talk this afternoon as planned?')
  await patient(at(9, '08:30:00'), 'Yes, at three. I have a list of questions.')
  const mistaken = await patient(at(9, '16:02:00'), 'Bread, oranges, batteries')
  await db.query('update care.messages set body = null, deleted_at = $2 where id = $1', [mistaken, at(9, '16:03:00')])
  await patient(at(9, '16:04:00'), 'Sorry, that was meant for my wife. Thank you for the call, it was good to go through it all.')
  await doctor(at(5, '12:20:00'), 'Your averages have come down nicely. I will ring you tomorrow about the blood test.')
  await patient(at(4, '17:30:00'), 'I missed you, I was on the bus. Could we plan it instead?')
  await doctor(at(3, '08:07:00'), 'Of course. I have put in a time later this week, please say if it does not suit you.')
  await patient(at(2, '21:04:00'), 'It suits me. And the dizziness has not come back.')
  await doctor(at(1, '08:12:00'), 'Glad to hear it. Keep measuring until then, and bring your list.')
  for (const [person, unread, when] of [
    [daniel, 1, at(2, '21:04:00')],
    [leila, 0, at(1, '08:12:00')],
  ] as const)
    await db.query(
      `insert into care.read_marks (person_id, conversation_id, seq, read_at)
       select $1, id, last_seq - $4, $5 from care.conversations where patient_id = $2 and doctor_id = $3`,
      [person.id, daniel.id, leila.id, unread, when],
    )
}

async function say(
  db: Db,
  patient: { id: string },
  doctor: { id: string },
  sender: { id: string },
  when: string,
  body: string,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into care.messages (conversation_id, sender_id, body, created_at, client_id)
     select c.id, $3, $4, $5, ('0dec0de0-0000-4000-8ca0-' || lpad(c.id::text, 4, '0') || lpad((c.last_seq + 1)::text, 8, '0'))::uuid
     from care.conversations c where c.patient_id = $1 and c.doctor_id = $2 returning id`,
    [patient.id, doctor.id, sender.id, body, when],
  )
  return rows[0]!.id
}

// Planned and held; planned and called off; rung and missed; planned for the days to come.
async function call(db: Db, { leila, daniel }: Cast, at: Days): Promise<void> {
  const begin = async (n: number, by: { id: string }, made: string, planned: string | null): Promise<string> => {
    const meeting = planned && `0dec0de0-0000-4000-8ca1-00000000000${n}`
    if (planned) {
      await db.query(
        `select private.claim($1, 'care.call', tstzrange($2::timestamptz, $2::timestamptz + interval '20 minutes'), array[$3, $4]::uuid[], '{}')`,
        [meeting, planned, leila.id, daniel.id],
      )
      await db.query('update scheduling.meetings set planned_at = $2 where id = $1', [meeting, made])
    }
    const { rows } = await db.query<{ id: string }>(
      `insert into care.video_calls (conversation_id, provider, room_name, started_by, status, scheduled_for, meeting_id, created_at, updated_at)
       select c.id, 'builtin', '0dec0de0-0000-4000-8ca2-00000000000' || $3, $4, case when $5::timestamptz is null then 'ringing' else 'scheduled' end,
         $5, $6, $7, $7
       from care.conversations c where c.patient_id = $1 and c.doctor_id = $2 returning id`,
      [daniel.id, leila.id, String(n), by.id, planned, meeting, made],
    )
    return rows[0]!.id
  }
  const step = (id: string, status: string, when: string, started: string | null = null, ended: string | null = null) =>
    db.query('update care.video_calls set status = $2, updated_at = $3, started_at = $4, ended_at = $5 where id = $1', [
      id,
      status,
      when,
      started,
      ended,
    ])

  const held = await begin(1, leila, at(14, '08:01:00'), at(9, '15:00:00'))
  await step(held, 'ringing', at(9, '15:00:10'))
  await step(held, 'active', at(9, '15:00:31'), at(9, '15:00:31'))
  await step(held, 'ended', at(9, '15:17:48'), at(9, '15:00:31'), at(9, '15:17:48'))

  const off = await begin(2, daniel, at(13, '20:15:00'), at(11, '15:00:00'))
  await step(off, 'canceled', at(12, '09:20:00'))
  await db.query(`select private.release('0dec0de0-0000-4000-8ca1-000000000002')`)
  await db.query(`update scheduling.meetings set released_at = $1 where id = '0dec0de0-0000-4000-8ca1-000000000002'`, [at(12, '09:20:00')])

  const missed = await begin(3, leila, at(4, '16:40:00'), null)
  await step(missed, 'missed', at(4, '16:40:45'))

  await begin(4, leila, at(3, '08:05:00'), at(-2, '15:00:00'))
}

// Daniel's month: it comes down after the tablets. He forgot a few evenings, as one does. Mei has begun to note her weight.
async function measure(db: Db, { daniel, mei }: Cast, at: Days): Promise<void> {
  const realtime: Reading[] = []
  const aggregated: (Reading & { units: string; statistics: Record<string, number> })[] = []
  for (let ago = 30; ago >= 1; ago--) {
    const wave = (n: number, width: number) => Math.round(width * Math.sin(ago * 1.7 + n * 2.3)) // the same each time
    const tablets = Math.max(0, 15 - ago)
    for (const [n, time] of ['07:10:00', '19:05:00'].entries()) {
      if (n === 1 && ago % 7 === 3) continue
      const when = at(ago, time)
      const of = (metric_name: string, value: number) =>
        realtime.push({ person: daniel.id, email: daniel.email, metric_name, timestamp: when, value, source: 'Upper arm monitor' })
      of('blood_pressure_systolic', 156 - Math.min(18, tablets * 2) + wave(n, 6))
      of('blood_pressure_diastolic', 94 - Math.min(9, tablets) + wave(n + 1, 4))
      of('pulse', 74 + wave(n + 2, 5))
    }
    const steps = 6_200 + wave(3, 2_400) + (ago % 7 === 0 ? 3_100 : 0)
    const beats = 71 + wave(4, 4)
    const daily = { person: daniel.id, email: daniel.email, timestamp: at(ago, '00:00:00'), source: 'Watch' }
    aggregated.push({ ...daily, metric_name: 'steps', value: steps, units: 'steps', statistics: { count: 24, sum: steps } })
    aggregated.push({
      ...daily,
      metric_name: 'pulse',
      value: beats,
      units: 'bpm',
      statistics: { count: 288, min: beats - 17, max: beats + 46, mean: beats },
    })
  }
  for (const [ago, value] of [29, 22, 15, 8, 1].entries())
    realtime.push({
      person: daniel.id,
      email: daniel.email,
      metric_name: 'weight',
      timestamp: at(value, '07:00:00'),
      value: 88.4 - ago * 0.3,
      source: 'By hand',
    })
  for (const [ago, value] of [12, 5].entries())
    realtime.push({
      person: mei.id,
      email: mei.email,
      metric_name: 'weight',
      timestamp: at(value, '23:30:00'),
      value: 54.1 - ago * 0.2,
      source: 'By hand',
    })
  aggregated.push({
    person: mei.id,
    email: mei.email,
    metric_name: 'steps',
    timestamp: at(5, '16:00:00'),
    value: 9_140,
    source: 'Phone',
    units: 'steps',
    statistics: { count: 24, sum: 9_140 },
  })

  await db.query(
    `insert into care.health_realtime (user_id, email, metric_name, timestamp, value, source, zone_offset)
     select person, email, metric_name, timestamp, value, source, case when person = $2 then 480 else 0 end
     from jsonb_to_recordset($1) as r (person uuid, email text, metric_name text, timestamp timestamptz, value double precision, source text)`,
    [JSON.stringify(realtime), mei.id],
  )
  await db.query(
    `insert into care.health_aggregated (user_id, email, metric_name, timestamp, value, source, units, statistics, zone_offset)
     select person, email, metric_name, timestamp, value, source, units, statistics, case when person = $2 then 480 else 0 end
     from jsonb_to_recordset($1) as r (person uuid, email text, metric_name text, timestamp timestamptz, value double precision, source text, units text, statistics jsonb)`,
    [JSON.stringify(aggregated), mei.id],
  )
}
type Reading = { person: string; email: string; metric_name: string; timestamp: string; value: number; source: string }
