import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, theServer } from '#tests/database.ts'
import { practiceOfPerson } from '../person.ts'
import { type Person, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, act, seated, later, mine, offer } = await theatre(db)
const erase = ({ id }: Person) => db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, id))
const exported = ({ id }: Person) => db.database.read(theServer, (reader) => practiceOfPerson.export(reader, id))
const left = async (who: Person) =>
  (await db.sql('select first_name, left_at is not null as gone from practice.profiles where user_id = $1', [who.id]))[0]

/** The host was the candidate, the guest marked them, and the host ended it in the feedback. */
async function played(host: Person, guest: Person, minutes = 10): Promise<string> {
  const { id, items } = await aCase()
  const session = await seated(host, guest, { caseId: id, minutes })
  await act(host, 'begin_station', session)
  for (const who of [host, guest]) await ask(who.acting, 'select private.disclose($1)', [session])
  await later(session, 40)
  await ask(guest.acting, 'select private.tick_item($1, 1, $2)', [session, items[0]])
  for (const domain of ['communication', 'ethics']) await ask(guest.acting, 'select private.score_domain($1, 1, $2, 1)', [session, domain])
  await ask(guest.acting, `select private.submit_sheet($1, 1, 1, 'of ' || $2)`, [session, host.name])
  await act(host, 'end_session', session)
  return session
}

describe('an export', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await played(ada, bo)
  await offer(ada, { minutes: 200 })

  test('holds what is theirs: how they appear, what they planned, played, opened, marked and were told', async () => {
    const hers = await exported(ada)
    assert.deepEqual(hers['profile'], [{ first_name: 'Ada', last_name: 'of the theatre', training_level: 'student', avatar: null }])
    assert.deepEqual([hers['sessions']!.length, hers['rounds']!.length, hers['texts_opened']!.length], [2, 1, 1])
    assert.equal((hers['sheets_about_you']![0] as { words: string }).words, 'of Ada')
    assert.deepEqual([hers['sheets_you_marked'], hers['scores']!.length], [[], 2])
    const his = await exported(bo)
    assert.deepEqual([his['sheets_you_marked']!.length, his['sheets_about_you']!.length, his['texts_opened']!.length], [1, 0, 3])
  })

  test('holds nothing of the other one, and no text of a case', async () => {
    const [hers, his] = [JSON.stringify(await exported(ada)), JSON.stringify(await exported(bo))]
    assert.ok(!hers.includes(bo.id) && !hers.includes('Bo'))
    assert.ok(!his.includes(ada.id) && !JSON.stringify((await exported(bo))['sessions']).includes('Ada'))
    for (const all of [hers, his]) assert.doesNotMatch(all, /w[0-9a-f]{8} (candidate_brief|actor_brief|condition|markscheme|item)/)
    assert.ok(
      !hers.includes(
        (await db.sql<{ room_url: string }>('select room_url from practice.practice_sessions where id = $1', [session]))[0]!.room_url,
      ),
    )
  })

  test('does not hold a sheet before it is handed in', async () => {
    const [cem, dee] = [await person('Cem'), await person('Dee')]
    const { id, items } = await aCase()
    const open = await seated(cem, dee, { caseId: id })
    await act(cem, 'begin_station', open)
    await later(open, 15)
    await ask(dee.acting, 'select private.tick_item($1, 1, $2)', [open, items[0]])
    await ask(dee.acting, `select private.score_domain($1, 1, 'ethics', 0)`, [open])
    assert.deepEqual([(await exported(cem))['sheets_about_you'], (await exported(cem))['scores']], [[], []])
    assert.equal((await exported(dee))['scores']!.length, 1)
  })
})

test('an export is no way around the phase: marks come with the feedback', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo, { caseId: (await aCase()).id })
  await act(ada, 'begin_station', session)
  await later(session, 30)
  for (const domain of ['communication', 'ethics']) await ask(bo.acting, 'select private.score_domain($1, 1, $2, 1)', [session, domain])
  await ask(bo.acting, `select private.submit_sheet($1, 1, 1, 'early')`, [session])
  const told = async () => [(await exported(ada))['sheets_about_you']!.length, (await exported(ada))['scores']!.length]
  assert.deepEqual(await told(), [0, 0])
  await later(session, 10)
  assert.deepEqual(await told(), [1, 2])
})

describe('whoever is erased', async () => {
  test('leaves no offer, and no seat taken: the others are told and free', async () => {
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
    const empty = await offer(ada, { minutes: 100 })
    const hosting = await seated(ada, bo, { minutes: 200 })
    const visiting = await seated(cem, ada, { minutes: 300, candidate: ada })
    await erase(ada)
    assert.deepEqual(await db.sql('select from practice.practice_sessions where id = $1', [empty]), [])
    assert.ok((await mine(bo, hosting))!['cancelled_at'])
    assert.deepEqual([(await mine(cem, visiting))!['guest_id'], (await mine(cem, visiting))!['candidate_id']], [null, null])
    assert.deepEqual(await db.sql('select person_id from scheduling.commitments where person_id = any ($1)', [[ada.id, bo.id, cem.id]]), [
      { person_id: cem.id },
    ])
    assert.equal(
      (await db.sql(`select from notices.notices where person_id = $1 and kind = 'practice.session-withdrawn'`, [bo.id])).length,
      1,
    )
  })

  test('leaves what was played to the other one, without a name and without their own marks', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const [hers, his] = [await played(ada, bo), await played(bo, ada, 100).catch(() => '')]
    assert.equal(his, '') // too early: only what has begun is played
    await erase(ada)
    assert.deepEqual(await left(ada), { first_name: '', gone: true })
    const kept = await mine(bo, hers)
    assert.deepEqual([kept!['phase'], kept!['host_name']], ['ended', ''])
    assert.deepEqual(await db.sql('select from practice.sheets where session_id = $1', [hers]), [])
    assert.deepEqual(await db.sql('select from practice.disclosures where person_id = $1', [ada.id]), [])
    assert.equal((await exported(bo))['rounds']!.length, 1)
  })

  test('leaves what they marked about others to those', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await played(ada, bo)
    await erase(bo)
    assert.equal((await ask(ada.acting, 'select words from private.see_sheet($1)', [session]))[0]!['words'], 'of Ada')
    assert.ok(!JSON.stringify(await exported(ada)).includes('Bo'))
  })

  test('in the middle of a station stops it', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    await aCase()
    const session = await seated(ada, bo)
    await act(ada, 'begin_station', session)
    await erase(ada)
    assert.equal((await mine(bo, session))!['phase'], 'ended')
  })

  test('leaves nothing at all where no other side is left, nor where there was none', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const session = await played(ada, bo)
    await ask(ada.acting, `select private.practise_alone('mock', 'short')`)
    await erase(ada)
    await erase(bo)
    assert.deepEqual(
      await db.sql('select from practice.practice_sessions where id = $1 or host_id = any ($2)', [session, [ada.id, bo.id]]),
      [],
    )
    assert.deepEqual([await left(ada), await left(bo)], [undefined, undefined])
  })

  test('takes back their signatures, and leaves the case', async () => {
    const cem = await person('Cem')
    const { id } = await aCase()
    for (const table of ['case_authors', 'case_reviewers'])
      await db.sql(`insert into practice.${table} (case_id, person_id) values ($1, $2)`, [id, cem.id])
    await db.sql(
      `insert into practice.case_signatures (case_id, edition, person_id, named_as, review_by) select $1, edition, $2, 'Dr Cem', current_date + 9 from practice.cases where id = $1`,
      [id, cem.id],
    )
    assert.equal((await ask(cem.acting, 'select * from private.reviewed_cases() where case_id = $1', [id])).length, 1)
    await erase(cem)
    assert.equal((await ask(cem.acting, 'select * from private.reviewed_cases() where case_id = $1', [id])).length, 0)
    assert.equal((await db.sql('select from practice.cases where id = $1', [id])).length, 1)
  })

  test('is erased again without a change, and so is somebody who was never here', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    await played(ada, bo)
    await erase(ada)
    const all = () =>
      db.sql(
        `select s.*, p.left_at from practice.practice_sessions s join practice.profiles p on p.user_id = s.host_id where s.host_id = $1`,
        [ada.id],
      )
    const before = await all()
    await erase(ada)
    assert.deepEqual(await all(), before)
    await erase({ ...ada, id: '00000000-0000-4000-8000-00000000dead' })
  })

  test('cannot come back by an old page', async () => {
    const ada = await person('Ada')
    await played(ada, await person('Bo'))
    await erase(ada)
    await assert.rejects(offer(ada, { minutes: 500 }), { constraint: 'no_profile_yet' })
    await assert.rejects(ask(ada.acting, `update practice.profiles set first_name = 'Ada'`), { constraint: 'nobody_who_left_has_a_name' })
  })
})
