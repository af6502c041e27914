import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { after, describe, test } from 'node:test'
import pg from 'pg'
import { freshDatabase } from '#tests/database.ts'
import { chance, expectation, type World, zones as worldZones } from './offering.model.ts'
import { aMentor } from './people.ts'

const db = await freshDatabase()

describe('wall time becomes an instant as in Temporal', () => {
  // Not Africa/Casablanca and Africa/El_Aaiun: of Morocco's end of summer time in September 2026 the one knows and the other not yet.
  const zones = [
    'Europe/London',
    'America/New_York',
    'Australia/Lord_Howe', // half an hour of summer time
    'Asia/Kolkata',
    'Asia/Kathmandu', // three quarters
    'America/St_Johns',
    'Pacific/Chatham',
    'Pacific/Apia', // left out the thirtieth of December 2011
    'America/Havana', // sets its clocks at midnight
    'America/Sao_Paulo',
    'Asia/Beirut',
    'Africa/Cairo',
    'America/Asuncion',
    'Antarctica/Troll', // two hours
    'Antarctica/Casey', // three hours, in 2010
    'America/Caracas',
    'Europe/Dublin',
    'Europe/Moscow',
    'Asia/Tehran',
    'Europe/Istanbul',
    'UTC',
  ]
  for (const zone of zones)
    test(zone, async () => {
      const walls = [...wallsToTry(zone)]
      const [row] = await db.sql<{ got: string[] }>(
        `select array(select (extract(epoch from i) * 1000)::bigint::text from unnest(private.instants_of($1, $2)) with ordinality as x (i, nth) order by nth) as got`,
        [walls, zone],
      )
      const want = walls.map((wall) => String(Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds))
      const wrong = walls.filter((_, at) => row!.got[at] !== want[at])
      assert.deepEqual(wrong, [], `of ${walls.length}`)
    })

  test('minute by minute of a date, up to 24:00', async () => {
    for (const [date, zone] of [
      ['2026-03-29', 'Europe/London'],
      ['2026-10-25', 'Europe/London'],
      ['2026-04-05', 'Australia/Lord_Howe'],
      ['2026-11-01', 'America/Havana'],
    ] as const) {
      const rows = await db.sql<{ minute: number; got: number }>(
        `select m as minute, extract(epoch from private.instant_of($1, m, $2))::float8 * 1000 as got from generate_series(0, 1440, 15) m`,
        [date, zone],
      )
      for (const { minute, got } of rows) assert.equal(got, instantOf(date, minute, zone), `${date} ${minute} ${zone}`)
    }
  })

  /** A quarter of an hour apart, for four hours around every setting of a clock, and each midnight near it. */
  function* wallsToTry(zone: string): Generator<string> {
    let at = Temporal.ZonedDateTime.from({ year: 2008, month: 1, day: 1, timeZone: zone })
    const told = new Set<string>()
    for (;;) {
      const next = at.getTimeZoneTransition('next')
      const around = next && next.year <= 2037 ? next : at.add({ years: 18 })
      for (const wall of [around.toPlainDateTime(), around.subtract({ minutes: 1 }).toPlainDateTime().add({ minutes: 1 })]) {
        for (let minutes = -240; minutes <= 240; minutes += 15) told.add(wall.add({ minutes }).toString())
        for (const days of [-1, 0, 1]) told.add(wall.toPlainDate().add({ days }).toPlainDateTime().toString())
      }
      if (around !== next) break
      at = next
    }
    yield* told
  }
})

describe('hours that are open', () => {
  for (const { what, zone, rules = [], exceptions = [], date, open } of [
    { what: 'an ordinary day', zone: 'Europe/London', rules: [[1, 540, 720]], date: '2026-06-01', open: ['08:00Z 11:00Z'] },
    { what: 'a quarter to the hour', zone: 'Asia/Kathmandu', rules: [[1, 540, 600]], date: '2026-06-01', open: ['03:15Z 04:15Z'] },
    { what: 'half past the hour', zone: 'Asia/Kolkata', rules: [[1, 0, 60]], date: '2026-06-01', open: ['18:30Z 19:30Z'] },
    {
      what: 'up to midnight and on from it',
      zone: 'UTC',
      rules: [
        [1, 1380, 1440],
        [2, 0, 60],
      ],
      date: '2026-06-01',
      open: ['23:00Z 01:00Z'],
    },
    { what: 'the missing hour alone is nothing', zone: 'Europe/London', rules: [[7, 60, 120]], date: '2026-03-29', open: [] },
    { what: 'across the missing hour', zone: 'Europe/London', rules: [[7, 30, 180]], date: '2026-03-29', open: ['00:30Z 02:00Z'] },
    { what: 'into the missing hour', zone: 'Europe/London', rules: [[7, 30, 90]], date: '2026-03-29', open: ['00:30Z 01:30Z'] },
    { what: 'the repeated hour, the first time', zone: 'Europe/London', rules: [[7, 60, 90]], date: '2026-10-25', open: ['00:00Z 00:30Z'] },
    { what: 'across the repeated hour', zone: 'Europe/London', rules: [[7, 60, 120]], date: '2026-10-25', open: ['00:00Z 02:00Z'] },
    { what: 'half an hour missing', zone: 'Australia/Lord_Howe', rules: [[7, 90, 180]], date: '2026-10-04', open: ['15:00Z 16:00Z'] },
    { what: 'half an hour repeated', zone: 'Australia/Lord_Howe', rules: [[7, 60, 180]], date: '2026-04-05', open: ['14:00Z 16:30Z'] },
    {
      what: 'a date that is shut',
      zone: 'UTC',
      rules: [[1, 540, 720]],
      exceptions: [['2026-06-01', 0, 1440, false]],
      date: '2026-06-01',
      open: [],
    },
    {
      what: 'a piece that is shut',
      zone: 'UTC',
      rules: [[1, 540, 720]],
      exceptions: [['2026-06-01', 600, 630, false]],
      date: '2026-06-01',
      open: ['09:00Z 10:00Z', '10:30Z 12:00Z'],
    },
    {
      what: 'a date that is open',
      zone: 'UTC',
      rules: [[1, 540, 720]],
      exceptions: [['2026-06-01', 720, 780, true]],
      date: '2026-06-01',
      open: ['09:00Z 13:00Z'],
    },
    {
      what: 'shut, but for two hours',
      zone: 'UTC',
      rules: [[1, 540, 720]],
      exceptions: [
        ['2026-06-01', 0, 1440, false],
        ['2026-06-01', 840, 960, true],
      ],
      date: '2026-06-01',
      open: ['14:00Z 16:00Z'],
    },
    {
      what: 'the whole day on which the clocks are set back',
      zone: 'America/New_York',
      exceptions: [['2026-11-01', 0, 1440, true]],
      date: '2026-11-01',
      open: ['04:00Z 05:00Z'],
    },
  ] as Hours[])
    test(what, async () => {
      const mentor = await aMentor(db, 'hours', { timezone: zone, is_active: false })
      for (const [weekday, start, end] of rules)
        await db.sql(
          'insert into mentoring.mentor_availability_rules (mentor_user_id, weekday, start_minute, end_minute) values ($1, $2, $3, $4)',
          [mentor.id, weekday, start, end],
        )
      for (const exception of exceptions)
        await db.sql(
          'insert into mentoring.mentor_availability_exceptions (mentor_user_id, date, start_minute, end_minute, is_available) values ($1, $2, $3, $4, $5)',
          [mentor.id, ...exception],
        )
      const rows = await db.sql<{ span: string }>(
        `select to_char(lower(s) at time zone 'UTC', 'HH24:MI"Z"') || to_char(upper(s) at time zone 'UTC', ' HH24:MI"Z"') as span
         from unnest(private.open_spans($1, tstzrange($2::date - interval '14 hours', $2::date + interval '38 hours'))) s
         where lower(s) between $2::date - interval '12 hours' and $2::date + interval '24 hours'`,
        [mentor.id, date],
      )
      assert.deepEqual(
        rows.map(({ span }) => span),
        open,
      )
    })
})
type Hours = {
  what: string
  zone: string
  rules?: [weekday: number, start: number, end: number][]
  exceptions?: [date: string, start: number, end: number, open: boolean][]
  date: string
  open: string[]
}

function instantOf(date: string, minute: number, zone: string): number {
  return Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: minute }).toZonedDateTime(zone).epochMilliseconds
}

describe('whatever is offered can be booked, and whatever is not is refused with the reason', async () => {
  const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
  const owner = new pg.Client({ connectionString: db.url() })
  await owner.connect()
  after(() => owner.end())
  // Each world is taken back, and with it would go that its zone was looked up.
  await db.sql('insert into mentoring.zones (name) select unnest($1::text[]) on conflict do nothing', [worldZones])
  // Tries to book, says how it went, and takes it back.
  await owner.query(`
    create function sample.how_booking_goes(mentor uuid, starts timestamptz, minutes integer) returns text language plpgsql as $$
    declare said text;
    begin
      perform mentoring.create_booking_if_free(mentor, starts, minutes);
      raise exception using errcode = 'VV999';
    exception
      when sqlstate 'VV999' then return 'booked';
      when sqlstate 'VV001' then get stacked diagnostics said = constraint_name; return said;
    end $$;
    grant usage on schema sample to authenticated;
    grant execute on function sample.how_booking_goes(uuid, timestamptz, integer) to authenticated`)

  test(`200 worlds of SEED=${seed}`, async () => {
    const tally = new Map<string, number>()
    const one = chance(seed)
    for (let n = 0; n < 200; n++) {
      const world = expectation(one, Date.now())
      await owner.query('begin')
      try {
        await make(world)
        const got = await ask(world)
        for (const [at, { starts, expected }] of world.tries.entries()) {
          const where = `SEED=${seed}, world ${n}, ${new Date(starts).toISOString()} for ${world.minutes} minutes in ${world.mentor.timezone}`
          const { offered, went, free } = got[at]!
          assert.equal(went, expected, where)
          assert.equal(offered, expected === 'booked', `offered: ${where}`)
          assert.equal(free, expected === 'booked' ? 1 : 0, `free then: ${where}`)
          tally.set(went, (tally.get(went) ?? 0) + 1)
        }
      } finally {
        await owner.query('rollback')
      }
    }
    for (const each of [
      'booked',
      'mentor_is_busy',
      'you_are_busy',
      'too_late_to_book',
      'too_far_ahead',
      'not_offered_then',
      'length_not_offered',
      'mentor_not_found',
    ])
      assert.ok((tally.get(each) ?? 0) > 0, `${each} never came about: SEED=${seed}`)
    console.log([...tally].map(([what, times]) => `${what} ${times}`).join(', '))
  })

  test('who is free then are just those whose slots hold it, each once, also a few at a time', async () => {
    const one = chance(seed)
    const worlds = Array.from({ length: 40 }, () => expectation(one, Date.now()))
    const mentors = worlds.map(({ mentor }) => mentor.user_id)
    const { me } = worlds[0]!
    await owner.query('begin')
    try {
      for (const [n, world] of worlds.entries()) await make(n === 0 ? world : { ...world, commitments: [], bookings: [], blocked: false })
      await owner.query(`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`, [
        JSON.stringify({ sub: me, role: 'authenticated' }),
      ])
      let most = 0
      for (const { starts, expected } of worlds.flatMap(({ tries }) => tries)) {
        if (expected !== 'booked' && !one.in(8)) continue
        const at = new Date(starts).toISOString()
        const minutes = one.of([30, 60, 90])
        const { rows } = await owner.query<{ offering: string[]; free: string[]; early: string[]; rest: string[] }>(
          `with few as (select array(select mentor_user_id from private.mentors_free_at($2, $3, 2)) as early)
           select array(select m from unnest($1::uuid[]) m
               where exists (select from private.offered_slots(m, $2, $2::timestamptz + interval '1 minute', $3) s where s.starts_at = $2) order by m) as offering,
             array(select mentor_user_id from private.mentors_free_at($2, $3, 100) order by 1) as free,
             early, array(select mentor_user_id from private.mentors_free_at($2, $3, 100, early)) as rest
           from few`,
          [mentors, at, minutes],
        )
        const { offering, free, early, rest } = rows[0]!
        const where = `SEED=${seed}, ${at} for ${minutes} minutes`
        assert.deepEqual(free, offering, where)
        assert.deepEqual([...early, ...rest].toSorted(), offering, where)
        most = Math.max(most, free.length)
      }
      assert.ok(most > 2, `SEED=${seed}: never more than ${most} at once`)
    } finally {
      await owner.query('rollback')
    }
  })

  async function make({ mentor, me, rules, exceptions, commitments, bookings, elsewhere, blocked }: World): Promise<void> {
    const { rows } = await owner.query(
      `with people as (
         insert into auth.users (id, aud, role, email) select p, 'authenticated', 'authenticated', p || '@example.test' from unnest($1::uuid[]) p on conflict do nothing
       ), profile as (
         insert into mentoring.profiles (user_id, email, role) select p, p || '@example.test', 'mentor' from unnest($1::uuid[]) p on conflict do nothing
       ) select 1`,
      [[mentor.user_id, me]],
    )
    assert.equal(rows.length, 1)
    const fill = async (table: string, list: object[]) => {
      if (list.length === 0) return
      const columns = Object.keys(list[0]!).join(', ')
      await owner.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`, [
        JSON.stringify(list),
      ])
    }
    await fill('mentoring.mentor_profiles', [mentor])
    await fill('mentoring.mentor_availability_rules', rules)
    await fill('mentoring.mentor_availability_exceptions', exceptions)
    await fill(
      'scheduling.meetings',
      commitments.map(({ meeting_id, during }) => ({ id: meeting_id, kind: 'practice.session', during })),
    )
    await fill('scheduling.commitments', commitments)
    await fill('mentoring.bookings', bookings)
    if (elsewhere.length > 0) {
      const { rows } = await owner.query<{ id: string }>(
        `insert into mentoring.calendar_accounts (user_id, provider, email) values ($1, 'google', 'a@b.test') returning id`,
        [mentor.user_id],
      )
      await fill(
        'mentoring.external_busy_events',
        elsewhere.map((during, at) => ({ calendar_account_id: rows[0]!.id, user_id: mentor.user_id, external_id: String(at), during })),
      )
    }
    if (blocked) await fill('safety.blocks', [{ blocker_id: mentor.user_id, blocked_id: me }])
  }

  async function ask({ mentor, me, minutes, tries }: World) {
    await owner.query(`select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({ sub: me, role: 'authenticated' }),
    ])
    const starts = tries.map(({ starts }) => new Date(starts).toISOString())
    // As a page asks: one stretch of time, and then whether it holds the slot.
    const { rows } = await owner.query<{ offered: boolean; went: string; free: number }>(
      `with stretch as (select array_agg(starts_at) as slots from private.offered_slots($1, $3::timestamptz, $4::timestamptz, $5))
       select t = any (coalesce((select slots from stretch), '{}')) as offered, sample.how_booking_goes($1, t, $5) as went,
         (select count(*)::integer from private.mentors_free_at(t, $5) f where f.mentor_user_id = $1) as free
       from unnest($2::timestamptz[]) with ordinality as tries (t, nth) order by nth`,
      [mentor.user_id, starts, starts.toSorted()[0], new Date(Math.max(...tries.map(({ starts }) => starts)) + 1).toISOString(), minutes],
    )
    return rows
  }
})
