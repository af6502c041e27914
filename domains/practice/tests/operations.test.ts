import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { administrator } from '#platform/identity/tests/cast.ts'
import { bearer } from '#platform/operations/tests/asking.ts'
import { listen } from '#platform/live/tests/ear.ts'
import { dayOf, plusDays } from '#platform/scheduling/time.ts'
import { connections as many } from '#tests/race.ts'
import { type Caller, done, no, nobody, stage } from './operations-scene.ts'

const { server, person, stranger, aCase, later, version, inMinutes, offer, act, take } = await stage()
const { sql } = server.db
for (let n = 0; n < 4; n++) await aCase()
let minute = 0
/** A time at which nobody is busy yet. */
const next = () => (minute += 61)
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id)
const everyOffer = async (who: Caller, path = '/practice/offers', query: Record<string, string> = {}) => {
  const found: string[] = []
  let cursor: string | null = null
  do {
    const page = await done(who.get(path, { limit: '2', ...query, ...(cursor !== null && { cursor }) }))
    assert.ok(page.items.length <= 2)
    found.push(...idsOf(page.items))
    cursor = page.next
  } while (cursor !== null)
  return found
}

describe('what can be practised', () => {
  test('anybody sees formats with their phases in order, domains, and cases by name', async () => {
    const formats = (await done(stranger.get('/practice/formats'))).items
    const short = formats.find(({ id }) => id === 'short')!
    assert.deepEqual(short, {
      id: 'short',
      name: 'Short',
      words: '',
      rating: ['low', 'middle', 'high'],
      phases: [
        { phase: 'reading', seconds: 600, bells: [] },
        { phase: 'running', seconds: 1200, bells: [900] },
        { phase: 'marking', seconds: 600, bells: [] },
        { phase: 'feedback', seconds: 3600, bells: [] },
      ],
      scales: [
        { domain: 'communication', points: ['none', 'some', 'much'] },
        { domain: 'ethics', points: ['none', 'much'] },
      ],
    })
    const domains = (await done(stranger.get('/practice/domains'))).items as unknown as { key: string }[]
    assert.ok(domains.some(({ key }) => key === 'reasoning'))
  })

  test('the library is searched by words of the name, narrowed, and read page by page; drafts and conditions are not in it', async () => {
    const made: string[] = []
    for (const [name, category, level, formats] of [
      ['Zebra at the gate', 'Surgery', 'any', '{}'],
      ['zebra 100% striped', 'Surgery', 'core', '{short}'],
      ['Zebra_by_night', 'Paediatrics', 'higher', '{open}'],
    ] as const) {
      const { id } = await aCase()
      await sql(`update practice.cases set case_name = $2, category = $3, level = $4, formats = $5 where id = $1`, [
        id,
        name,
        category,
        level,
        formats,
      ]) // prettier-ignore
      made.push(id)
    }
    const draft = await aCase()
    await sql(`update practice.cases set case_name = 'Zebra, not yet', published_at = null where id = $1`, [draft.id])
    const names = async (query: Record<string, string>) =>
      (await done(stranger.get('/practice/cases', query))).items.map(({ case_name }) => case_name)

    assert.deepEqual(await names({ search: 'zebra' }), ['zebra 100% striped', 'Zebra at the gate', 'Zebra_by_night'])
    assert.deepEqual(await names({ search: ' GATE  zeb ' }), ['Zebra at the gate'])
    assert.deepEqual(await names({ search: '%' }), ['zebra 100% striped'])
    assert.deepEqual(await names({ search: 'a_b' }), ['Zebra_by_night'])
    assert.deepEqual(await names({ search: String.raw`zebra\ ` }), [])
    assert.deepEqual(await names({ search: 'zebra', category: 'Paediatrics' }), ['Zebra_by_night'])
    assert.deepEqual(await names({ search: 'zebra', domain: 'ethics' }), [])
    assert.deepEqual(await names({ search: 'zebra', level: 'core' }), ['zebra 100% striped', 'Zebra at the gate'])
    assert.deepEqual(await names({ search: 'zebra', format: 'open' }), ['Zebra at the gate', 'Zebra_by_night'])

    const first = await done(stranger.get('/practice/cases', { search: 'zebra', limit: '2' }))
    assert.deepEqual(Object.keys(first.items[0]!).toSorted(), [
      'author',
      'case_name',
      'category',
      'content_note',
      'domain',
      'formats',
      'id',
      'level',
      'opened',
      'review',
    ]) // prettier-ignore
    const second = await done(stranger.get('/practice/cases', { search: 'zebra', limit: '2', cursor: first.next! }))
    assert.deepEqual([...idsOf(first.items), ...idsOf(second.items)].toSorted(), made.toSorted())
    assert.equal(second.next, null)
    assert.equal(await no(stranger.get('/practice/cases', { cursor: 'bm9uc2Vuc2U' })), '400 invalid_input')
    const categories = (await done(stranger.get('/practice/categories'))).items as unknown[]
    assert.deepEqual(categories.at(-1), { category: 'Surgery', cases: 2 })
  })
})

describe('how somebody appears', () => {
  test('is said, read and changed by themselves; nobody else reads what they train for', async () => {
    const ada = await person('Ada', { appears: false })
    assert.deepEqual(await done(ada.get('/practice/profile')), { profile: null })
    for (const training_level of ['student', 'core']) {
      const said = { first_name: 'Ada', last_name: 'Quiet', training_level, avatar: '/files/a' }
      await done(ada.put('/practice/profile', said))
      assert.deepEqual(await done(ada.get('/practice/profile')), { profile: said })
    }
  })

  test('cannot be without a name, with a picture elsewhere, or a stranger’s', async () => {
    const bo = await person('Bo', { appears: false })
    assert.equal(await no(bo.put('/practice/profile', { first_name: '  ', training_level: 'student' })), '422 name_is_given')
    const elsewhere = { first_name: 'Bo', training_level: 'student', avatar: 'https://elsewhere.test/x.png' }
    assert.equal(await no(bo.put('/practice/profile', elsewhere)), '422 avatar_is_ours')
    assert.equal(await no(bo.put('/practice/profile', { first_name: 'Bo', training_level: 'x', user_id: nobody })), '400 invalid_input')
    assert.equal(await no(stranger.get('/practice/profile')), '401 not_signed_in')
    assert.equal(await no(stranger.put('/practice/profile', { first_name: 'S', training_level: 'x' })), '401 not_signed_in')
  })
})

describe('offering', () => {
  test('a session claims the host’s time; changed and withdrawn by them alone', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const at = next()
    const session = await offer(ada, at, { note: 'Be strict with me', level: 'core' })
    assert.equal(
      await no(ada.post('/practice/offers', { starts_at: inMinutes(at + 30), minutes: 60, type: 'mock', format: 'short' })),
      '409 you_are_busy',
    )

    const same = { starts_at: inMinutes(at), minutes: 60, type: 'review', format: 'open' }
    assert.equal(await no(bo.put(`/practice/offers/${session}`, { version: 1, ...same })), '404 session_not_found')
    assert.deepEqual(await done(ada.put(`/practice/offers/${session}`, { version: 1, ...same })), { version: 2 })
    assert.equal(await no(ada.put(`/practice/offers/${session}`, { version: 1, ...same })), '409 session_has_changed')
    const { type, format, level, note } = await done(bo.get(`/practice/offers/${session}`))
    assert.deepEqual([type, format, level, note], ['review', 'open', 'any', ''])

    await done(take(bo, session))
    assert.equal(await no(ada.put(`/practice/offers/${session}`, { version: 3, ...same })), '409 guest_is_seated')
    assert.equal(await no(bo.put(`/practice/offers/${session}`, { version: 3, ...same })), '403 host_only')
    assert.equal(await no(bo.post(`/practice/offers/${session}/withdrawal`, { version: 3 })), '403 host_only')
    await done(ada.post(`/practice/offers/${session}/withdrawal`, { version: 3 }))
    assert.equal(await no(ada.post(`/practice/offers/${session}/withdrawal`, { version: 4 })), '409 session_is_cancelled')
    assert.notEqual((await done(bo.get(`/practice/sessions/${session}`)))['cancelled_at'], null)
    assert.equal((await done(bo.get(`/practice/sessions/${session}`)))['room'], null)
  })

  test('is not for the past, for years ahead, for what is not there, nor for somebody without a profile', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo', { appears: false })]
    const right = { starts_at: inMinutes(next()), minutes: 60, type: 'mock', format: 'short' }
    const says = (more: Record<string, unknown>, who: Caller = ada) => no(who.post('/practice/offers', { ...right, ...more }))
    assert.equal(await says({ starts_at: inMinutes(-10) }), '422 starts_in_the_past')
    assert.equal(await says({ starts_at: '0000-01-01T00:00:00Z' }), '422 starts_in_the_past')
    assert.equal(await says({ starts_at: '9999-12-31T23:59:59Z' }), '422 too_far_ahead')
    assert.equal(await says({ format: 'no-such-format' }), '422 no_such_format')
    assert.equal(await says({ case_id: nobody }), '422 no_such_case')
    assert.equal(await says({ minutes: 4 }), '400 invalid_input')
    assert.equal(await says({ type: 'exam' }), '400 invalid_input')
    assert.equal(await says({ note: 'x'.repeat(501) }), '400 invalid_input')
    assert.equal(await says({ host_id: bo.id }), '400 invalid_input')
    assert.equal(await says({}, bo), '409 no_profile_yet')
    assert.equal(await no(stranger.post('/practice/offers', right)), '401 not_signed_in')
    await done(ada.post('/practice/offers', right))
  })

  test('twice with one Idempotency-Key is once, and the answer the first one’s', async () => {
    const ada = await person('Ada')
    const wish = { starts_at: inMinutes(next()), minutes: 60, type: 'mock', format: 'short' }
    const key = { 'idempotency-key': randomUUID() }
    const [first, second] = [await done(ada.post('/practice/offers', wish, key)), await done(ada.post('/practice/offers', wish, key))]
    assert.deepEqual(second, first)
    assert.equal((await done(ada.get('/practice/sessions'))).items.length, 1)
  })
})

describe('finding each other', () => {
  test('a stranger’s list holds id, date, time, type, format, level and a first name, and no more', async () => {
    const ada = await person('Ada')
    const { id: caseId } = await aCase()
    const session = await offer(ada, next(), { note: 'anote', case_id: caseId, as_candidate: true, level: 'higher' })
    const [row] = await sql<{ room_url: string; date: string; time: string }>(
      'select room_url, "date"::text, "time"::text from practice.practice_sessions where id = $1',
      [session],
    )
    const answer = await fetch(`${server.address}/api/practice/open-seats?level=higher`)
    const text = await answer.text()
    const { items } = JSON.parse(text) as { items: Record<string, unknown>[] }
    const { date, time } = row!
    assert.deepEqual(
      items.find(({ id }) => id === session),
      { id: session, date, time, type: 'mock', format: 'short', level: 'higher', first_name: 'Ada' },
    )
    for (const secret of [ada.id, 'anote', row!.room_url, caseId, 'stage', 'student', 'example.test'])
      assert.ok(!text.includes(secret), secret)
    assert.deepEqual([...new Set(items.flatMap((item) => Object.keys(item)))].toSorted(), [
      'date',
      'first_name',
      'format',
      'id',
      'level',
      'time',
      'type',
    ]) // prettier-ignore
  })

  test('nothing answers a stranger to that id', async () => {
    const session = await offer(await person('Ada'), next())
    for (const path of [
      `/practice/offers/${session}`,
      `/practice/sessions/${session}`,
      `/practice/sessions/${session}/texts`,
      '/practice/offers',
    ])
      assert.equal(await no(stranger.get(path)), '401 not_signed_in', path)
    assert.equal(await no(stranger.post(`/practice/offers/${session}/guest`, { version: 1 })), '401 not_signed_in')
  })

  test('who is signed in sees name, picture, note and length; not their own, not the room, the case or the roles', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await offer(ada, next(), { note: 'Be kind', as_candidate: true })
    const offers = (await done(bo.get('/practice/offers', { limit: '100' }))).items
    const mine = offers.find(({ id }) => id === session)!
    assert.deepEqual(
      { ...mine, starts_at: '' },
      {
        id: session,
        version: 1,
        starts_at: '',
        minutes: 60,
        type: 'mock',
        format: 'short',
        level: 'any',
        note: 'Be kind',
        host: { id: ada.id, name: 'Ada of the stage', avatar: null },
      },
    ) // prettier-ignore
    assert.ok(!(await everyOffer(ada)).includes(session))
    assert.ok(!(await everyOffer(ada, '/practice/open-seats')).includes(session))
    assert.equal(await no(ada.get(`/practice/offers/${session}`)), '404 session_not_found')
    assert.deepEqual(await done(bo.get(`/practice/offers/${session}`)), { ...mine, came: 0, planned: 0 })
  })

  test('by day in a zone: an evening in UTC is the next morning in Auckland', async () => {
    const ada = await person('Ada')
    const day = plusDays(dayOf(new Date(), 'UTC'), 90)
    const { id } = await done(ada.post('/practice/offers', { starts_at: `${day}T22:30:00Z`, minutes: 30, type: 'mock', format: 'short' }))
    const bo = await person('Bo')
    const on = async (day: string, zone: string) => {
      const strangers = idsOf((await done(stranger.get('/practice/open-seats', { day, zone }))).items)
      assert.deepEqual(idsOf((await done(bo.get('/practice/offers', { day, zone }))).items), strangers)
      return strangers.includes(id)
    }
    assert.deepEqual(
      [await on(day, 'UTC'), await on(day, 'Pacific/Auckland'), await on(plusDays(day, 1), 'Pacific/Auckland')],
      [true, false, true],
    )
    assert.equal(await on('0000-01-01', 'UTC'), false)
    assert.equal(await on('9999-12-31', 'UTC'), false)
    assert.equal(await no(bo.get('/practice/offers', { day, zone: 'Mars/Olympus' })), '422 no_such_zone')
    assert.equal(await no(stranger.get('/practice/open-seats', { day: '2026-02-30' })), '400 invalid_input')
  })

  test('narrowed and page by page, nothing comes twice or is left out', async () => {
    const host = await person('Host')
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.push(await offer(host, 30_000 + n * 61, { level: 'foundation', type: 'review' }))
    const bo = await person('Bo')
    const query = { level: 'foundation', type: 'review', format: 'short' }
    assert.deepEqual(await everyOffer(bo, '/practice/offers', query), made)
    assert.deepEqual(await everyOffer(bo, '/practice/open-seats', query), made)
    assert.deepEqual((await done(stranger.get('/practice/open-seats', { ...query, format: 'open' }))).items, [])
    for (const path of ['/practice/offers', '/practice/open-seats', '/practice/sessions', '/practice/rounds'])
      for (const cursor of ['x', Buffer.from('["now","x"]').toString('base64url'), Buffer.from('["a","b","c"]').toString('base64url')])
        assert.equal(await no(bo.get(path, { cursor })), '400 invalid_input', path)
  })

  test('who blocks vanishes from the lists of the other at once, on both sides, and their seats are not there', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const [hers, his] = [await offer(ada, next()), await offer(bo, next())]
    assert.ok((await everyOffer(bo)).includes(hers))
    await done(ada.put(`/safety/blocks/${bo.id}`))
    for (const [who, session] of [
      [bo, hers],
      [ada, his],
    ] as const) {
      for (const path of ['/practice/offers', '/practice/open-seats']) assert.ok(!(await everyOffer(who, path)).includes(session))
      assert.equal(await no(who.get(`/practice/offers/${session}`)), '404 session_not_found')
      assert.equal(await no(take(who, session)), '404 session_not_found')
    } // prettier-ignore
  })
})

describe('the seat', () => {
  test(`of ${many} who reach for it at once over HTTP one sits; the others get seat_taken, with the nearest open offers`, async () => {
    const hosts = []
    for (let n = 0; n < 6; n++) hosts.push(await person(`Host ${n}`))
    const crowd = []
    for (let n = 0; n < many; n++) crowd.push(await person(`Racer ${n}`))
    const base = 60_000 // far from everybody else's
    const wanted = await offer(hosts[0]!, base)
    const near = await offer(hosts[1]!, base + 70)
    const nearer = await offer(hosts[2]!, base - 65)
    const far = await offer(hosts[3]!, base + 200)
    await offer(hosts[4]!, base + 64, { type: 'review' }) // another type
    await offer(hosts[5]!, base - 400)

    const answers = await Promise.all(crowd.map(({ post }) => post(`/practice/offers/${wanted}/guest`, { version: 1 })))
    const said = answers.map(({ status, code }) => `${status} ${code ?? ''}`)
    assert.deepEqual(said.filter((one) => one === '200 ').length, 1)
    assert.deepEqual(said.filter((one) => one === '409 seat_taken').length, many - 1)
    for (const { body } of answers.filter(({ code }) => code === 'seat_taken')) {
      const { alternatives } = body as { alternatives: Record<string, unknown>[] }
      assert.deepEqual(
        alternatives.map(({ id }) => id),
        [nearer, near, far],
      ) // prettier-ignore
      assert.deepEqual(Object.keys(alternatives[0]!).toSorted(), [
        'format',
        'host',
        'id',
        'level',
        'minutes',
        'note',
        'starts_at',
        'type',
        'version',
      ]) // prettier-ignore
    }
    const [row] = await sql<{ guest_id: string; version: number }>(
      'select guest_id, version from practice.practice_sessions where id = $1',
      [wanted],
    )
    assert.equal(row!.guest_id, crowd[said.indexOf('200 ')]!.id)
    assert.equal(row!.version, 2)

    // An alternative can be taken; whoever is busy then, or is kept from its host, is not led there; nor is a host led to themselves.
    const [one, two, three] = crowd.filter((_, n) => said[n] !== '200 ') as [Caller, Caller, Caller]
    await offer(one, base - 30)
    await done(two.put(`/safety/blocks/${hosts[1]!.id}`))
    const led = async (who: Caller) => {
      const { body } = await take(who, wanted)
      return (body as { alternatives: { id: string }[] }).alternatives.map(({ id }) => id)
    }
    const ofOne = await led(one)
    assert.ok(!ofOne.includes(nearer) && ofOne[0] === near, 'busy at the nearer')
    assert.ok(!(await led(two)).includes(near))
    assert.ok(!(await led(hosts[2]!)).includes(nearer))
    await done(take(three, nearer))
    assert.ok(!(await led(two)).includes(nearer))
  })

  test('sent again with the same key it is the same seat; without, one is told that it is theirs', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await offer(ada, next())
    const key = { 'idempotency-key': randomUUID() }
    for (let n = 0; n < 2; n++)
      assert.deepEqual(await done(bo.post(`/practice/offers/${session}/guest`, { version: 1 }, key)), { version: 2 })
    assert.equal(await no(take(bo, session)), '409 seat_is_yours')
    assert.equal(await no(take(ada, session)), '409 you_are_the_host')
  })

  test('is refused to whoever is busy, saw an old page, or has not said how they appear', async () => {
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem', { appears: false })]
    const at = next()
    const session = await offer(ada, at)
    await offer(bo, at)
    assert.equal(await no(take(bo, session)), '409 you_are_busy')
    assert.equal(await no(cem.post(`/practice/offers/${session}/guest`, { version: 1 })), '409 no_profile_yet')
    assert.equal(await no(cem.post(`/practice/offers/${session}/guest`, { version: 7 })), '409 session_has_changed')
    assert.equal(await no(cem.post(`/practice/offers/${nobody}/guest`, { version: 1 })), '404 session_not_found')
  })

  test('cannot be tried more than twenty times a minute', async () => {
    const bo = await person('Bo')
    const said: string[] = []
    for (let n = 0; n < 22; n++) said.push(await no(bo.post(`/practice/offers/${randomUUID()}/guest`, { version: 1 })))
    assert.deepEqual(new Set(said.slice(0, 20)), new Set(['404 session_not_found']))
    assert.equal(said.at(-1), '429 too_many_requests')
    await done(bo.get('/practice/offers'))
  })

  test('is left by its guest alone, and then it is somebody else’s to take, with another room', async () => {
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
    const session = await offer(ada, next())
    await done(take(bo, session))
    const { room } = await done(bo.get(`/practice/sessions/${session}`))
    for (const who of [ada, cem]) assert.equal(await no(act(who, 'post', session, 'leaving')), '404 not_your_seat')
    assert.equal(await no(bo.post(`/practice/sessions/${session}/leaving`, { version: 1 })), '409 session_has_changed')
    await done(act(bo, 'post', session, 'leaving'))
    assert.equal(await no(bo.get(`/practice/sessions/${session}`)), '404 session_not_found')
    await done(take(cem, session))
    assert.notEqual((await done(cem.get(`/practice/sessions/${session}`)))['room'], room)
  })
})

describe('a session', () => {
  test('is seen by the two who sit there, each from their side, and by nobody else', async () => {
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
    const session = await offer(ada, 10, { as_candidate: true })
    await done(take(bo, session))
    const [hers, his] = [await done(ada.get(`/practice/sessions/${session}`)), await done(bo.get(`/practice/sessions/${session}`))]
    assert.deepEqual([hers['me'], hers['role'], his['me'], his['role']], ['host', 'candidate', 'guest', 'actor'])
    assert.deepEqual([his['phase'], his['round'], his['plan'], his['case_id']], ['scheduled', null, null, null])
    assert.deepEqual(his['host'], { id: ada.id, name: 'Ada of the stage', avatar: null })
    assert.equal(hers['room'], his['room'])
    assert.ok(Math.abs(Date.parse(his['now'] as string) - Date.now()) < 60_000)
    const listed = (await done(bo.get('/practice/sessions'))).items
    assert.deepEqual(idsOf(listed), [session])
    assert.ok(!JSON.stringify(listed).includes(hers['room'] as string))

    assert.equal(await no(cem.get(`/practice/sessions/${session}`)), '404 session_not_found')
    assert.deepEqual((await done(cem.get('/practice/sessions'))).items, [])
    for (const [how, what, more] of [
      ['put', 'roles', { candidate_id: cem.id }],
      ['put', 'case', { case_id: null }],
      ['post', 'beginning', {}],
      ['post', 'phase', { phase: 'running' }],
      ['post', 'rounds', {}],
      ['post', 'ending', {}],
    ] as const)
      assert.equal(await no(act(cem, how, session, what, more)), '404 session_not_found', what)
  })

  test('of somebody who is blocked since shows no name', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await offer(ada, 12, { as_candidate: true })
    await done(take(bo, session))
    await done(act(ada, 'post', session, 'beginning'))
    await done(act(ada, 'post', session, 'ending'))
    await done(bo.put(`/safety/blocks/${ada.id}`))
    assert.equal(((await done(bo.get(`/practice/sessions/${session}`)))['host'] as { name: null }).name, null)
    assert.ok(!JSON.stringify(await done(bo.get('/practice/sessions'))).includes('Ada of the stage'))
  })

  test('does not begin without a guest, without roles, or too early; and a case is one that both may meet', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const [soon, later] = [await offer(ada, 12), await offer(ada, next() + 600)]
    assert.equal(await no(act(ada, 'post', soon, 'beginning')), '409 seat_is_free')
    await done(take(bo, soon))
    assert.equal(await no(act(bo, 'post', soon, 'beginning')), '409 roles_are_open')
    assert.equal(await no(act(ada, 'put', soon, 'roles', { candidate_id: nobody })), '422 candidate_has_a_seat')
    assert.equal(await no(act(ada, 'put', soon, 'case', { case_id: nobody })), '422 no_such_case')
    assert.equal(await no(ada.put(`/practice/sessions/${soon}/roles`, { version: 1, candidate_id: ada.id })), '409 session_has_changed')
    await done(act(bo, 'put', soon, 'roles', { candidate_id: ada.id }))
    const { id } = await aCase()
    await sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, ada.id])
    assert.equal(await no(act(bo, 'put', soon, 'case', { case_id: id })), '409 candidate_knows_the_case')
    await done(act(bo, 'put', soon, 'roles', { candidate_id: bo.id }))
    await done(act(bo, 'put', soon, 'case', { case_id: id }))
    assert.equal((await done(ada.get(`/practice/sessions/${soon}`)))['case_id'], id)

    await done(take(bo, later))
    await done(act(bo, 'put', later, 'roles', { candidate_id: bo.id }))
    assert.equal(await no(act(bo, 'post', later, 'beginning')), '409 too_early')
    assert.equal(await no(act(bo, 'post', later, 'ending')), '409 phase_out_of_order')
  })
})

describe('alone', () => {
  test('a station begins at once, is on no list, and is marked by whoever played it, not before the time', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const { id: caseId, items } = await aCase()
    const { id } = await done(ada.post('/practice/alone', { format: 'short', case_id: caseId }))
    const mine = await done(ada.get(`/practice/sessions/${id}`))
    assert.deepEqual([mine['role'], mine['phase'], mine['guest'], mine['partner']], ['alone', 'reading', null, 'nobody'])
    assert.equal(await no(bo.get(`/practice/sessions/${id}`)), '404 session_not_found')
    assert.equal(await no(bo.get(`/practice/offers/${id}`)), '404 session_not_found')
    assert.equal(await no(take(bo, id)), '404 session_not_found')
    const sheet = `/practice/sessions/${id}/rounds/1`
    assert.equal(await no(ada.put(`${sheet}/ticks/${items[0]}`)), '403 not_yet')
    assert.equal(await no(ada.get(`/practice/sessions/${id}/texts/markscheme`)), '403 not_yet')
    await later(id, 31)
    await done(ada.put(`${sheet}/ticks/${items[0]}`))
    const seen = await done(ada.get(`${sheet}/sheet`))
    assert.deepEqual(
      (seen['checklist'] as { ticked: boolean }[]).map(({ ticked }) => ticked),
      [true, false, false],
    ) // prettier-ignore
    const [round] = (await done(ada.get('/practice/rounds'))).items
    assert.deepEqual([round!['role'], round!['reached'], round!['case_id']], ['alone', 'marking', caseId])
  })

  test('needs a profile and a format, and a case that can be played', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo', { appears: false })]
    assert.equal(await no(bo.post('/practice/alone', { format: 'short' })), '409 no_profile_yet')
    assert.equal(await no(ada.post('/practice/alone', { format: 'none' })), '422 no_such_format')
    assert.equal(await no(ada.post('/practice/alone', { format: 'short', case_id: nobody })), '422 no_such_case')
  })
})

describe('authors and reviewers', () => {
  test('a case is read by those who know it, signed by a reviewer for its edition, and then shown as reviewed', async () => {
    const [leila, tomasz, ada] = [await person('Leila'), await person('Tomasz'), await person('Ada')]
    const mira = await administrator(server, 'Mira Boss')
    const { id, word } = await aCase()
    await sql(`update practice.cases set case_name = 'Yonder ' || $2 where id = $1`, [id, word])
    await sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, tomasz.id])
    const [{ edition }] = (await sql<{ edition: number }>('select edition from practice.cases where id = $1', [id])) as [
      { edition: number },
    ]
    const review_by = plusDays(dayOf(new Date(), 'UTC'), 300)
    const signature = { edition, named_as: 'Dr Leila', review_by }

    for (const who of [leila, ada]) {
      assert.equal(await no(who.get(`/practice/cases/${id}/whole`)), '404 not_your_case')
      assert.equal(await no(who.post(`/practice/cases/${id}/signatures`, signature)), '404 not_your_case')
    }
    const asked = { person: leila.id, reason: 'Please check this one' }
    assert.equal(await no(ada.post(`/practice/cases/${id}/reviewers`, asked)), '403 administrators_only')
    assert.equal(await no(mira.post(`/practice/cases/${id}/reviewers`, { ...asked, person: nobody })), '404 no_such_person')
    assert.equal(await no(mira.post(`/practice/cases/${nobody}/reviewers`, asked)), '404 no_such_case')
    assert.equal(
      await no(mira.post(`/practice/cases/${id}/reviewers`, { ...asked, person: tomasz.id })),
      '409 nobody_reviews_their_own_case',
    )
    await done(mira.post(`/practice/cases/${id}/reviewers`, asked))

    for (const who of [leila, tomasz])
      assert.equal((await done(who.get(`/practice/cases/${id}/whole`)))['markscheme'], `${word} markscheme`)
    const [mine] = (await done(leila.get('/practice/cases/mine'))).items
    assert.deepEqual([mine!['id'], mine!['part'], mine!['signed']], [id, 'reviewer', false])
    assert.ok(!JSON.stringify(mine).includes('condition'))
    assert.deepEqual((await done(ada.get('/practice/cases/mine'))).items, [])

    assert.equal(await no(tomasz.post(`/practice/cases/${id}/signatures`, signature)), '404 not_your_case')
    assert.equal(await no(leila.post(`/practice/cases/${id}/signatures`, { ...signature, edition: edition + 1 })), '409 case_has_changed')
    for (const never of ['0000-01-01', dayOf(new Date(), 'UTC'), '2999-01-01'])
      assert.equal(
        await no(leila.post(`/practice/cases/${id}/signatures`, { ...signature, review_by: never })),
        '422 review_is_due_within_three_years',
      )
    const listed = async () => (await done(stranger.get('/practice/cases', { search: word }))).items[0]!['review']
    assert.equal(await listed(), null)
    await done(leila.post(`/practice/cases/${id}/signatures`, signature))
    assert.equal(await no(leila.post(`/practice/cases/${id}/signatures`, signature)), '409 case_is_signed_already')
    assert.deepEqual({ ...((await listed()) as object), signed_on: '' }, { named_as: 'Dr Leila', review_by, signed_on: '' })
    await sql(`update practice.cases set markscheme = 'another' where id = $1`, [id])
    assert.equal(await listed(), null)
  })

  test('a reviewer reads no whole case while they are its candidate', async () => {
    const leila = await person('Leila')
    const { id } = await aCase()
    await done(leila.post('/practice/alone', { format: 'short', case_id: id }))
    await sql('insert into practice.case_reviewers (case_id, person_id) values ($1, $2)', [id, leila.id])
    assert.equal(await no(leila.get(`/practice/cases/${id}/whole`)), '403 not_yet')
  })
})

describe('what one does is heard by the other', () => {
  test('as the next version, by those who sit there at that moment and by nobody else', async () => {
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
    const session = await offer(ada, 11, { as_candidate: true })
    const [hers, his, theirs] = [await ear(ada), await ear(bo), await ear(cem)]
    hers.say({ say: 'listen', topics: { [session]: null } })
    await hers.hears('ready', ({ topic }) => topic === session)
    theirs.say({ say: 'listen', topics: { [session]: null } })
    assert.equal((await theirs.hears('cut')).why, 'not_yours')

    await done(take(bo, session))
    const told = await hers.hears('event', ({ kind }) => kind === 'practice.changed')
    assert.deepEqual(told.body, { session, version: 2 })
    his.say({ say: 'listen', topics: { [session]: null } })
    await his.hears('ready', ({ topic }) => topic === session)
    await done(act(ada, 'post', session, 'beginning'))
    for (const one of [hers, his])
      assert.deepEqual((await one.hears('event', ({ body }) => body['version'] === 3)).body, { session, version: 3 })

    await done(act(bo, 'post', session, 'leaving'))
    await hers.hears('event', ({ body }) => body['version'] === 4)
    assert.equal((await his.hears('cut')).why, 'not_yours')
    await done(act(ada, 'post', session, 'ending'))
    await hers.hears('event', ({ body }) => body['version'] === 5)
    assert.deepEqual(
      his
        .events(session)
        .filter(({ kind }) => kind === 'practice.changed')
        .map(({ body }) => body['version']),
      [3],
    ) // prettier-ignore
    assert.deepEqual(theirs.events(session), [])
    for (const one of [hers, his, theirs]) one.close()
  })

  test('not by whom a block has parted from it, from that very moment on', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await offer(ada, next())
    await done(take(bo, session))
    const his = await ear(bo)
    his.say({ say: 'listen', topics: { [session]: null } })
    await his.hears('ready', ({ topic }) => topic === session)
    await done(ada.put(`/safety/blocks/${bo.id}`))
    assert.equal((await his.hears('cut')).why, 'not_yours')
    await done(act(ada, 'put', session, 'roles', { candidate_id: ada.id }))
    his.say({ say: 'listen', topics: { [session]: 0 } }) // again, and from the beginning
    await his.hears('cut', () => his.heard.filter(({ say }) => say === 'cut').length === 2)
    assert.deepEqual(his.events(session), [])
    his.close()
  })

  test('a session’s topic is gone when the last of its people is forgotten', async () => {
    const ada = await person('Ada')
    const { id } = await done(ada.post('/practice/alone', { format: 'short' }))
    assert.equal((await sql('select from live.topics where id = $1', [id])).length, 1)
    await sql('select private.erase_practice($1)', [ada.id])
    assert.equal((await sql('select from live.topics where id = $1', [id])).length, 0)
  })

  test('an offer’s topic goes when it is withdrawn', async () => {
    const ada = await person('Ada')
    const session = await offer(ada, next())
    const topics = () => sql('select from live.topics where id = $1', [session])
    assert.equal((await topics()).length, 1)
    await done(ada.post(`/practice/offers/${session}/withdrawal`, { version: await version(session) }))
    assert.equal((await topics()).length, 0)
  })
})

const ear = ({ token }: Caller) => listen(server.address, bearer(token))
