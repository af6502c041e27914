import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { parts } from '#app/domains.ts'
import { cast } from '#platform/demo/cast.ts'
import { loadDemo } from '#platform/demo/load.ts'
import { freshServer, tokenFor } from '#tests/server.ts'
import { caller, planning, type Body } from './people.ts'

const server = await freshServer()
await loadDemo(server.db.url(), parts)
const { plan } = planning(server.db)

const hour = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
const span = (from: number, until: number) => `from=${encodeURIComponent(inHours(from))}&until=${encodeURIComponent(inHours(until))}`

/** An hour from a quarter of an hour on, as meetings begin: the first one not before so many hours from now. */
const quarterAt = (hours: number) => {
  const from = Math.ceil((Date.now() + hours * hour) / 900_000) * 900_000
  return [new Date(from).toISOString(), new Date(from + hour).toISOString()] as const
}
const quarter = (hours: number) => {
  const [from, until] = quarterAt(hours)
  return `from=${encodeURIComponent(from)}&until=${encodeURIComponent(until)}`
}
const quarterRange = (hours: number) => `[${quarterAt(hours).join()})`

const ofCast = async (id: string) => {
  const token = await tokenFor(server.keys, id)
  return async (path: string) => {
    const response = await fetch(`${server.address}/api${path}`, { headers: { authorization: `Bearer ${token}` } })
    return { status: response.status, body: (await response.json()) as Body }
  }
}

describe('my calendar', () => {
  test('tells of what each domain plans, with whom, and how it stands', async () => {
    const amara = await ofCast(cast.amara.id)
    const { items } = (await amara(`/scheduling/calendar?${span(-24 * 20, 24 * 30)}`)).body
    const practice = items.filter(({ kind }) => kind === 'practice.session')
    assert.ok(practice.length >= 3)
    assert.ok(practice.every(({ title }) => title === 'Practice session'))
    assert.ok(practice.some((one) => one.state === 'agreed' && one.with[0]?.name === 'Jonas Lindqvist'))
    assert.deepEqual(
      items.map(({ starts_at }) => starts_at),
      items.map(({ starts_at }) => starts_at).toSorted(),
    )

    const { items: hanas } = (await (await ofCast(cast.hana.id))(`/scheduling/calendar?${span(0, 48)}`)).body
    assert.ok(hanas.some(({ state, with: others }) => state === 'open' && others.length === 0))
  })

  test('names the other side’s zone where that may be known, and what waits for my answer apart', async () => {
    const { next, waiting } = (await (await ofCast(cast.priya.id))('/scheduling/next')).body
    assert.deepEqual(waiting[0]!.with, [{ name: 'Mateo Quiroga', zone: 'America/Bogota' }])
    assert.ok(next.every(({ state }) => state !== 'yours'))
    const { next: mateos } = (await (await ofCast(cast.mateo.id))('/scheduling/next')).body
    assert.ok(mateos.some(({ state, with: [mentor] }) => state === 'asked' && mentor?.zone === 'Asia/Kolkata'))
  })

  test('gives no case, diagnosis, room, note or address away: of a care call not even that it is one of care', async () => {
    const told = []
    for (const { id } of Object.values(cast))
      told.push((await (await ofCast(id))(`/scheduling/calendar?${span(-24 * 30, 24 * 30)}`)).body.items)
    const items = told.flat()
    const held = new Set((await server.db.sql<{ id: string }>('select id from mentoring.holds')).map(({ id }) => id))
    // A mentor is not told for whom an hour of theirs is held: to them it is busy for some minutes.
    const busy = items.filter(({ title }) => title === 'Busy')
    assert.ok(
      busy.every(({ kind, id }) => kind === 'mentoring.booking' && held.has(id)),
      JSON.stringify(busy),
    )
    const titles = [...new Set(items.map(({ title }) => title))].filter((title) => title !== 'Busy').toSorted()
    assert.deepEqual(titles, ['Interview rehearsal', 'Mentoring', 'Practice session', 'Video call'])
    const secrets = await server.db.sql<{ word: string }>(
      `select room_url as word from practice.practice_sessions union select note from practice.practice_sessions where note <> ''
       union select case_name from practice.cases union select condition from practice.cases union select email from auth.users where email is not null
       union select session_name from interviews.interview_sessions where session_name is not null union select room_name from care.video_calls`,
    )
    const all = JSON.stringify(items)
    for (const { word } of secrets) assert.ok(!all.includes(word), word)
  })

  test('shows nothing of others, and what no domain tells of as busy', async () => {
    const [ada, bo] = [await caller(server, 'ada'), await caller(server, 'bo')]
    await plan([ada.id], 5, { kind: 'sample.meeting' })
    const hers = (await ada.call('GET', `/scheduling/calendar?${span(0, 24)}`)).body.items
    assert.deepEqual(
      hers.map(({ title, state, with: others }) => [title, state, others]),
      [['Busy', 'busy', []]],
    )
    assert.deepEqual((await bo.call('GET', `/scheduling/calendar?${span(0, 24)}`)).body.items, [])
  })

  test('loses the name of somebody whom one is kept from, on both sides; a stranger’s block is nothing to them', async () => {
    const between = `/scheduling/calendar?${span(-1, 1)}`
    const [jonas, hana] = [await ofCast(cast.jonas.id), await ofCast(cast.hana.id)]
    const block = (blocker: string, blocked: string) =>
      server.db.sql('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [blocker, blocked])
    await block(cast.mei.id, cast.jonas.id)
    assert.deepEqual((await jonas(between)).body.items[0]!.with, [{ name: 'Hana Novotná', zone: 'Europe/Prague' }])
    // The row alone, without what blocking does besides: their session under way would end.
    await server.db.sql('alter table safety.blocks disable trigger user')
    await block(cast.hana.id, cast.jonas.id)
    await server.db.sql('alter table safety.blocks enable trigger user')
    for (const ask of [jonas, hana]) {
      const [first] = (await ask(between)).body.items
      assert.deepEqual([first!.title, first!.with], ['Practice session', []])
    }
  })

  test('is asked for by a span that is one, of two months at most', async () => {
    const ada = await caller(server, 'ada')
    for (const asked of [
      span(5, 1),
      span(0, 24 * 63),
      span(3, 3).replace(/until.*/, `until=${encodeURIComponent('2026-01-01T00:00:00Z')}`),
    ]) {
      const { status, body } = await ada.call('GET', `/scheduling/calendar?${asked}`)
      assert.deepEqual([status, body.code], [422, 'span_is_not_one'])
    }
    assert.equal((await ada.call('GET', '/scheduling/calendar?from=tomorrow&until=later')).status, 400)
    const exact = `2026-11-20T10:00:00.${'1'.repeat(200)}Z`
    for (const path of ['calendar', 'free'])
      assert.equal((await ada.call('GET', `/scheduling/${path}?from=${exact}&until=2026-11-21T10:00:00Z`)).status, 400, path)
    assert.equal((await ada.call('GET', '/scheduling/calendar?from=2026-11-20T10:00:00.123456789Z&until=2026-11-21T10:00:00Z')).status, 200)
    assert.equal((await fetch(`${server.address}/api/scheduling/calendar?${span(0, 1)}`)).status, 401)
  })
})

describe('whether I am free', () => {
  test('is told with my own plans by title; touching is free', async () => {
    const ada = await caller(server, 'ada')
    const from = Date.now() + 30 * hour
    const at = (hours: number) => encodeURIComponent(new Date(from + hours * hour).toISOString())
    await server.db.sql(`select private.claim($1, 'practice.session', tstzrange($2, $3), array[$4::uuid], '{}')`, [
      randomUUID(),
      new Date(from),
      new Date(from + hour),
      ada.id,
    ])
    const busy = (await ada.call('GET', `/scheduling/free?from=${at(0.5)}&until=${at(2)}`)).body
    assert.equal(busy.free, false)
    assert.deepEqual([busy.in_the_way.length, busy.others_are_free], [1, null])
    assert.equal((await ada.call('GET', `/scheduling/free?from=${at(1)}&until=${at(2)}`)).body.free, true)
    assert.equal((await ada.call('GET', `/scheduling/free?from=${at(-1)}&until=${at(0)}`)).body.free, true)
  })

  test('of a meeting of mine: the others only by yes and no', async () => {
    const [bo, cy, dot] = [await caller(server, 'bo'), await caller(server, 'cy'), await caller(server, 'dot')]
    const meeting = await plan([bo.id, cy.id], 30)
    const theirs = await plan([cy.id], 40)
    const answer = (await bo.call('GET', `/scheduling/free?${quarter(40)}&meeting=${meeting}`)).body
    assert.deepEqual([answer.free, answer.in_the_way, answer.others_are_free], [true, [], false])
    assert.ok(!JSON.stringify(answer).includes(theirs))
    assert.equal((await bo.call('GET', `/scheduling/free?${quarter(50)}&meeting=${meeting}`)).body.others_are_free, true)
    assert.deepEqual(
      (await bo.call('GET', `/scheduling/free?${quarter(30)}&meeting=${meeting}`)).body.free,
      true,
      'its own time is not in its way',
    )
    for (const other of [theirs, randomUUID()]) {
      const { status, body } = await bo.call('GET', `/scheduling/free?${quarter(40)}&meeting=${other}`)
      assert.deepEqual([status, body.code], [404, 'no_such_meeting'], 'of a meeting one is not in, not even that there is one')
    }
    assert.equal((await dot.call('GET', `/scheduling/free?${quarter(40)}&meeting=${meeting}`)).status, 404)
  })

  test('does not find another’s plans by halving the span: only a time the meeting could be moved to is answered', async () => {
    const [ed, fay] = [await caller(server, 'ed'), await caller(server, 'fay')]
    const meeting = await plan([ed.id, fay.id], 30)
    await plan([fay.id], 40)
    const start = Math.ceil((Date.now() + 40 * hour) / 900_000) * 900_000
    const at = (from: number, long: number) =>
      `from=${encodeURIComponent(new Date(from).toISOString())}&until=${encodeURIComponent(new Date(from + long).toISOString())}`
    for (const asked of [
      at(start, hour / 2),
      at(start, 48 * hour),
      at(start, 60_000),
      at(start, hour + 1),
      at(start + 60_000, hour),
      at(start + 1, hour),
    ]) {
      const { status, body } = await ed.call('GET', `/scheduling/free?${asked}&meeting=${meeting}`)
      assert.deepEqual([status, body.code, body.others_are_free], [422, 'not_a_time_to_move_to', undefined], asked)
    }
    assert.equal((await ed.call('GET', `/scheduling/free?${at(start, hour)}&meeting=${meeting}`)).body.others_are_free, false)
  })

  test('of others is answered sixty times a day, whatever is asked and wherever', async () => {
    const [gil, hal] = [await caller(server, 'gil'), await caller(server, 'hal')]
    const meeting = await plan([gil.id, hal.id], 30)
    const asks = async (who: typeof gil) =>
      server.db.database.write(who.acting, (db) => db.call('private.others_are_free', { meeting, within: quarterRange(35) }))
    for (let times = 0; times < 60; times++) assert.equal(await asks(gil), true)
    const { status, body } = await gil.call('GET', `/scheduling/free?${quarter(35)}&meeting=${meeting}`)
    assert.deepEqual([status, body.code], [409, 'asked_enough_for_today'])
    assert.equal((await gil.call('GET', `/scheduling/free?${quarter(35)}`)).status, 200, 'of one’s own time one may go on asking')
    assert.equal(await asks(hal), true, 'and somebody else has sixty of their own')
  })

  test('cannot be asked without end', async () => {
    const eve = await caller(server, 'eve')
    const asked = await Promise.all(Array.from({ length: 11 }, () => eve.call('GET', `/scheduling/free?${span(1, 2)}`)))
    assert.deepEqual(
      asked.map(({ status }) => status).filter((status) => status !== 200),
      [429],
    )
  })
})

describe('reminders', () => {
  test('are all on until one chooses, and stay as chosen', async () => {
    const ada = await caller(server, 'ada')
    assert.deepEqual((await ada.call('GET', '/scheduling/reminders')).body, { day_before: true, hour_before: true, ten_minutes: true })
    const chosen = { day_before: false, hour_before: true, ten_minutes: false }
    for (let twice = 0; twice < 2; twice++) assert.equal((await ada.call('PUT', '/scheduling/reminders', chosen)).status, 200)
    assert.deepEqual((await ada.call('GET', '/scheduling/reminders')).body, chosen)
    assert.equal((await ada.call('PUT', '/scheduling/reminders', { day_before: 'yes' })).status, 400)
  })
})

test('a domain that is switched off tells nothing: its time is busy', async () => {
  const other = await freshServer({ DOMAINS: 'care' })
  const ada = await caller(other, 'ada')
  await planning(other.db).plan([ada.id], 5)
  const { items } = (await ada.call('GET', `/scheduling/calendar?${span(0, 24)}`)).body
  assert.deepEqual([items.length, items[0]!.title, items[0]!.state], [1, 'Busy', 'busy'])
})
