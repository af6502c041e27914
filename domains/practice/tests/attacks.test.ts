import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { listen } from '#platform/live/tests/ear.ts'
import { bearer } from '#platform/operations/tests/asking.ts'
import { actingAs, theServer } from '#tests/database.ts'
import { practiceOfPerson } from '../person.ts'
import { type Caller, done, no, nobody, stage } from './operations-scene.ts'

// People who try what they should not, over HTTP and the socket. What holds is kept here as well as what once did not.
const { server, person, stranger, aCase, later, offer, act, take, inMinutes } = await stage()
const { sql } = server.db

const secret = (word: string) => ['actor_brief', 'condition', 'markscheme', 'item'].map((text) => `${word} ${text}`)
const blocks = async (who: Caller, whom: Caller) => done(who.put(`/safety/blocks/${whom.id}`))
const told = async ({ id }: Caller, kind: string) =>
  (await sql('select from notices.notices where person_id = $1 and kind = $2', [id, kind])).length
const people = async (...names: string[]) => Promise.all(names.map((name) => person(name)))
const begun = async (host: Caller, guest: Caller, case_id: string, as_candidate = true, inMinutes = 10) => {
  const session = await offer(host, inMinutes, { case_id, as_candidate, minutes: 5 })
  await done(take(guest, session))
  await done(act(host, 'post', session, 'beginning'))
  return session
}
const alone = async (who: Caller, case_id: string) =>
  (await done(who.post('/practice/alone', { type: 'mock', format: 'short', case_id }))).id
/** Marked and handed in, by whoever plays the actor or themselves. */
const handsIn = async (who: Caller, session: string, words = '') => {
  const sheet = `/practice/sessions/${session}/rounds/1`
  for (const domain of ['communication', 'ethics']) await done(who.put(`${sheet}/scores/${domain}`, { points: 1 }))
  return who.post(`${sheet}/sheet`, { rating: 1, words })
}

type Ids = Record<'cases' | 'sessions' | 'others', string[]>
/** Every GET there is, with every id that somebody could have got hold of in every place; what came back, as one text. */
async function sweep(who: Pick<Caller, 'get'>, ids: Ids, { papers = false } = {}): Promise<string> {
  const document = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as { paths: Record<string, { get?: unknown }> }
  const got: string[] = []
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get || !path.startsWith('/api/practice/') || (path.endsWith('/paper') && !papers)) continue // twenty papers a minute
    const fills: Record<string, string[]> = {
      id: path.includes('/cases/') ? ids.cases : path.includes('/sessions/') || path.includes('/watching/') ? ids.sessions : ids.others,
      session: ids.sessions,
      round: ['1'],
      number: ['1'],
      text: ['actor_brief', 'condition', 'markscheme'],
    }
    let paths = [path.slice('/api'.length)]
    for (const [, name] of path.matchAll(/\{(\w+)\}/g))
      paths = paths.flatMap((one) => fills[name!]!.map((value) => one.replace(`{${name}}`, value)))
    for (const one of paths) {
      const { status, body } = await who.get(one, path.endsWith('/whole') && path.includes('/shares/') ? { knowing: 'true' } : {})
      assert.ok(status < 500 && status !== 429, `${one}: ${status}`)
      got.push(one.endsWith('/paper') ? `paper ${status}` : JSON.stringify(body))
    }
  }
  return got.join('\n')
}

describe('while Ada is the candidate in a case, nothing else opens it for her', () => {
  test('not by any operation, in any phase, paused, with more time, asked to check it, nor in her export', async () => {
    const [ada, bo, cem, dee] = (await people('Ada', 'Bo', 'Cem', 'Dee')) as [Caller, Caller, Caller, Caller]
    const { id, word, items } = await aCase()
    const isReviewer = 'insert into practice.case_reviewers (case_id, person_id) values ($1, $2)'

    // What she has of it: a result of her own, one that is shown to her, a station as its actor that was stopped and one that goes on, one alone.
    const [hers, dees] = [await alone(ada, id), await alone(dee, id)]
    for (const [who, session] of [
      [ada, hers],
      [dee, dees],
    ] as const) {
      await later(session, 30)
      await done(handsIn(who, session))
      await done(act(who, 'post', session, 'ending'))
    }
    const share = await done(dee.post(`/practice/results/${dees}/1/shares`, { address: await addressOf(ada) }))
    const stopped = await begun(dee, ada, id, true, 1)
    await later(stopped, 15)
    await done(act(ada, 'post', stopped, 'ending'))
    const beside = await begun(cem, ada, id, true, 7)
    await later(beside, 15)
    const other = await alone(ada, id)
    await later(other, 600)
    const ids = { cases: [id], sessions: [hers, dees, stopped, beside, other], others: [share.id, id, nobody] }

    await sql(isReviewer, [id, ada.id])
    const before = await sweep(ada, ids, { papers: true })
    for (const text of [...secret(word), 'paper 200']) assert.ok(before.includes(text), `${text} could be found`)
    await sql('delete from practice.case_reviewers where person_id = $1', [ada.id])

    const session = await begun(ada, bo, id, true, 13)
    await sql(isReviewer, [id, ada.id])
    ids.sessions.push(session)
    const finds = async (when: string) => {
      const got = await sweep(ada, ids, { papers: when === 'reading' })
      const exported = JSON.stringify(await server.db.database.write(theServer, (db) => practiceOfPerson.export(db, ada.id)))
      for (const text of [...secret(word), 'paper 200']) {
        assert.ok(!got.includes(text), `${text}, ${when}`)
        assert.ok(!exported.includes(text), `${text} in the export, ${when}`)
      }
    }
    await finds('reading')
    await done(act(ada, 'post', session, 'clock/ask', { phase: 'reading', what: 'extend', seconds: 1800 }))
    await done(act(ada, 'post', session, 'clock/ask', { phase: 'reading', what: 'pause' }))
    await later(session, 600)
    await finds('paused')
    await done(act(ada, 'post', session, 'clock/resumption'))
    await done(act(ada, 'post', session, 'phase', { phase: 'running' }))
    await finds('running')
    assert.equal(await no(act(ada, 'post', session, 'phase', { phase: 'marking' })), '403 not_your_role')
    await later(session, 21)
    await finds('marking')
    for (const one of [beside, other]) {
      const sheet = `/practice/sessions/${one}/rounds/1`
      assert.equal(await no(ada.put(`${sheet}/ticks/${items[0]}`)), '403 not_yet')
      assert.equal(await no(ada.put(`${sheet}/scores/ethics`, { points: 1 })), '403 not_yet')
      assert.equal(await no(ada.post(`${sheet}/sheet`, { rating: 1 })), '403 not_yet')
    }
    await later(session, 11)
    assert.equal((await done(ada.get(`/practice/sessions/${session}/texts/markscheme`)))['words'], `${word} markscheme`)
  })
})

describe('when Ada blocks Bo in the middle', () => {
  test('nothing opens any more, to either of them', async () => {
    const [ada, bo] = (await people('Ada', 'Bo')) as [Caller, Caller]
    const { id, word } = await aCase()
    const session = await begun(ada, bo, id)
    await done(bo.get(`/practice/sessions/${session}/texts`))
    const ear = await listen(server.address, bearer(bo.token))
    ear.say({ say: 'listen', topics: { [session]: null } })
    await ear.hears('ready', ({ topic }) => topic === session)
    await blocks(ada, bo)
    await ear.hears('cut', ({ topic }) => topic === session)
    await later(session, 600)
    const ids = { cases: [id], sessions: [session], others: [id, nobody] }
    for (const [who, may] of [
      [ada, []],
      [bo, ['actor_brief', 'condition']],
    ] as const) {
      const got = await sweep(who, ids, { papers: true })
      assert.deepEqual(
        ['actor_brief', 'condition', 'markscheme', 'item', 'paper'].filter((text) =>
          got.includes(text === 'paper' ? 'paper 200' : `${word} ${text}`),
        ),
        may,
      )
    }
    assert.equal(await no(act(bo, 'post', session, 'ending')), '404 session_not_found')
    ear.close()
    assert.equal(await no(take(bo, session)), '404 session_not_found')
  })

  test('Bo writes to her no more: neither a remark, nor by handing in the sheet', async () => {
    const [ada, bo] = (await people('Ada', 'Bo')) as [Caller, Caller]
    const { id, items } = await aCase()
    const session = await begun(ada, bo, id)
    await later(session, 45)
    const sheet = `/practice/sessions/${session}/rounds/1`
    await done(bo.put(`${sheet}/ticks/${items[0]}`))
    await blocks(ada, bo)
    const result = `/practice/results/${session}/1`
    assert.equal(await no(bo.put(`${result}/remark`, { words: 'You will hear of me' })), '409 nobody_to_write_to')
    assert.equal(await no(bo.put(`${sheet}/ticks/${items[1]}`)), '409 nobody_to_write_to')
    assert.equal(await no(bo.put(`${sheet}/scores/ethics`, { points: 0 })), '409 nobody_to_write_to')
    assert.equal(await no(bo.post(`${sheet}/sheet`, { rating: 0, words: 'You will hear of me' })), '409 nobody_to_write_to')
    assert.ok(!JSON.stringify((await ada.get(result)).body).includes('hear of me'))
    assert.equal(await told(ada, 'practice.sheet'), 0)
  })
})

describe('whoever does the same again and again', () => {
  test('fills nobody’s bell by assigning a case and withdrawing it', async () => {
    const [ada, bo] = (await people('Ada', 'Bo')) as [Caller, Caller]
    const { id } = await aCase()
    const group = (await done(ada.post('/practice/groups', { name: 'Thursdays' }))).id
    const token = String((await done(ada.get(`/practice/groups/${group}`)))['link'])
      .split('/')
      .at(-1)
    await done(bo.post('/practice/groups/joining', { token }))
    for (let n = 0; n < 3; n++) {
      const due_on = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
      const assigned = await done(ada.post(`/practice/groups/${group}/assignments`, { case_id: id, due_on }))
      await done(ada.remove(`/practice/assignments/${assigned.id}`))
    }
    assert.equal(await told(bo, 'practice.case-assigned'), 1)
  })

  test('fills nobody’s bell by asking to watch, though they are sent away each time', async () => {
    const [ada, bo, cem] = (await people('Ada', 'Bo', 'Cem')) as [Caller, Caller, Caller]
    const session = await offer(ada, 10)
    await done(take(bo, session))
    const token = await linkTo(ada, session)
    for (let n = 0; n < 3; n++) {
      await done(cem.post('/practice/watching', { token }))
      await done(bo.remove(`/practice/sessions/${session}/observers/${cem.id}`))
      await done(cem.post('/practice/watching', { token }))
      await done(cem.remove(`/practice/watching/${session}`))
    }
    assert.equal(await told(bo, 'practice.observer-asks'), 1)
  })

  test('asks nobody for the same evening anew who has declined, and nobody more than three times, by taking the wish back', async () => {
    const [ada, bo, cem] = (await people('Ada', 'Bo', 'Cem')) as [Caller, Caller, Caller]
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
    const proposals = async (who: Caller) => (await done(who.get('/practice/wishes')))['proposals'] as { id: string }[]
    const wishes = async (who: Caller, since: number) =>
      (await done(who.post('/practice/wishes', { since: at(since), until: at(since + 4), minutes: 60, type: 'mock' }))).id
    await wishes(bo, 48)
    let hers = await wishes(ada, 47)
    const [first] = await proposals(bo)
    await done(bo.post(`/practice/proposals/${first!.id}/declining`))
    await done(ada.remove(`/practice/wishes/${hers}`))
    hers = await wishes(ada, 49)
    assert.deepEqual(await proposals(bo), [])
    await done(ada.remove(`/practice/wishes/${hers}`))
    for (let n = 0; n < 5; n++) await done(cem.remove(`/practice/wishes/${await wishes(cem, 48)}`))
    assert.equal(await told(bo, 'practice.proposal'), 1 + 3)
    await wishes(bo, 148)
    await wishes(ada, 148)
    assert.equal((await proposals(bo)).length, 1, 'another day is another question')
    const kept = async () => (await sql('select from practice.askings where $1 in (person_id, other_id)', [bo.id])).length
    assert.ok((await kept()) > 0)
    await server.db.database.write(theServer, (db) => db.call('private.forget_wishes', { person: bo.id }))
    assert.equal(await kept(), 0)
  })

  test('rings three times at whoever could then, or waits for the seat, by offering and withdrawing, or taking and leaving', async () => {
    const [ada, bo, cem, dee] = (await people('Ada', 'Bo', 'Cem', 'Dee')) as [Caller, Caller, Caller, Caller]
    await done(bo.post('/practice/wishes', { since: inMinutes(6000), until: inMinutes(6240), minutes: 60, type: 'mock' }))
    for (let n = 0; n < 5; n++) await done(ada.post(`/practice/offers/${await offer(ada, 6060)}/withdrawal`, { version: 1 }))
    assert.equal(await told(bo, 'practice.offer-fits'), 3)
    const session = await offer(ada, 6000)
    for (let n = 0; n < 5; n++) {
      await done(take(cem, session))
      await done(dee.post(`/practice/offers/${session}/waiting`))
      await done(act(cem, 'post', session, 'leaving'))
    }
    assert.equal(await told(dee, 'practice.seat-free-again'), 3)
  })

  test('has forty seats to offer at most, also in a burst', async () => {
    const ada = await person('Ada')
    const on_date = inMinutes(3 * 24 * 60).slice(0, 10)
    await server.db.database.write(actingAs(ada.id), async (db) => {
      for (let n = 0; n < 38; n++) {
        const at_time = new Date(n * 300_000).toISOString().slice(11, 19)
        await db.call('private.offer_session', { on_date, at_time, minutes: 5, type: 'mock', format: 'short' })
      }
    })
    const plan = { minutes: 5, type: 'mock', format: 'short' }
    const said = await Promise.all([1, 2, 3, 4].map((n) => no(ada.post('/practice/offers', { starts_at: inMinutes(n * 10), ...plan }))))
    assert.deepEqual(said.toSorted(), ['200 undefined', '200 undefined', '409 offers_are_forty_at_most', '409 offers_are_forty_at_most'])
  })
})

const linkTo = async (who: Caller, session: string) =>
  String((await done(who.post(`/practice/sessions/${session}/observer-link`)))['link'])
    .split('/')
    .at(-1)

describe('whoever makes themselves an observer', () => {
  test('hears, sees and enters nothing until the other one agrees, and nothing once they are sent away', async () => {
    const [ada, bo, cem, dee] = (await people('Ada', 'Bo', 'Cem', 'Dee')) as [Caller, Caller, Caller, Caller]
    const { id, word } = await aCase()
    const session = await begun(ada, bo, id)
    const room = (await done(ada.get(`/practice/sessions/${session}`)))['room']
    const token = await linkTo(ada, session)
    const ids = { cases: [id], sessions: [session], others: [id, session, ada.id] }
    const isOutside = async (who: Caller) => {
      const got = await sweep(who, ids)
      for (const text of [...secret(word), `${word} candidate_brief`, String(room)]) assert.ok(!got.includes(text), text)
      assert.notEqual((await who.post(`/rooms/${String(room)}/entry`, { tab: nobody })).status, 200)
      const ear = await listen(server.address, bearer(who.token))
      ear.say({ say: 'listen', topics: { [session]: null } })
      await ear.hears('cut', ({ topic }) => topic === session)
      ear.close()
    }
    await isOutside(dee)
    for (const guess of [session, 'x'.repeat(43), `${token!.slice(0, -1)}${token!.endsWith('A') ? 'B' : 'A'}`])
      assert.equal(await no(dee.post('/practice/watching', { token: guess })), '404 link_opens_nothing')
    await done(cem.post('/practice/watching', { token }))
    await isOutside(cem)
    for (const who of [ada, cem, dee])
      assert.notEqual((await act(who, 'post', session, `observers/${cem.id}/agreement`)).status, 200, who.name)
    await isOutside(cem)
    await done(act(bo, 'post', session, `observers/${cem.id}/agreement`))
    assert.equal(await no(cem.get(`/practice/sessions/${session}/texts/actor_brief`)), '403 not_your_role')
    assert.equal((await done(cem.get(`/practice/sessions/${session}/texts/candidate_brief`)))['words'], `${word} candidate_brief`)
    for (const [how, what] of [
      ['post', 'phase'],
      ['post', 'ending'],
      ['put', 'roles'],
    ] as const)
      assert.equal(
        await no(act(cem, how, session, what, what === 'phase' ? { phase: 'running' } : what === 'roles' ? { candidate_id: cem.id } : {})),
        '404 session_not_found',
        what,
      )
    assert.equal(await no(cem.put(`/practice/sessions/${session}/attendance`)), '404 session_not_found')
    await done(ada.remove(`/practice/sessions/${session}/observers/${cem.id}`))
    await later(session, 600)
    await isOutside(cem)
  })
})

test('whoever played a case reads what it said then, and not the draft that Eve makes of it once it is withdrawn', async () => {
  const [ada, bo, cem, eve] = (await people('Ada', 'Bo', 'Cem', 'Eve')) as [Caller, Caller, Caller, Caller]
  const { id, word } = await aCase()
  await sql(`update practice.cases set author = 'Eve' where id = $1`, [id])
  await sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, eve.id])
  const session = await begun(ada, bo, id)
  await later(session, 45)
  await done(handsIn(bo, session))
  const share = await done(ada.post(`/practice/results/${session}/1/shares`, { address: await addressOf(cem) }))
  await sql('update practice.cases set published_at = null where id = $1', [id])
  for (const writing of ['second', 'third']) {
    const { file, edition } = await done(eve.get(`/practice/cases/${id}/file`))
    await done(
      eve.put(`/practice/cases/${id}`, {
        edition,
        file: String(file).replaceAll(/(\w+) (\w+_brief|condition|markscheme|item)/g, `${writing} $2`),
      }),
    )
  }
  const ids = { cases: [id], sessions: [session], others: [share.id, nobody] }
  for (const who of [ada, bo, cem]) {
    const got = await sweep(who, ids, { papers: true })
    for (const writing of ['second', 'third']) assert.ok(!got.includes(`${writing} `), `${who.name} reads the ${writing}`)
    for (const text of who === cem ? ['condition', 'item'] : ['candidate_brief', 'actor_brief', 'condition', 'markscheme', 'item'])
      assert.ok(got.includes(`${word} ${text}`), `${who.name} has ${text}`)
  }
})

const addressOf = async ({ id }: Caller) => (await sql<{ email: string }>('select email from auth.users where id = $1', [id]))[0]!.email

describe('what is others’', () => {
  test('a stranger, somebody else and an administrator find nothing of', async () => {
    const [ada, bo, cem, mira] = (await people('Ada', 'Bo', 'Cem', 'Mira')) as [Caller, Caller, Caller, Caller]
    await sql('select private.appoint(u.email) from auth.users u where u.id = $1', [mira.id])
    const { id, word } = await aCase()
    const note = `note${word}`
    const session = await begun(ada, bo, id)
    await later(session, 45)
    await done(handsIn(bo, session, `${word} said`))
    await done(ada.put(`/practice/results/${session}/1/remark`, { words: `${word} remarked` }))
    const share = await done(ada.post(`/practice/results/${session}/1/shares`, { address: 'somebody@example.test' }))
    const group = (await done(ada.post('/practice/groups', { name: `${word} group` }))).id
    const since = new Date(Date.now() + 30 * 3_600_000).toISOString().replace(/\dZ$/, '1Z') // as it comes back: without noughts at its end
    const until = new Date(Date.now() + 34 * 3_600_000).toISOString()
    await done(ada.post('/practice/wishes', { since, until, minutes: 60, type: 'mock', level: 'higher' }))
    const draft = await aCase(`draft${word}`)
    await sql('update practice.cases set published_at = null, case_name = $2 where id = $1', [draft.id, `${word} draft`])
    await sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [draft.id, ada.id])
    await done(ada.post(`/practice/cases/${draft.id}/notes`, { words: note }))
    for (const who of [cem, ada, mira]) {
      assert.equal(await no(who.post('/practice/alone', { type: 'mock', format: 'short', case_id: draft.id })), '422 no_such_case')
      assert.equal(
        await no(
          who.post('/practice/offers', { starts_at: inMinutes(300), minutes: 60, type: 'mock', format: 'short', case_id: draft.id }),
        ),
        '422 no_such_case',
      )
    }
    assert.equal(await no(act(bo, 'put', session, 'case', { case_id: draft.id })), '409 phase_out_of_order')
    const ids = { cases: [id, draft.id], sessions: [session], others: [share.id, group, session, ada.id] }
    const theirs = [
      ...secret(word),
      ...secret(`draft${word}`),
      `${word} candidate_brief`,
      `${word} said`,
      `${word} remarked`,
      `${word} group`,
      note,
      since,
      'paper 200',
    ]
    for (const [who, more] of [
      [cem, [`${word} draft`]],
      [mira, []], // a draft's name stands on her desk
      [stranger, [`${word} draft`]],
    ] as const) {
      const got = await sweep(who, ids, { papers: true })
      for (const text of [...theirs, ...more]) assert.ok(!got.includes(text), text)
    }
    const hers = await sweep(ada, ids, { papers: true })
    for (const text of theirs) assert.ok(hers.includes(text), `${text} could be found`)
  })
})

test('nothing that was said here is in the log, nor among the answers that are kept', async () => {
  const ada = await person('Ada')
  await ada.get('/practice/cases', { search: 'hear of me' })
  assert.equal(await no(ada.post('/practice/cases', { file: '---\nname: hear of me\n---' })), '422 not_a_case')
  const log = [...server.log, ...server.said].join('\n')
  assert.ok(log.includes('/api/practice/profile'), 'something is logged')
  const answers = JSON.stringify(await sql('select a::text from operations.answers a'))
  for (const where of [log, answers])
    for (const words of [
      'Somebody at noon',
      'of the stage',
      'hear of me',
      'Thursdays',
      'example.test',
      'actor_brief ',
      'markscheme ',
      ' condition',
      ' item ',
    ])
      assert.ok(!where.includes(words), words)
  assert.ok(!log.includes('"level":50'), log)
})
