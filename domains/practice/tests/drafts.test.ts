import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator, callsOf, somebody } from '#platform/identity/tests/cast.ts'
import { dayOf, plusDays } from '#platform/scheduling/time.ts'
import { theServer } from '#tests/database.ts'
import { freshServer } from '#tests/server.ts'
import { parseCase, printCase } from '../cases/case-file.ts'
import { shippedCases, shipPractice } from '../content/ship.ts'
import { practiceOfPerson } from '../person.ts'
import { type Caller, done, no, nobody } from './operations-scene.ts'

// Cases that people write, over HTTP: Ada writes, Leila checks, Mira administrates, Cem would like to look.
const server = await freshServer()
const { sql } = server.db
const stranger = callsOf(server)
await shipPractice({ query: (text: string, values: unknown[]) => sql(text, values).then((rows) => ({ rows })) } as never)
const mira = await administrator(server, 'Mira Boss')
const [ada, leila, cem] = await Promise.all(['Ada Berg', 'Leila Nour', 'Cem Kaya'].map((name) => somebody(server, name)))
type Who = Pick<Caller, 'get' | 'post' | 'put'>
const appears = (who: Who) => done(who.put('/practice/profile', { first_name: 'Somebody', last_name: '', training_level: 'student' }))

const { id: ours, ...shipped } = shippedCases()[0]!
const written = { ...shipped, name: 'Somebody at the door', author: 'Dr Ada Berg' }
const file = (change: Partial<typeof shipped> = {}) => printCase({ ...written, ...change })
const many = Array.from({ length: 21 }, (_, n) => `one ${n}`)
const why = { reason: 'It is for the winter course' }
const reviewBy = plusDays(dayOf(new Date(), 'UTC'), 200)
const brought = async (who: Who, text = file()) => (await done(who.post('/practice/cases', { file: text }))).id
const inWork = (who: Who, id: string) => done(who.get(`/practice/cases/${id}/file`)) as Promise<Record<string, unknown>>
const rewrite = (who: Who, id: string, edition: number, text = file()) => who.put(`/practice/cases/${id}`, { edition, file: text })
const sign = (who: Who, id: string, edition: number, review_by = reviewBy) =>
  who.post(`/practice/cases/${id}/signatures`, { edition, named_as: 'Dr Leila Nour, general practitioner', review_by })
const isThere = async (id: string) => (await sql('select 1 as one from practice.cases where id = $1', [id])).length === 1
const told = async ({ id }: { id: string }, kind: string) =>
  await sql<{ leads_to: string; title: string }>('select title, leads_to from notices.notices where person_id = $1 and kind = $2', [
    id,
    kind,
  ])

describe('A draft', () => {
  test('is brought by anybody as a file, and comes out as the same file for its author alone', async () => {
    const id = await brought(ada!)
    const { file: text, edition, part, published_at, signatures } = await inWork(ada!, id)
    assert.equal(text, printCase({ id, ...written }))
    assert.deepEqual([edition, part, published_at, signatures], [1, 'author', null, []])
    for (const who of [cem!, leila!, mira]) {
      assert.equal(await no(who.get(`/practice/cases/${id}/file`)), '404 not_your_case')
      assert.equal(await no(rewrite(who, id, 1)), '404 not_your_case')
      assert.equal(await no(who.post(`/practice/cases/${id}/review-wish`, { edition: 1 })), '404 not_your_case')
      assert.equal(await no(who.post(`/practice/cases/${id}/discarding`, { edition: 1 })), '404 not_your_case')
    }
    for (const [path, input] of [
      ['/practice/cases', { file: file() }],
      [`/practice/cases/${id}/review-wish`, { edition: 1 }],
    ] as const)
      assert.equal(await no(stranger.post(path, input)), '401 not_signed_in')
    assert.equal(await no(stranger.get(`/practice/cases/${id}/file`)), '401 not_signed_in')
    assert.deepEqual((await done(cem!.get('/practice/cases', { search: 'door' }))).items, [])
  })

  test('cannot be what no case is, and is told why by name', async () => {
    const bring = (text: string) => no(ada!.post('/practice/cases', { file: text }))
    assert.equal(await bring('Once upon a time'), '422 not_a_case')
    assert.equal(await bring(file().replace('## Checklist', '## Ticks')), '422 not_a_case')
    assert.equal(await bring(file({ name: `${shipped.condition} at the door` })), '422 name_gives_the_case_away')
    assert.equal(await bring(file({ content_note: `About ${shipped.condition}.` })), '422 note_gives_the_case_away')
    assert.equal(await bring(file({ formats: ['nine-minute-stations'] })), '422 no_such_format')
    assert.equal(await bring(file({ domain: 'bravery' })), '422 no_such_domain')
    assert.equal(await bring(file({ level: 'professor' })), '422 level_is_known')
    assert.equal(await bring(file({ name: 'x'.repeat(81) })), '422 case_name_is_short')
    assert.equal(await bring(file({ category: 'x'.repeat(61) })), '422 category_is_short')
    assert.equal(await bring(file({ condition: '?' })), '422 condition_is_named')
    assert.equal(await bring(file({ candidate_brief: 'x'.repeat(6_001) })), '422 briefs_are_written')
    assert.equal(await bring(file({ markscheme: 'x'.repeat(12_001) })), '422 markscheme_is_written')
    assert.equal(await bring(file({ author: 'x'.repeat(121) })), '422 author_is_short')
    assert.equal(await bring(file({ content_note: 'x'.repeat(301) })), '422 content_note_is_short')
    assert.equal(await bring(file({ synonyms: many })), '422 synonyms_are_few')
    const [item] = shipped.checklist
    assert.equal(await bring(file({ checklist: [{ ...item!, weight: 11 }] })), '422 weight_is_small')
    assert.equal(await bring(file({ checklist: [{ ...item!, weight: 40_000 }] })), '422 not_a_case')
    assert.equal(await bring(file({ checklist: [{ ...item!, words: 'x'.repeat(401) }] })), '422 words_are_short')
    assert.equal(await bring(file({ checklist: [{ ...item!, rests_on: many }] })), '422 rests_on_lines')
    assert.equal(await bring('x'.repeat(60_001)), '400 invalid_input')
    assert.equal(await bring(file({ candidate_brief: 'a\0b' })), '400 malformed')
    assert.equal(await bring(file({ candidate_brief: 'a\ud800b' })), '400 malformed')
  })

  test('is rewritten by the one who saw what it said, and not over somebody else’s words', async () => {
    const id = await brought(ada!)
    assert.deepEqual(await done(rewrite(ada!, id, 1, file({ actor_brief: 'You knock.' }))), { edition: 2 })
    assert.equal(await no(rewrite(ada!, id, 1)), '409 case_has_changed')
    const both = await Promise.all(['You wait.', 'You leave.'].map((actor_brief) => rewrite(ada!, id, 2, file({ actor_brief }))))
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    )
    assert.equal(await no(rewrite(ada!, nobody, 1)), '404 not_your_case')
    const another = await brought(ada!)
    const theirs = printCase({ id, ...written, name: 'Somebody at the window' })
    await done(rewrite(ada!, another, 1, theirs)) // the address says which, whatever the file says
    assert.equal(parseCase((await inWork(ada!, another))['file'] as string).id, another)
    assert.equal(parseCase((await inWork(ada!, id))['file'] as string).name, written.name)
  })

  test('keeps what it said before, for those who write and check it, fifty times at most', async () => {
    const id = await brought(ada!)
    await done(rewrite(ada!, id, 1, file({ actor_brief: 'You knock.' })))
    await done(rewrite(ada!, id, 2, file({ actor_brief: 'You knock.' }))) // which says nothing new
    await done(rewrite(ada!, id, 2, file({ actor_brief: 'You knock.', level: 'core' })))
    const kept = async () => (await done(ada!.get(`/practice/cases/${id}/versions`))).items.map(({ number, edition }) => [number, edition])
    assert.deepEqual(await kept(), [
      [3, 2],
      [2, 2],
      [1, 1],
    ])
    assert.deepEqual(await done(ada!.get(`/practice/cases/${id}/versions/1`)), { file: printCase({ id, ...written }) })
    assert.equal(await no(ada!.get(`/practice/cases/${id}/versions/4`)), '404 no_such_version')
    for (const who of [cem!, leila!, mira])
      for (const path of ['versions', 'versions/1']) assert.equal(await no(who.get(`/practice/cases/${id}/${path}`)), '404 not_your_case')
    assert.equal(await no(stranger.get(`/practice/cases/${id}/versions`)), '401 not_signed_in')
    let edition = 2
    for (let n = 0; n < 50; n++)
      edition = (await done(rewrite(ada!, id, edition, file({ actor_brief: `You knock ${n} times.` }))))['edition'] as number
    const last = await kept()
    assert.deepEqual([last.length, last[0]![0], last.at(-1)![0]], [50, 53, 4])
    await done(ada!.post(`/practice/cases/${id}/discarding`, { edition }))
    assert.deepEqual(await sql('select number from practice.case_versions where case_id = $1', [id]), [])
  })

  test('is thrown away by its author, and not what somebody has played', async () => {
    const id = await brought(ada!)
    assert.equal(await no(ada!.post(`/practice/cases/${id}/discarding`, { edition: 2 })), '409 case_has_changed')
    await done(ada!.post(`/practice/cases/${id}/discarding`, { edition: 1 }))
    assert.equal(await isThere(id), false)
    assert.equal(await no(ada!.get(`/practice/cases/${id}/file`)), '404 not_your_case')

    const played = await brought(ada!)
    await sql('update practice.cases set published_at = now() where id = $1', [played])
    assert.equal(await no(ada!.post(`/practice/cases/${played}/discarding`, { edition: 1 })), '409 case_is_published')
    await appears(cem!)
    await done(cem!.post('/practice/alone', { format: 'eight-minute-stations', case_id: played }))
    await sql('update practice.cases set published_at = null where id = $1', [played])
    assert.equal(await no(ada!.post(`/practice/cases/${played}/discarding`, { edition: 1 })), '409 case_was_used')
    assert.equal(((await inWork(ada!, played))['file'] as string).includes('## Checklist'), true)
  })

  test('is one of twenty at most, also of thirty that are brought at once', async () => {
    const eager = await somebody(server, 'Eager Writer')
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n < 20 ? eager : callsOf(server, undefined)).post('/practice/cases', { file: file() })),
    )
    assert.equal(answers.filter(({ status }) => status === 200).length, 20)
    await sql(`update practice.cases c set published_at = now() from practice.case_authors a where a.case_id = c.id and a.person_id = $1`, [
      eager.id,
    ])
    await sql(
      `insert into practice.case_authors (case_id, person_id) select id, $1 from practice.cases where published_at is null order by id limit 1`,
      [eager.id],
    )
    const { id: person } = eager
    const acting = JSON.stringify({ sub: person, role: 'authenticated' })
    const once = () =>
      sql(
        `with me as materialized (select set_config('request.jwt.claims', $1, true)) select w.* from me, lateral private.write_case(null, null, $2) w`,
        [acting, JSON.stringify(written)],
      ).then(
        () => 'made',
        (error: { constraint?: string }) => error.constraint,
      )
    const made = await Promise.all(Array.from({ length: 25 }, once))
    assert.deepEqual([made.filter((one) => one === 'made').length, made.filter((one) => one === 'too_many_drafts').length], [19, 6])
    await sql('delete from practice.case_authors where person_id = $1', [person])
  })
})

describe('Between a draft and the library', () => {
  test('stand its author’s wish, a clinician’s signature and an administrator’s hand', async () => {
    const id = await brought(ada!, file({ name: 'Somebody on the stairs' }))
    const desk = async () => (await done(mira.get('/practice/cases/desk'))).items.find((one) => one.id === id)
    assert.equal((await desk())!['state'], 'draft')
    for (const who of [ada!, leila!, cem!]) assert.equal(await no(who.get('/practice/cases/desk')), '403 administrators_only')
    assert.equal(await no(stranger.get('/practice/cases/desk')), '401 not_signed_in')

    assert.equal(await no(ada!.post(`/practice/cases/${id}/review-wish`, { edition: 2 })), '409 case_has_changed')
    await done(ada!.post(`/practice/cases/${id}/review-wish`, { edition: 1 }))
    await done(ada!.post(`/practice/cases/${id}/review-wish`, { edition: 1 }))
    assert.equal((await desk())!['state'], 'wanted')
    assert.deepEqual(await told(mira, 'practice.review-wanted'), [
      { title: 'A case waits to be checked', leads_to: '/practice/cases/desk' },
    ])

    const ask = (who: Who, part: string, input: object) => who.post(`/practice/cases/${id}/${part}`, { ...why, ...input })
    assert.equal(await no(ask(ada!, 'reviewers', { email: leila!.email })), '403 administrators_only')
    assert.equal(await no(ask(mira, 'reviewers', { email: 'nobody@example.test' })), '404 no_such_person')
    assert.equal(await no(ask(mira, 'reviewers', {})), '404 no_such_person')
    assert.equal(await no(ask(mira, 'reviewers', { email: ada!.email })), '409 nobody_reviews_their_own_case')
    assert.equal(await no(ask(mira, 'reviewers', { email: leila!.email, reason: 'Leila knows about it' })), '422 reason_names_them')
    await done(ask(mira, 'reviewers', { email: ` ${leila!.email.toUpperCase()} ` }))
    assert.equal(await no(ask(mira, 'authors', { email: leila!.email })), '409 nobody_reviews_their_own_case')
    assert.deepEqual(await told(leila!, 'practice.asked-to-review'), [
      { title: 'You are asked to check a case', leads_to: `/practice/cases/${id}/whole` },
    ])
    assert.deepEqual([(await desk())!['authors'], (await desk())!['reviewers']], [['Ada Berg'], ['Leila Nour']])

    const publish = (who: Who, edition = 1) => who.post(`/practice/cases/${id}/publication`, { ...why, edition })
    assert.equal(await no(publish(mira)), '409 case_is_not_reviewed')
    assert.equal(await no(sign(ada!, id, 1)), '404 not_your_case')
    assert.equal((await inWork(leila!, id))['part'], 'reviewer')
    await done(sign(leila!, id, 1))
    assert.equal((await told(ada!, 'practice.case-signed')).length, 1)
    assert.deepEqual([(await desk())!['state'], (await desk())!['named_as']], ['signed', 'Dr Leila Nour, general practitioner'])
    await done(rewrite(ada!, id, 1, file({ name: 'Somebody on the stairs', actor_brief: 'You sit down.' })))
    assert.equal((await desk())!['state'], 'wanted', 'nobody has signed what it says now')
    assert.equal(await no(publish(mira, 1)), '409 case_has_changed')
    assert.equal(await no(publish(mira, 2)), '409 case_is_not_reviewed')
    await done(sign(leila!, id, 2))
    for (const who of [ada!, leila!]) assert.equal(await no(publish(who, 2)), '403 administrators_only')
    await done(publish(mira, 2))
    assert.equal((await done(stranger.get('/practice/cases', { search: 'stairs' }))).items[0]!.id, id)
    assert.deepEqual(
      (await told(ada!, 'practice.case-published')).filter(({ leads_to }) => leads_to.includes(id)),
      [{ title: 'Your case is published', leads_to: `/practice/cases/${id}/whole` }],
    )
    assert.equal(await desk(), undefined)
    assert.equal(await no(rewrite(ada!, id, 2)), '409 case_is_published')
    assert.equal(await no(ada!.post(`/practice/cases/${id}/review-wish`, { edition: 2 })), '409 case_is_published')

    for (const who of [ada!, leila!, cem!])
      assert.equal(await no(who.post(`/practice/cases/${id}/withdrawal`, why)), '403 administrators_only')
    await done(mira.post(`/practice/cases/${id}/withdrawal`, why))
    assert.deepEqual((await done(stranger.get('/practice/cases', { search: 'stairs' }))).items, [])
    const mine = (await done(ada!.get('/practice/cases/mine'))).items.find((one) => one.id === id)!
    assert.deepEqual([mine['published_at'], mine['review_wanted_at'], mine['reviewed']], [null, null, true])
    assert.equal(await no(mira.post(`/practice/cases/${nobody}/withdrawal`, why)), '404 no_such_case')
    assert.equal(await no(mira.post(`/practice/cases/${nobody}/publication`, { ...why, edition: 1 })), '404 no_such_case')
  })

  test('a signature is taken back by the one who gave it; the case stays, says that nobody has signed it, and is on the desk', async () => {
    const id = await brought(ada!, file({ name: 'Somebody in the lift' }))
    await done(mira.post(`/practice/cases/${id}/reviewers`, { ...why, email: leila!.email }))
    const back = (who: Who) => who.post(`/practice/cases/${id}/signatures/taking-back`)
    assert.equal(await no(back(leila!)), '409 not_signed_by_you')
    await done(sign(leila!, id, 1))
    await done(mira.post(`/practice/cases/${id}/publication`, { ...why, edition: 1 }))
    for (const who of [ada!, cem!, mira]) assert.equal(await no(back(who)), '409 not_signed_by_you')
    await done(back(leila!))
    const listed = (await done(stranger.get('/practice/cases', { search: 'lift' }))).items[0]!
    assert.deepEqual([listed.id, listed['review']], [id, null])
    for (const who of [ada!, mira])
      assert.ok((await told(who, 'practice.signature-taken-back')).some(({ leads_to }) => leads_to === `/practice/cases/${id}`))
    assert.equal((await done(mira.get('/practice/cases/desk'))).items.find((one) => one.id === id)!['state'], 'lapses')
    await done(sign(leila!, id, 1)) // and given again
    assert.equal(
      (await done(mira.get('/practice/cases/desk'))).items.find((one) => one.id === id),
      undefined,
    )
    await sql('delete from practice.case_authors where case_id = $1', [id])
  })

  test('nothing slips: whoever rewrites at the moment it is published is refused, or the publishing is', async () => {
    for (let n = 0; n < 6; n++) {
      const id = await brought(ada!, file({ name: `Somebody at gate ${n}` }))
      await done(mira.post(`/practice/cases/${id}/reviewers`, { ...why, email: leila!.email }))
      await done(sign(leila!, id, 1))
      const [published, rewritten] = await Promise.all([
        mira.post(`/practice/cases/${id}/publication`, { ...why, edition: 1 }),
        rewrite(ada!, id, 1, file({ name: `Somebody at gate ${n}`, actor_brief: 'You shout.' })),
      ])
      assert.ok(
        (published.status === 200 && rewritten.code === 'case_is_published') ||
          (published.code === 'case_has_changed' && rewritten.status === 200),
        `${published.code} ${rewritten.code}`,
      )
      const [{ unsigned }] = (await sql(
        `select c.published_at is not null and not exists (select from practice.case_signatures s where s.case_id = c.id and s.edition = c.edition) as unsigned
         from practice.cases c where c.id = $1`,
        [id],
      )) as [{ unsigned: boolean }]
      assert.equal(unsigned, false)
      await sql('delete from practice.case_authors where case_id = $1', [id])
    }
  })

  test('the desk has what is played on a signature that runs out, and not what nobody ever signed', async () => {
    const soon = plusDays(dayOf(new Date(), 'UTC'), 40)
    const states = async () =>
      (await done(mira.get('/practice/cases/desk'))).items
        .filter((one) => one.id === ours)
        .map(({ state, review_by }) => [state, review_by])
    assert.deepEqual(await states(), [])
    await done(mira.post(`/practice/cases/${ours}/reviewers`, { ...why, person: leila!.id }))
    await done(sign(leila!, ours, 1, soon))
    assert.deepEqual(await states(), [['lapses', soon]])
    await sql('update practice.case_signatures set review_by = current_date + 300 where case_id = $1', [ours])
    assert.deepEqual(await states(), [])
    await sql(`update practice.cases set actor_brief = actor_brief || ' Nod.' where id = $1`, [ours])
    assert.equal((await states())[0]![0], 'lapses')
  })
})

describe('What is said about a case', () => {
  test('is read by those who write and check it, who are told once that there is something, and by nobody else', async () => {
    const id = await brought(ada!)
    const reads = async (who: Who) => (await done(who.get(`/practice/cases/${id}/notes`))).items
    const says = (who: Who, words: string) => who.post(`/practice/cases/${id}/notes`, { words })
    const toldOf = async (who: { id: string }) =>
      (await told(who, 'practice.case-noted')).filter(({ leads_to }) => leads_to === `/practice/cases/${id}/whole`).length
    for (const who of [leila!, cem!, mira]) {
      assert.equal(await no(who.get(`/practice/cases/${id}/notes`)), '404 not_your_case')
      assert.equal(await no(says(who, 'May I?')), '404 not_your_case')
    }
    await done(mira.post(`/practice/cases/${id}/reviewers`, { ...why, email: leila!.email }))
    await done(says(leila!, 'The dose is for adults.'))
    await done(says(leila!, 'And the end is abrupt.'))
    assert.deepEqual([await toldOf(ada!), await toldOf(leila!), await toldOf(cem!)], [1, 0, 0])
    await done(says(ada!, 'Thank you: mended.'))
    assert.equal(await toldOf(leila!), 1)
    assert.deepEqual(
      (await reads(ada!)).map(({ name, part, mine, words, edition }) => [name, part, mine, words, edition]),
      [
        ['Leila Nour', 'reviewer', false, 'The dose is for adults.', 1],
        ['Leila Nour', 'reviewer', false, 'And the end is abrupt.', 1],
        ['Ada Berg', 'author', true, 'Thank you: mended.', 1],
      ],
    )
    assert.equal(await no(says(ada!, '  ')), '400 invalid_input')
    assert.equal(await no(says(ada!, 'x'.repeat(2_001))), '400 invalid_input')

    const [first] = await reads(leila!)
    assert.equal(await no(ada!.post(`/practice/notes/${first!.id}/taking-back`)), '404 no_such_note')
    await done(leila!.post(`/practice/notes/${first!.id}/taking-back`))
    assert.equal(await no(leila!.post(`/practice/notes/${first!.id}/taking-back`)), '404 no_such_note')
    assert.equal((await reads(ada!)).length, 2)

    await done(leila!.put(`/safety/blocks/${ada!.id}`))
    assert.deepEqual([(await reads(ada!)).length, (await reads(leila!)).length], [1, 1])
    await sql('delete from safety.blocks where blocker_id = $1', [leila!.id])
  })

  test('is two hundred notes at most, also of those who write at once', async () => {
    const id = await brought(cem!)
    await sql(
      `insert into practice.case_notes (case_id, edition, person_id, words) select $1, 1, $2, 'Note ' || n from generate_series(1, 195) n`,
      [id, cem!.id],
    )
    const answers = await Promise.all(Array.from({ length: 12 }, () => cem!.post(`/practice/cases/${id}/notes`, { words: 'One more' })))
    assert.deepEqual(
      [answers.filter(({ status }) => status === 200).length, answers.filter(({ code }) => code === 'too_many_notes').length],
      [5, 7],
    )
    await done(cem!.post(`/practice/cases/${id}/discarding`, { edition: 1 }))
    assert.deepEqual(await sql('select 1 as one from practice.case_notes where case_id = $1', [id]), [])
  })
})

describe('Whoever leaves', () => {
  test('takes along what they said about cases, which is in their export', async () => {
    const id = await brought(ada!)
    const gus = await somebody(server, 'Gus Gray')
    await done(mira.post(`/practice/cases/${id}/reviewers`, { ...why, email: gus.email }))
    await done(gus.post(`/practice/cases/${id}/notes`, { words: 'Kinder, please.' }))
    const exported = await server.db.database.read(theServer, (db) => practiceOfPerson.export(db, gus.id))
    assert.deepEqual(
      (exported['notes_you_wrote_on_cases'] as { words: string }[]).map(({ words }) => words),
      ['Kinder, please.'],
    )
    await server.db.database.write(theServer, (db) => practiceOfPerson.erase(db, gus.id))
    assert.deepEqual((await done(ada!.get(`/practice/cases/${id}/notes`))).items, [])
  })

  test('has what they wrote in their export, to the letter, and nothing of what others wrote or they check', async () => {
    const fay = await somebody(server, 'Fay Fox')
    const id = await brought(fay)
    await done(mira.post(`/practice/cases/${await brought(ada!)}/reviewers`, { ...why, email: fay.email }))
    const { cases_you_wrote } = (await server.db.database.read(theServer, (db) => practiceOfPerson.export(db, fay.id))) as {
      cases_you_wrote: { case_id: string; file: string }[]
    }
    assert.deepEqual(
      cases_you_wrote.map((one) => [one.case_id, one.file]),
      [[id, printCase({ id, ...written })]],
    )
  })

  const erased = async (name: string, id: (who: Who) => Promise<string>) => {
    const dana = await somebody(server, name)
    const made = await id(dana)
    await sql('select private.erase_practice($1)', [dana.id])
    return made
  }

  test('takes the drafts along that nobody else writes', async () => {
    assert.equal(await isThere(await erased('Dana', (who) => brought(who))), false)
  })

  test('leaves those that somebody else writes, and what is in the library', async () => {
    const shared = await erased('Dora', async (who) => {
      const id = await brought(who)
      await sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, ada!.id])
      return id
    })
    assert.equal((await inWork(ada!, shared))['part'], 'author')
    const published = await erased('Dina', async (who) => {
      const id = await brought(who)
      await sql('update practice.cases set published_at = now() where id = $1', [id])
      return id
    })
    assert.equal(await isThere(published), true)
  })
})
