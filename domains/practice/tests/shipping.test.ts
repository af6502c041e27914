import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pg from 'pg'
import { contentAtFirst, loadContent } from '#app/content.ts'
import { freshDatabase, someone } from '#tests/database.ts'
import { startProgram, temporaryFolder } from '#tests/processes.ts'
import { practice } from '../server.ts'
import { shippedCases, shipPractice } from '../content/ship.ts'
import { formats } from '../content/formats.ts'
import { theatre } from './scene.ts'

// What comes with Vivavoce, brought in and brought up to date; and what people changed, left alone.
const db = await freshDatabase()
const { ask, person, act, seated, later } = await theatre(db)
const all = shippedCases()
const many = all.length + formats.length
const load = () => loadContent(db.url(), [practice])
const ship = async (file: object) =>
  (await db.sql<{ done: string }>('select private.ship_case($1) as done', [JSON.stringify(file)]))[0]!.done
const fileOf = async (id: string) => (await db.sql<{ file: object }>('select private.case_as_file($1) as file', [id]))[0]!.file
const [first, second, third, fourth] = all

test('a file goes into rows and comes out as it went in', async () => {
  assert.deepEqual(await load(), { made: many, updated: 0, same: 0, kept: 0 })
  for (const { id, ...file } of all) assert.deepEqual(await fileOf(id), file)
})

test('the second time changes nothing, and no edition', async () => {
  const rows = () => db.sql('select id, edition, published_at, c.xmin::text from practice.cases c order by id')
  const before = await rows()
  assert.deepEqual(await load(), { made: 0, updated: 0, same: many, kept: 0 })
  assert.deepEqual(await rows(), before)
  assert.deepEqual([...new Set(before.map(({ edition }) => edition))], [1])
})

describe('the first start of an embedded database', () => {
  test('loads it, and so does every one until somebody has an account', async () => {
    const other = await freshDatabase()
    const cases = async () => (await other.sql('select from practice.cases')).length
    await contentAtFirst(other.url(), [practice])
    assert.equal(await cases(), all.length)
    await other.sql(`delete from practice.checklist_items; delete from practice.cases; delete from practice.shipped`)
    await someone(other)
    await contentAtFirst(other.url(), [practice])
    assert.equal(await cases(), 0)
  })
})

test('two at once follow each other', async () => {
  const other = await freshDatabase()
  const both = await Promise.all([loadContent(other.url(), [practice]), loadContent(other.url(), [practice])])
  assert.deepEqual(
    both.map(({ made }) => made).sort((a, b) => a - b),
    [0, many],
  ) // prettier-ignore
})

test('a part that fails leaves nothing behind', async () => {
  const other = await freshDatabase()
  const failing = { name: 'failing', content: () => Promise.reject(new Error('this content cannot be loaded')) }
  await assert.rejects(loadContent(other.url(), [practice, failing]), /cannot be loaded/)
  assert.deepEqual(await other.sql('select from practice.cases'), [])
})

describe('a new version of a case', () => {
  test('replaces one that nobody changed, and voids its signature', async () => {
    const next = { ...first!, version: 2, actor_brief: `${first!.actor_brief} You cough.`, content_note: 'Fear.' }
    assert.equal(await ship(next), 'updated')
    const { id, ...file } = next
    assert.deepEqual(await fileOf(id), file)
    assert.deepEqual(await db.sql('select edition from practice.cases where id = $1', [id]), [{ edition: 2 }])
    assert.equal(await ship(next), 'same')
  })

  for (const [what, change] of [
    ['a text', `update practice.cases set markscheme = markscheme || ' And be kind.' where id = $1`],
    ['its name', `update practice.cases set case_name = 'Somebody at the door' where id = $1`],
    ['an item', `update practice.checklist_items set words = 'Says hello' where case_id = $1 and position = 1`],
    ['the list', `delete from practice.checklist_items where case_id = $1 and position = 1`],
  ] as const)
    test(`leaves one of which people changed ${what}`, async () => {
      const id = second!.id
      const before = await fileOf(id)
      await db.sql(change, [id])
      const theirs = await fileOf(id)
      assert.notDeepEqual(theirs, before)
      assert.equal(await ship({ ...second!, version: 9, candidate_brief: 'Shorter.' }), 'kept')
      assert.equal(await ship(second!), 'kept')
      assert.deepEqual(await fileOf(id), theirs)
      await db.sql('select private.put_case($1, $2)', [id, JSON.stringify(before)])
      assert.equal(await ship(second!), 'same', 'changed back, it is ours again')
    })

  test('does not bring back one that people took away', async () => {
    const id = third!.id
    await db.sql('delete from practice.checklist_items where case_id = $1', [id])
    await db.sql('delete from practice.cases where id = $1', [id])
    assert.equal(await ship({ ...third!, version: 2 }), 'kept')
    assert.deepEqual(await db.sql('select from practice.cases where id = $1', [id]), [])
  })

  test('does not publish one that was withdrawn', async () => {
    await db.sql('update practice.cases set published_at = null where id = $1', [fourth!.id])
    assert.equal(await ship({ ...fourth!, version: 2 }), 'updated')
    assert.deepEqual(await db.sql('select published_at from practice.cases where id = $1', [fourth!.id]), [{ published_at: null }])
  })

  test('touches none that people wrote under the same id', async () => {
    const id = 'ca5e0000-0000-4000-8000-00000000ffff'
    await db.sql('select private.put_case($1, $2)', [id, JSON.stringify({ ...first!, name: 'Ours', id: undefined })])
    assert.equal(await ship({ ...first!, id }), 'kept')
  })

  test('is refused where it names a format or a domain that is not here', async () => {
    const id = 'ca5e0000-0000-4000-8000-00000000fffe'
    await assert.rejects(ship({ ...first!, id, formats: ['nine-minute-stations'] }), { constraint: 'no_such_format' })
    await assert.rejects(ship({ ...first!, id, domain: 'bravery' }), { constraint: 'no_such_domain' })
  })
})

test('a sheet keeps the items it was marked on, whatever the next version asks', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const file = all[8]!
  const session = await seated(ada, bo, { caseId: file.id })
  await act(ada, 'begin_station', session)
  await later(session, 15)
  const sheet = async (who = bo) =>
    (
      await ask<{ checklist: { id: string; words: string; ticked: boolean }[] }>(who.acting, 'select * from private.see_sheet($1)', [
        session,
      ])
    )[0]!.checklist
  const before = await sheet()
  await ask(bo.acting, 'select private.tick_item($1, 1, $2)', [session, before[0]!.id])

  const { checklist, ...rest } = file
  const [gone, moved, ...others] = checklist
  const next = { ...rest, version: 2, checklist: [{ ...moved!, words: 'Asks something new' }, ...others] }
  assert.ok(gone)
  assert.equal(await ship(next), 'updated')
  assert.deepEqual(
    (await sheet()).map(({ words, ticked }) => [words, ticked]),
    checklist.map(({ words }, at) => [words, at === 0]),
  ) // prettier-ignore
  await ask(bo.acting, 'select private.tick_item($1, 1, $2)', [session, before[1]!.id])
  assert.equal((await sheet()).filter(({ ticked }) => ticked).length, 2)

  await act(ada, 'end_session', session)
  const again = await seated(ada, bo, { caseId: file.id, minutes: 90 })
  await db.sql(
    `update practice.practice_sessions set date = (now() at time zone 'UTC')::date, time = (now() at time zone 'UTC')::time(0) where id = $1`,
    [again],
  )
  await act(ada, 'begin_station', again)
  await db.sql(`update practice.rounds set running_at = reading_at, marking_at = null where session_id = $1`, [again])
  const [seen] = await ask<{ checklist: { words: string }[] }>(bo.acting, 'select * from private.see_sheet($1)', [again])
  assert.deepEqual(
    seen!.checklist.map(({ words }) => words),
    next.checklist.map(({ words }) => words),
  ) // prettier-ignore
})

test('a surprise is one that is meant for the format, as long as there is any', async () => {
  for (const format of ['twenty-minute-encounters', 'twelve-minute-remote'])
    for (let n = 0; n < 5; n++) {
      const eve = await person(`Eve ${n}`)
      await ask(eve.acting, `select private.practise_alone('mock', $1)`, [format])
      const [played] = await db.sql<{ formats: string[] }>(
        'select c.formats from practice.rounds r join practice.cases c on c.id = r.case_id where r.candidate_id = $1',
        [eve.id],
      )
      assert.ok(played!.formats.includes(format))
    }
  const gus = await person('Gus')
  await ask(gus.acting, `select private.practise_alone('mock', 'open')`) // for which none is meant
})

describe('a format', () => {
  const shipFormat = async (file: object) =>
    (await db.sql<{ done: string }>('select private.ship_format($1) as done', [JSON.stringify(file)]))[0]!.done
  const present = async (id: string) =>
    ({ id, ...(await db.sql<{ file: object }>('select private.format_as_file($1) as file', [id]))[0]!.file }) as Format
  type Format = { id: string; name: string; rating: string[]; phases: { phase: string; seconds: number | null }[] }

  test('gets better lengths', async () => {
    const file = await present('twenty-minute-encounters')
    const next = { ...file, phases: file.phases.map((phase) => ({ ...phase, seconds: 333, bells: [] })) }
    assert.equal(await shipFormat(next), 'updated')
    assert.deepEqual(await present('twenty-minute-encounters'), next)
  })

  test('that people changed is left', async () => {
    await db.sql(`update practice.formats set name = 'Ours' where id = 'free'`)
    assert.equal(await shipFormat({ ...(await present('free')), name: 'Free and easy' }), 'kept')
  })

  test('keeps the scale on which somebody was marked', async () => {
    const [cy, di] = [await person('Cy'), await person('Di')]
    const session = await seated(cy, di, { format: 'eight-minute-stations', caseId: first!.id, minutes: 5 })
    await act(cy, 'begin_station', session)
    await db.sql(`update practice.rounds set running_at = reading_at where session_id = $1`, [session])
    await ask(di.acting, `select private.score_domain($1, 1, 'history', 1)`, [session])
    const file = await present('eight-minute-stations')
    assert.equal(await shipFormat({ ...file, rating: ['Bad', 'Good'] }), 'kept')
    assert.equal(await shipFormat({ ...file, name: 'Stations of eight minutes' }), 'updated')
  })
})

test('`npm run content` says in one line what it did, and what is missing', async () => {
  const other = await freshDatabase()
  const run = async (url: string) =>
    startProgram(process.execPath, ['scripts/content.ts'], { DATABASE_URL: url, DATA_DIR: temporaryFolder() }).ended
  assert.deepEqual(await run(other.url()), {
    code: 0,
    out: `content: ${many} new, 0 updated, 0 as they were, 0 left as people changed them\n`,
    err: '',
  })
  await other.sql(`update practice.cases set case_name = 'Ours' where id = $1`, [first!.id])
  const { out } = await run(other.url())
  assert.equal(out, `content: 0 new, 0 updated, ${many - 1} as they were, 1 left as people changed them\n`)

  await other.sql('drop table practice.shipped')
  const { code, err } = await run(other.url())
  assert.deepEqual([code, err], [1, 'vivavoce: the database is not migrated to this version; run "npm run migrate" first\n'])
})

test('whoever is not the owner ships nothing', async () => {
  const ada = await person('Ada')
  for (const login of ['vivavoce_app', 'vivavoce_worker']) {
    const client = new pg.Client({ connectionString: db.url(login) })
    await client.connect()
    await assert.rejects(shipPractice(client), { code: '42501' })
    await client.end()
  }
  for (const text of [
    `select private.ship_case('{}')`,
    `select private.put_case('${first!.id}', '{}')`,
    `select private.case_as_file('${first!.id}')`,
  ])
    await assert.rejects(ask(ada.acting, text), { code: '42501' })
})
