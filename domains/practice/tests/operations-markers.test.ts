import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { bearer } from '#platform/operations/tests/asking.ts'
import { listen } from '#platform/live/tests/ear.ts'
import { type Caller, done, no, stage } from './operations-scene.ts'

// The promise over HTTP and the socket: every protected text of a case bears a word of its own; whatever reaches whomever, in each
// phase, is held against the README's table by that word. Everybody asks for everything there is to ask, at every step.
const { server, person, stranger, later, version, offer, act, take } = await stage()
const { sql } = server.db

const phases = ['scheduled', 'reading', 'running', 'marking', 'feedback'] as const
type Phase = (typeof phases)[number]
const texts = ['candidate_brief', 'actor_brief', 'condition', 'markscheme', 'item', 'synonym'] as const
type Text = (typeof texts)[number]
type Role = 'candidate' | 'actor' | 'alone' | 'nobody'

// By hand, from the README: from which phase on. What else gives a condition away comes by no operation of a session at all.
const opens: Record<Role, Partial<Record<Text, Phase>>> = {
  candidate: { candidate_brief: 'reading', actor_brief: 'feedback', condition: 'feedback', markscheme: 'feedback', item: 'feedback' },
  actor: { candidate_brief: 'reading', actor_brief: 'reading', condition: 'reading', markscheme: 'running', item: 'running' },
  alone: { candidate_brief: 'reading', actor_brief: 'marking', condition: 'marking', markscheme: 'marking', item: 'marking' },
  nobody: {},
}

type Marked = { id: string; marks: Record<Text, string>; items: string[] }
async function markedCase(): Promise<Marked> {
  const marks = Object.fromEntries(texts.map((text) => [text, `m${randomUUID().replaceAll('-', '')}`])) as Record<Text, string>
  const { candidate_brief, actor_brief, markscheme, condition, synonym } = marks
  const [row] = await sql<{ id: string }>(
    `insert into practice.cases (candidate_brief, actor_brief, markscheme, condition, synonyms, category, case_name, domain, published_at)
     values ($1, $2, $3, $4, array[$5], 'General practice', 'Somebody at dusk', 'communication', now()) returning id`,
    [candidate_brief, actor_brief, markscheme, condition, synonym],
  )
  const items = await sql<{ id: string }>(
    `insert into practice.checklist_items (case_id, position, domain, words) select $1, n, 'communication', $2 || ' ' || n from generate_series(1, 2) n returning id`,
    [row!.id, marks.item],
  )
  return { id: row!.id, marks, items: items.map(({ id }) => id) }
}

/** Somebody who asks for everything, and of whom all that reached them is kept: bodies and frames. */
async function watched(who: Caller) {
  const got: string[] = []
  const ear = await listen(server.address, bearer(who.token))
  let heard = 0
  const get: Caller['get'] = async (path, input, headers) => {
    const answer = await who.get(path, input, headers)
    assert.notEqual(answer.status, 429, `asked ${path} too often to be answered`)
    got.push(JSON.stringify(answer.body))
    return answer
  }
  const write =
    (verb: Caller['post']): Caller['post'] =>
    async (path, input, headers) => {
      const answer = await verb(path, input, headers)
      got.push(JSON.stringify(answer.body))
      return answer
    } // prettier-ignore
  return {
    ...who,
    get,
    post: write(who.post),
    put: write(who.put),
    patch: write(who.patch),
    remove: write(who.remove),
    ear,
    listensTo: async (topic: string, hears: 'ready' | 'cut') => {
      ear.say({ say: 'listen', topics: { [topic]: null } })
      await ear.hears(hears, (said) => said.topic === topic)
    },
    /** All that came since the last time. */
    taken: () => {
      const frames = ear.heard.slice(heard).map((frame) => JSON.stringify(frame))
      heard = ear.heard.length
      return [...got.splice(0), ...frames].join('\n')
    },
  }
}
type Watched = Awaited<ReturnType<typeof watched>>

/** Every read there is, with what somebody could fill in. */
// Which may be asked some times a minute only, and says yes or no.
const isRare = new Set(['/api/scheduling/free'])
// The same as a result, on paper (no JSON); and what holds nothing of any case.
const isElsewhere = /\/(?:paper|formats|domains|ice-servers)$/

/** Again, which is once more in a phase: the session and its cases alone, else it were more in a minute than anybody may ask. */
async function asksForEverything(who: Watched, session: string, cases: Marked[], again = false): Promise<void> {
  const document = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as {
    paths: Record<string, { get?: { parameters: { name: string; in: string }[] } }>
  } // prettier-ignore
  let asked = 0
  for (const [path, { get }] of Object.entries(document.paths)) {
    if (!get || !/^\/api\/(practice|notices|scheduling|rooms)\//.test(path) || isRare.has(path) || isElsewhere.test(path)) continue
    const fills: Record<string, string[]> = {
      id: path.includes('/cases/') ? cases.map(({ id }) => id) : [session],
      session: [session],
      round: ['1', '2'],
      number: ['1'],
      text: ['candidate_brief', 'actor_brief', 'condition', 'markscheme'],
    }
    if (again && (!path.includes('{') || path.includes('/cases/{id}/'))) continue
    let paths = [path.slice('/api'.length)]
    for (const [, name] of path.matchAll(/\{(\w+)\}/g))
      paths = paths.flatMap((one) => fills[name!]!.map((value) => one.replace(`{${name}}`, value)))
    const ofARound = get.parameters.some(({ name, in: at }) => name === 'round' && at === 'query')
    for (const one of paths) for (const query of ofARound ? [{ round: '1' }, { round: '2' }] : [{}]) await who.get(one, query)
    asked += paths.length
  }
  assert.ok(asked > (again ? 10 : 20))
  await who.get(`/practice/sessions/${session}/texts`)
  await who.get('/practice/cases', { search: 'dusk' })
}

/** What reached somebody holds no word that their part does not allow yet; in the end it holds every one that it does. */
function holds(what: string, one: Marked, role: Role, phase: Phase, of: string): void {
  for (const text of texts) {
    const from = opens[role][text]
    const allowed = from !== undefined && phases.indexOf(phase) >= phases.indexOf(from)
    assert.equal(what.includes(one.marks[text]), allowed, `${of}: ${text} as ${role} in ${phase}`)
  }
}

/** Each asks for everything; then what they got is looked through, for every case. (Frames under way are, once more, at the end.) */
async function step(
  session: string,
  cases: Marked[],
  present: { who: Watched; of: string; parts: { role: Role; phase: Phase }[] }[],
  again = false,
): Promise<void> {
  for (const { who } of present) await asksForEverything(who, session, cases, again)
  for (const { who, of, parts } of present) {
    const all = who.taken()
    for (const [n, one] of cases.entries()) holds(all, one, parts[n]!.role, parts[n]!.phase, `${of}, case ${n + 1}`)
  }
}

const until = { reading: 10, running: 20, marking: 10 } as const // minutes, of the format 'short'

describe('no marker of a case reaches anybody before their role and its phase', () => {
  for (const hostIs of ['candidate', 'actor'] as const)
    test(`through two stations, with the host as ${hostIs} in the first`, async () => {
      const [host, guest, cem] = [await watched(await person('Ada')), await watched(await person('Bo')), await watched(await person('Cem'))]
      const [first, second] = [await markedCase(), await markedCase()]
      const cases = [first, second]
      const others: { [role in 'candidate' | 'actor']: 'candidate' | 'actor' } = { candidate: 'actor', actor: 'candidate' }
      const strangerGets = async (session: string) => {
        const got: string[] = []
        for (const path of [
          '/practice/open-seats',
          '/practice/cases',
          '/practice/formats',
          `/practice/sessions/${session}`,
          `/practice/sessions/${session}/texts`,
          `/practice/cases/${first.id}/whole`,
        ])
          got.push(JSON.stringify((await stranger.get(path)).body))
        for (const one of cases) holds(got.join(), one, 'nobody', 'feedback', 'a stranger')
      }

      const session = await offer(host, 10, { case_id: first.id })
      /** In this phase of this round, with these roles, everybody has asked for everything. */
      const everybody = async (round: 1 | 2, phase: Phase, roles: { host: Role; guest: Role }, again = false) => {
        const parts = (role: Role) =>
          round === 1
            ? [
                { role, phase },
                { role: 'nobody' as const, phase },
              ]
            : [
                { role: others[role as 'candidate'], phase: 'feedback' as const },
                { role, phase },
              ] // prettier-ignore
        await step(
          session,
          cases,
          [
            { who: host, of: 'the host', parts: parts(roles.host) },
            { who: guest, of: 'the guest', parts: parts(roles.guest) },
            { who: cem, of: 'somebody without a seat', parts: cases.map(() => ({ role: 'nobody' as const, phase })) },
          ],
          again,
        )
        await strangerGets(session)
      }
      await everybody(1, 'scheduled', { host: 'nobody', guest: 'nobody' })
      await done(take(guest, session))
      for (const who of [host, guest]) await who.listensTo(session, 'ready')
      await cem.listensTo(session, 'cut')
      const candidate = hostIs === 'candidate' ? host : guest
      const actor = hostIs === 'candidate' ? guest : host
      await done(act(guest, 'put', session, 'roles', { candidate_id: candidate.id }))
      await everybody(1, 'scheduled', { host: 'nobody', guest: 'nobody' }, true)

      const play = async (round: 1 | 2, one: Marked, [candidate, actor]: [Watched, Watched], roles: { host: Role; guest: Role }) => {
        const sheet = `/practice/sessions/${session}/rounds/${round}`
        await everybody(round, 'reading', roles, round === 2)
        assert.equal(await no(act(actor, 'post', session, 'phase', { phase: 'running' })), '403 not_your_role')
        assert.equal(await no(actor.get(`${sheet}/sheet`)), '403 not_yet')
        assert.equal(await no(candidate.get(`/practice/sessions/${session}/texts/actor_brief`)), '403 not_your_role')
        await later(session, until.reading)
        await everybody(round, 'running', roles, round === 2)
        assert.equal(await no(act(candidate, 'post', session, 'phase', { phase: 'marking' })), '403 not_your_role')
        assert.equal(await no(candidate.put(`${sheet}/ticks/${one.items[0]}`)), '403 not_your_role')
        assert.equal(await no(cem.put(`${sheet}/ticks/${one.items[0]}`)), '404 session_not_found')
        const other = cases.find(({ id }) => id !== one.id)!
        assert.equal(await no(actor.put(`${sheet}/ticks/${other.items[0]}`)), '404 no_such_item')
        await done(actor.put(`${sheet}/ticks/${one.items[0]}`))
        await done(actor.put(`${sheet}/ticks/${one.items[1]}`))
        await done(actor.put(`${sheet}/ticks/${one.items[1]}`, { ticked: false }))
        assert.equal(await no(actor.put(`${sheet}/scores/history`, { points: 1 })), '404 no_such_scale')
        assert.equal(await no(actor.put(`${sheet}/scores/ethics`, { points: 2 })), '422 score_is_off_the_scale')
        await done(actor.put(`${sheet}/scores/ethics`, { points: 1 }))
        assert.equal(await no(actor.post(`${sheet}/sheet`, { rating: 2 })), '403 not_yet')
        await everybody(round, 'running', roles, true)

        await later(session, until.running)
        await everybody(round, 'marking', roles, round === 2)
        assert.equal(await no(act(candidate, 'post', session, 'phase', { phase: 'feedback' })), '403 not_your_role')
        assert.equal(await no(actor.post(`${sheet}/sheet`, { rating: 2 })), '409 sheet_is_not_finished')
        await done(actor.put(`${sheet}/scores/communication`, { points: 2 }))
        assert.equal(await no(actor.post(`${sheet}/sheet`, { rating: 3 })), '422 rating_is_off_the_scale')
        if (round === 1) await done(actor.post(`${sheet}/sheet`, { rating: 2, words: 'Well listened' }))
        await everybody(round, 'marking', roles, true)

        await later(session, until.marking)
        await everybody(round, 'feedback', roles)
        if (round === 2) {
          const unmarked = await done(candidate.get(`${sheet}/sheet`))
          assert.deepEqual([unmarked['marks'], unmarked['scores'], unmarked['words']], [false, null, null])
          assert.ok(!JSON.stringify(unmarked).includes('ticked'))
          await done(actor.post(`${sheet}/sheet`, { rating: 2, words: 'Well listened' }))
          await candidate.ear.hears('event', ({ kind, body }) => kind === 'practice.sheet-submitted' && body['round'] === 2)
        }
        assert.equal(await no(actor.put(`${sheet}/ticks/${one.items[1]}`)), '409 sheet_is_submitted')
        const marks = await done(candidate.get(`${sheet}/sheet`))
        assert.deepEqual(
          (marks['checklist'] as { ticked: boolean }[]).map(({ ticked }) => ticked),
          [true, false],
        ) // prettier-ignore
        assert.deepEqual([marks['scores'], marks['rating'], marks['words']], [{ communication: 2, ethics: 1 }, 2, 'Well listened'])
      }

      await done(act(host, 'post', session, 'beginning'))
      await play(
        1,
        first,
        [candidate, actor],
        hostIs === 'candidate' ? { host: 'candidate', guest: 'actor' } : { host: 'actor', guest: 'candidate' },
      )
      assert.equal(await no(act(host, 'post', session, 'rounds', { case_id: first.id })), '409 case_already_opened')
      await done(act(guest, 'post', session, 'rounds', { case_id: second.id }))
      assert.equal(await no(act(guest, 'post', session, 'rounds')), '409 phase_out_of_order')
      await play(
        2,
        second,
        [actor, candidate],
        hostIs === 'candidate' ? { host: 'actor', guest: 'candidate' } : { host: 'candidate', guest: 'actor' },
      )

      await done(act(host, 'post', session, 'ending'))
      assert.equal(await no(act(host, 'post', session, 'rounds')), '409 session_has_ended')
      for (const who of [candidate, actor]) {
        const rounds = (await done(who.get('/practice/rounds', { session }))).items
        assert.deepEqual(
          rounds.map(({ round, reached }) => [round, reached]),
          [
            [2, 'feedback'],
            [1, 'feedback'],
          ],
        ) // prettier-ignore
      }
      assert.deepEqual((await done(cem.get('/practice/rounds'))).items, [])

      const last = await version(session)
      for (const { ear } of [host, guest]) {
        await ear.hears('event', ({ body }) => body['version'] === last)
        assert.deepEqual(
          ear.events(session).map(({ kind, body }) => [kind, Object.keys(body)]),
          [
            ['practice.changed', ['session', 'version']], // the roles
            ['practice.changed', ['session', 'version']], // the first bell
            ['practice.changed', ['session', 'version']], // the swap
            ['practice.sheet-submitted', ['round', 'session']],
            ['practice.changed', ['session', 'version']],
          ],
        ) // prettier-ignore
      }
      // No frame at any time held a text: what happens is said, what is written is asked for.
      for (const who of [host, guest, cem]) {
        for (const one of cases) holds(who.ear.heard.map((frame) => JSON.stringify(frame)).join('\n'), one, 'nobody', 'feedback', who.name)
        who.ear.close()
      }
      assert.deepEqual(cem.ear.events(session), [])
    })

  test('a guest who leaves in the middle keeps what they had; whoever comes then finds nothing of it', async () => {
    const [ada, bo, cem] = [await watched(await person('Ada')), await watched(await person('Bo')), await watched(await person('Cem'))]
    const [first, second] = [await markedCase(), await markedCase()]
    const session = await offer(ada, 10, { case_id: first.id, as_candidate: true })
    await done(take(bo, session))
    await done(act(bo, 'post', session, 'beginning'))
    await later(session, 10)
    const nothing = { role: 'nobody', phase: 'running' } as const
    const had = { role: 'actor', phase: 'running' } as const
    const was = { role: 'candidate', phase: 'running' } as const
    await step(session, [first, second], [{ who: bo, of: 'the guest', parts: [had, nothing] }])
    await done(act(bo, 'post', session, 'leaving'))
    await done(take(cem, session))
    await later(session, 600)
    const present = (candidate: Parameters<typeof step>[2][number]['parts'][number], actor: typeof candidate) => [
      { who: ada, of: 'the host', parts: [was, candidate] },
      { who: bo, of: 'who has left', parts: [had, nothing] },
      { who: cem, of: 'who came later', parts: [nothing, actor] },
    ]
    await step(session, [first, second], present(nothing, nothing))
    await done(act(cem, 'put', session, 'case', { case_id: second.id }))
    await done(act(ada, 'post', session, 'beginning'))
    await step(session, [first, second], present({ role: 'candidate', phase: 'reading' }, { role: 'actor', phase: 'reading' }))
    for (const { ear } of [ada, bo, cem]) ear.close()
  })

  test('alone, and the candidate of a station who plays the same case alone in a second tab', async () => {
    const [ada, bo] = [await watched(await person('Ada')), await watched(await person('Bo'))]
    const [one, other] = [await markedCase(), await markedCase()]
    const session = await offer(ada, 10, { case_id: one.id, as_candidate: true })
    await done(take(bo, session))
    await done(act(bo, 'post', session, 'beginning'))
    const { id: alone } = await done(ada.post('/practice/alone', { format: 'short', case_id: one.id }))
    await later(alone, 600)
    const nothing = { role: 'nobody', phase: 'feedback' } as const
    await step(alone, [one, other], [{ who: ada, of: 'the second tab', parts: [{ role: 'candidate', phase: 'running' }, nothing] }])
    assert.equal(await no(ada.get(`/practice/sessions/${alone}/rounds/1/sheet`)), '403 not_yet')
    await done(act(ada, 'post', session, 'ending'))
    await step(alone, [one, other], [{ who: ada, of: 'when the station is over', parts: [{ role: 'alone', phase: 'feedback' }, nothing] }])
    for (const { ear } of [ada, bo]) ear.close()
  })
})
