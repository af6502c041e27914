import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase, theServer } from '#tests/database.ts'
import { type CaseFile, parseCase, printCase } from '../cases/case-file.ts'
import { shippedCases, shipPractice } from '../content/ship.ts'
import { notAllowed, type Person, refused, theatre } from './scene.ts'

// Ruth administrates, Ada writes, Bo checks, Cem plays.
const db = await freshDatabase()
const { ask, person, act, seated } = await theatre(db)
const [ruth, ada, bo, cem] = [await person('Ruth'), await person('Ada'), await person('Bo'), await person('Cem')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
await shipPractice({ query: (text: string, values: unknown[]) => db.sql(text, values).then((rows) => ({ rows })) } as never)

const { id: ours, ...rest } = shippedCases()[0]!
const written: CaseFile = { ...rest, name: 'Somebody at the door', author: 'Dr Ada Berg' }
const write = async (who: Person, file: CaseFile, id: string | null = null, edition: number | null = null) =>
  (
    await ask<{ id: string; is_edition: number }>(who.acting, 'select * from private.write_case($1, $2, $3)', [
      id,
      edition,
      JSON.stringify(file),
    ])
  )[0]!
const fileFor = async ({ acting }: Person, id: string) =>
  (await ask<{ file: CaseFile }>(acting, 'select private.case_file($1) as file', [id]))[0]!.file
const editionOf = async (id: string) =>
  (await db.sql<{ edition: number }>('select edition from practice.cases where id = $1', [id]))[0]!.edition
const asked = (who: Person, what: string, id: string, of: Person) =>
  ask(who.acting, `select private.${what}($1, $2, 'knows the field')`, [id, of.id])
const publish = (who: Person, id: string, edition: number) =>
  ask(who.acting, `select private.publish_case($1, $2, 'it is good')`, [id, edition])
const withdraw = (who: Person, id: string) => ask(who.acting, `select private.withdraw_case($1, 'it is to be rewritten')`, [id])

describe('a case of one’s own', () => {
  let id = ''

  test('is brought as a draft, which nobody else finds', async () => {
    const made = await write(ruth, written)
    id = made.id
    assert.equal(made.is_edition, 1)
    assert.deepEqual(await ask(cem.acting, 'select id from practice.cases where id = $1', [id]), [])
    await assert.rejects(ask(aStranger, 'select private.write_case(null, null, $1)', [JSON.stringify(written)]), notAllowed)
  })

  test('comes out as the file that it came in by', async () => {
    const exported = await fileFor(ruth, id)
    assert.deepEqual(exported, { id, ...written })
    assert.deepEqual(parseCase(printCase(exported)), exported)
  })

  test('is rewritten by those who are asked to, and by nobody else', async () => {
    await assert.rejects(write(ada, written, id, 1), refused('not_your_case'))
    for (const who of [ada, cem]) await assert.rejects(asked(who, 'ask_to_write', id, ada), refused('administrators_only'))
    await asked(ruth, 'ask_to_write', id, ada)
    await asked(ruth, 'ask_to_write', id, ada)
    const { is_edition } = await write(ada, { ...written, level: 'core' }, id, 1)
    assert.equal(is_edition, 1, 'nobody signs a level')
    assert.equal((await write(ada, { ...written, actor_brief: 'You knock.' }, id, 1)).is_edition, 2)
    await assert.rejects(write(bo, written, id, 2), refused('not_your_case'))
    await assert.rejects(write(cem, written, id, 2), refused('not_your_case'))
  })

  test('is not rewritten over what somebody else wrote meanwhile', async () => {
    await assert.rejects(write(ruth, written, id, 1), refused('case_has_changed'))
    const edition = await editionOf(id)
    const both = await Promise.allSettled(
      [ruth, ada].map((who, at) => write(who, { ...written, markscheme: `Be kind ${at}.` }, id, edition)),
    )
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']) // prettier-ignore
    assert.equal(
      both.map((one) => (one.status === 'rejected' ? (one.reason as { constraint: string }).constraint : '')).join(''),
      'case_has_changed',
    )
  })

  test('keeps the items that did not change, and has the others in their places', async () => {
    const items = () => db.sql('select id, position, words from practice.checklist_items where case_id = $1 order by position', [id])
    const before = await items()
    const [one, ...others] = written.checklist
    await write(ada, { ...written, checklist: [{ ...one!, words: 'Opens the door' }, ...others] }, id, await editionOf(id))
    const after = await items()
    assert.deepEqual(after.slice(1), before.slice(1))
    assert.deepEqual([after[0]!['words'], after.length], ['Opens the door', before.length])
    assert.notEqual(after[0]!['id'], before[0]!['id'])
  })

  test('cannot be one that gives itself away, or that names what is not here', async () => {
    const edition = await editionOf(id)
    const with_ = (change: Partial<CaseFile>) => write(ada, { ...written, ...change }, id, edition)
    await assert.rejects(with_({ name: `${written.condition} at the door` }), refused('name_gives_the_case_away'))
    await assert.rejects(with_({ content_note: `About ${written.condition}.` }), refused('note_gives_the_case_away'))
    await assert.rejects(with_({ formats: ['nine-minute-stations'] }), refused('no_such_format'))
    await assert.rejects(with_({ domain: 'bravery' }), refused('no_such_domain'))
    await assert.rejects(with_({ level: 'professor' }), refused('level_is_known'))
    await assert.rejects(with_({ content_note: 'x'.repeat(301) }), refused('content_note_is_short'))
    await assert.rejects(with_({ author: 'x'.repeat(121) }), refused('author_is_short'))
    await assert.rejects(with_({ version: 0 }), refused('file_version_counts_up'))
    await assert.rejects(with_({ synonyms: 'x'.repeat(21).split('') }), refused('synonyms_are_few'))
    assert.equal(await editionOf(id), edition)
  })

  test('is read by a clinician before anybody publishes it', async () => {
    const edition = await editionOf(id)
    for (const who of [ada, bo, cem]) await assert.rejects(publish(who, id, edition), refused('administrators_only'))
    await assert.rejects(publish(ruth, id, edition), refused('case_is_not_reviewed'))
    await asked(ruth, 'ask_to_review', id, bo)
    await assert.rejects(asked(ruth, 'ask_to_write', id, bo), refused('nobody_reviews_their_own_case'))
    assert.equal((await fileFor(bo, id)).name, written.name)
    await ask(bo.acting, `select private.sign_case($1, $2, 'Dr Bo Berg, GP', current_date + 300)`, [id, edition])
    await write(ada, { ...written, actor_brief: 'You knock twice.' }, id, edition)
    await assert.rejects(publish(ruth, id, edition), refused('case_has_changed'))
    await assert.rejects(publish(ruth, id, await editionOf(id)), refused('case_is_not_reviewed'))
  })

  test('is published with a signature, and then not rewritten', async () => {
    const edition = await editionOf(id)
    await ask(bo.acting, `select private.sign_case($1, $2, 'Dr Bo Berg, GP', current_date + 300)`, [id, edition])
    await publish(ruth, id, edition)
    assert.equal((await ask(aStranger, 'select id from practice.cases where id = $1', [id])).length, 1)
    await assert.rejects(write(ada, written, id, edition), refused('case_is_published'))
  })

  test('is withdrawn by an administrator, and what has begun goes on', async () => {
    const session = await seated(cem, bo, { caseId: id, candidate: cem })
    await act(cem, 'begin_station', session)
    for (const who of [ada, bo, cem]) await assert.rejects(withdraw(who, id), refused('administrators_only'))
    await withdraw(ruth, id)
    assert.deepEqual(await ask(aStranger, 'select id from practice.cases where id = $1', [id]), [])
    assert.equal((await ask(cem.acting, 'select * from private.disclose($1)', [session])).length, 1)
    await write(ada, { ...written, version: 2 }, id, await editionOf(id))
  })

  test('leaves a trace of who published and withdrew it, and of no text', async () => {
    const entries = await db.sql<{ action: string; details: { case: string } }>(
      `select action, details from audit.entries where action like 'practice.case-%' order by action`,
    )
    assert.deepEqual(
      entries.map(({ action, details }) => [action, Object.keys(details)]),
      [
        ['practice.case-published', ['case']],
        ['practice.case-withdrawn', ['case']],
      ],
    ) // prettier-ignore
    assert.ok(entries.every(({ details }) => details.case === id))
  })
})

describe('nobody', () => {
  test('takes a case with them that they neither wrote nor check: an administrator as little as the candidate', async () => {
    for (const who of [ruth, ada, cem]) await assert.rejects(fileFor(who, ours), refused('not_your_case'))
    await assert.rejects(ask(aStranger, 'select private.case_file($1)', [ours]), notAllowed)
    await assert.rejects(ask(theServer, 'select private.case_file($1)', [ours]), notAllowed)
  })

  test('takes one with them while they are its candidate', async () => {
    const [dee, eli] = [await person('Dee'), await person('Eli')]
    const session = await seated(dee, eli, { caseId: ours })
    await act(dee, 'begin_station', session)
    await asked(ruth, 'ask_to_review', ours, dee)
    await assert.rejects(fileFor(dee, ours), refused('not_yet'))
  })

  test('writes, publishes or withdraws one that there is not', async () => {
    const none = '00000000-0000-4000-8000-000000000000'
    await assert.rejects(write(ruth, written, none, 1), refused('not_your_case'))
    await assert.rejects(publish(ruth, none, 1), refused('no_such_case'))
    await assert.rejects(withdraw(ruth, none), refused('no_such_case'))
    await assert.rejects(asked(ruth, 'ask_to_write', none, ada), refused('no_such_case'))
  })

  test('reads synonyms, what an item rests on, or what was shipped', async () => {
    for (const text of [
      'select synonyms from practice.cases',
      'select rests_on from practice.checklist_items',
      'select * from practice.shipped',
    ])
      for (const who of [ruth.acting, ada.acting, cem.acting, aStranger, theServer]) await assert.rejects(ask(who, text), notAllowed)
  })
})
