import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { done, no, stage } from './operations-scene.ts'

// What the two do around the station, over HTTP: the room, the clock by agreement.
const { person, aCase, offer, act, take, version, inMinutes } = await stage()
for (let n = 0; n < 3; n++) await aCase()
type Somebody = Awaited<ReturnType<typeof person>>

async function met() {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const session = await offer(ada, 10, { as_candidate: true })
  await done(take(bo, session))
  return { ada, bo, cem, session }
}
const seen = (who: Somebody, session: string) => done(who.get(`/practice/sessions/${session}`))

test('the room of a session is entered by its two people, as themselves, and by nobody else who has its address', async () => {
  const { ada, bo, cem, session } = await met()
  const room = (await seen(ada, session))['room'] as string
  for (const who of [ada, bo]) await done(who.put(`/rooms/${room}/entry`, { entry: randomUUID() }))
  assert.equal(await no(cem.put(`/rooms/${room}/entry`, { entry: randomUUID() })), '404 not_your_room')
  assert.equal(await no(cem.get(`/rooms/${room}`)), '404 not_your_room')
  const shown = await done(ada.get(`/rooms/${room}`))
  const { kind, me, others, clock } = shown as unknown as { kind: string; me: Row; others: Row[]; clock: unknown }
  assert.deepEqual([kind, me.role, clock], ['practice.session', 'host', null])
  assert.deepEqual(
    others.map(({ name, role, state }) => [name, role, state]),
    [['Bo of the stage', 'guest', 'inside']],
  ) // prettier-ignore
  await done(act(bo, 'post', session, 'leaving'))
  assert.equal(await no(bo.put(`/rooms/${room}/entry`, { entry: randomUUID() })), '409 room_is_closed')
  assert.equal((await seen(ada, session))['room'], null)
})
type Row = { name: string; role: string; state: string }

describe('the clock', () => {
  test('is paused and given more time as the two agree, and says so in the session', async () => {
    const { ada, bo, cem, session } = await met()
    assert.equal(await no(act(ada, 'post', session, 'clock/ask', { phase: 'reading', what: 'pause' })), '409 clock_is_not_running')
    const room = (await seen(ada, session))['room'] as string
    for (const who of [ada, bo]) await done(who.put(`/rooms/${room}/entry`, { entry: randomUUID() }))
    await done(act(ada, 'post', session, 'beginning'))
    const before = await seen(ada, session)
    assert.deepEqual([before['paused_at'], before['ask']], [null, null])

    await done(act(ada, 'post', session, 'clock/ask', { phase: 'reading', what: 'extend', seconds: 60 }))
    assert.deepEqual((await seen(bo, session))['ask'], { what: 'extend', by: ada.id, phase: 'reading', seconds: 60 })
    assert.equal(await no(act(ada, 'post', session, 'clock/agreement')), '409 yours_to_wait')
    assert.equal(await no(act(cem, 'post', session, 'clock/agreement')), '404 session_not_found')
    assert.equal(await no(bo.post(`/practice/sessions/${session}/clock/agreement`, { version: 1 })), '409 session_has_changed')
    await done(act(bo, 'post', session, 'clock/agreement'))
    const longer = await seen(bo, session)
    assert.equal(Date.parse(longer['running_at'] as string) - Date.parse(before['running_at'] as string), 60_000)

    await done(act(bo, 'post', session, 'clock/ask', { phase: 'reading', what: 'pause' }))
    await done(bo.remove(`/practice/sessions/${session}/clock/ask`, { version: await version(session) }))
    assert.equal((await seen(ada, session))['ask'], null)
    for (const who of [ada, bo]) await done(act(who, 'post', session, 'clock/ask', { phase: 'reading', what: 'pause' }))
    const stands = await seen(ada, session)
    assert.ok(stands['paused_at'])
    assert.equal(stands['running_at'], longer['running_at'])
    assert.equal(await no(act(ada, 'post', session, 'phase', { phase: 'running' })), '409 clock_is_paused')
    assert.equal(await no(act(cem, 'post', session, 'clock/resumption')), '404 session_not_found')
    await done(act(ada, 'post', session, 'clock/resumption'))
    assert.ok(Date.parse((await seen(bo, session))['running_at'] as string) > Date.parse(longer['running_at'] as string))
    assert.equal(await no(act(ada, 'post', session, 'clock/resumption')), '409 clock_is_not_paused')
  })

  test('is asked for what there is', async () => {
    const { ada, session } = await met()
    await done(act(ada, 'post', session, 'beginning'))
    const asks = (more: Record<string, unknown>) => no(act(ada, 'post', session, 'clock/ask', more))
    assert.equal(await asks({ phase: 'running', what: 'pause' }), '409 phase_is_over')
    assert.equal(await asks({ phase: 'reading', what: 'extend' }), '422 seconds_are_missing')
    assert.match(await asks({ phase: 'reading', what: 'extend', seconds: 5 }), /^400 /)
    assert.match(await asks({ phase: 'reading', what: 'rewind' }), /^400 /)
    await done(act(ada, 'post', session, 'clock/ask', { phase: 'reading', what: 'pause' })) // nobody is in the room to agree
    assert.ok((await seen(ada, session))['paused_at'])
    assert.equal(await asks({ phase: 'reading', what: 'pause' }), '409 clock_is_paused')
  })
})

describe('watching', () => {
  test('comes about by a link, a question and an answer, and ends when one of the two says so', async () => {
    const { ada, bo, cem, session } = await met()
    const dee = await person('Dee')
    const { link } = (await done(ada.post(`/practice/sessions/${session}/observer-link`))) as unknown as { link: string }
    assert.equal(((await done(ada.post(`/practice/sessions/${session}/observer-link`))) as unknown as { link: string }).link, link)
    const token = link.split('/').at(-1)!
    assert.ok(token.length > 20 && !link.includes(session))
    assert.equal(await no(dee.post(`/practice/sessions/${session}/observer-link`)), '404 session_not_found')
    const led = (who: Somebody, word = token) => who.post('/practice/watching/reading', { token: word })
    assert.equal(await no(led(cem, `${token}x`)), '404 link_opens_nothing')
    const { host_name, guest_name, invited_by, part } = (await done(led(cem))) as unknown as Record<string, string>
    assert.deepEqual([host_name, guest_name, invited_by, part], ['Ada', 'Bo', 'Ada', null])
    assert.equal(await no(ada.post('/practice/watching', { token })), '409 you_sit_there')

    assert.equal((await done(cem.post('/practice/watching', { token }))).id, session)
    const asked = await done(cem.get(`/practice/watching/${session}`))
    assert.deepEqual([asked['agreed'], asked['room'], asked['candidate']], [false, null, null])
    assert.equal(await no(cem.get(`/practice/sessions/${session}/texts`)), '404 session_not_found')
    const agree = `/practice/sessions/${session}/observers/${cem.id}/agreement`
    assert.equal(await no(ada.post(agree, { version: await version(session) })), '409 yours_to_wait')
    assert.equal(await no(cem.post(agree, { version: await version(session) })), '404 session_not_found')
    assert.equal(await no(bo.post(agree, { version: 1 })), '409 session_has_changed')
    await done(bo.post(agree, { version: await version(session) }))
    const [shown] = (await done(bo.get(`/practice/sessions/${session}/observers`))).items
    assert.deepEqual([shown!['name'], shown!['invited_by'], shown!['agreed']], ['Cem of the stage', ada.id, true])
    assert.deepEqual((await done(dee.get(`/practice/sessions/${session}/observers`))).items, [])

    const watched = await done(cem.get(`/practice/watching/${session}`))
    assert.equal(watched['room'], (await seen(ada, session))['room'])
    assert.ok(!('case_id' in watched) && !('version_seen' in watched))
    await done(cem.put(`/rooms/${watched['room'] as string}/entry`, { entry: randomUUID() }))
    await done(act(ada, 'post', session, 'beginning'))
    assert.deepEqual(
      (await done(cem.get(`/practice/sessions/${session}/texts`))).items.map(({ name }) => name),
      ['candidate_brief'],
    )
    assert.equal(await no(cem.get(`/practice/sessions/${session}`)), '404 session_not_found')
    assert.equal(await no(cem.get(`/practice/sessions/${session}/rounds/1/sheet`)), '403 not_yet')
    assert.equal((await done(cem.get('/practice/watching'))).items.length, 1)

    assert.equal(await no(dee.get(`/practice/watching/${session}`)), '404 session_not_found')
    assert.equal(await no(dee.remove(`/practice/watching/${session}`)), '404 session_not_found')
    assert.equal(await no(cem.remove(`/practice/sessions/${session}/observers/${cem.id}`)), '404 session_not_found')
    await done(ada.remove(`/practice/sessions/${session}/observers/${cem.id}`))
    assert.equal(await no(cem.get(`/practice/watching/${session}`)), '404 session_not_found')
    assert.equal(await no(cem.get(`/practice/sessions/${session}/texts`)), '404 session_not_found')
    assert.equal(await no(cem.put(`/rooms/${watched['room'] as string}/entry`, { entry: randomUUID() })), '404 not_your_room')
  })
})

test('who is there says so, and who waits for somebody is free after ten minutes', async () => {
  const { ada, bo, cem, session } = await met()
  const attendance = `/practice/sessions/${session}/attendance`
  await done(ada.put(attendance))
  await done(ada.put(attendance))
  assert.deepEqual([(await seen(bo, session))['host_came'], (await seen(bo, session))['guest_came']], [true, false])
  assert.equal(await no(cem.put(attendance)), '404 session_not_found')
  assert.equal(await no(act(ada, 'post', session, 'absence')), '409 there_is_time_to_come')
  assert.equal(await no(act(cem, 'post', session, 'absence')), '404 session_not_found')
  const tomorrow = await offer(ada, 24 * 60)
  await done(take(cem, tomorrow))
  assert.equal(await no(ada.put(`/practice/sessions/${tomorrow}/attendance`)), '409 too_early')
  const free = await offer(ada, 48 * 60)
  assert.equal(await no(ada.put(`/practice/sessions/${free}/attendance`)), '409 seat_is_free')
  const { came, planned } = await done(bo.get(`/practice/offers/${free}`))
  assert.deepEqual([came, planned], [1, 1]) // who has checked in has come
})

test('who has finished early is free for the rest of the hour', async () => {
  const { ada, bo, session } = await met()
  const another = { starts_at: inMinutes(30), minutes: 60, type: 'mock', format: 'short' }
  await done(act(ada, 'post', session, 'beginning'))
  assert.equal(await no(ada.post('/practice/offers', another)), '409 you_are_busy')
  const next = async (who: Somebody) =>
    ((await done(who.get('/scheduling/next')))['next'] as unknown as { id: string }[]).map(({ id }) => id)
  assert.deepEqual(await next(ada), [session])
  await done(act(bo, 'post', session, 'ending')) // before it was to begin
  assert.deepEqual(await next(ada), [])
  for (const who of [ada, bo]) await done(who.post('/practice/offers', another))
})
