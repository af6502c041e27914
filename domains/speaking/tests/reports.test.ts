import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, someone } from '#tests/database.ts'
import { evidence, type Report, reportOn, scenarioIn, sessionIn, takeStock } from './scene.ts'

const db = await freshDatabase()
const [amara, ruth] = [await someone(db, 'amara'), await someone(db, 'ruth')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
const scenario = await scenarioIn(db, ruth.id)
const assessing = () => sessionIn(db, amara.id, scenario, 'assessing')
const [item] = evidence
const quoting = (quote: unknown) => [{ ...item, quote }]

describe('a judgement quotes the transcript letter for letter', async () => {
  const session = await assessing()
  for (const [says, quote] of Object.entries({
    'another word': 'What do you fear about?',
    'another case': 'what do you worry about?',
    'a blank too many': 'What do you  worry about?',
    'another apostrophe': `It's what he died of.`,
    'words of two lines joined': 'What do you worry about? Patient: My brother.',
    'the next line without its break': 'cough. Candidate',
  }))
    test(`and cannot quote ${says}`, () =>
      assert.rejects(reportOn(db, session, { evidence: quoting(quote) }), { constraint: 'quote_not_in_transcript' }))

  test('nor one good quote beside one that was made up', () =>
    assert.rejects(reportOn(db, session, { evidence: [...evidence, ...quoting('I am an excellent doctor.')] }), {
      constraint: 'quote_not_in_transcript',
    }))

  test('but what either of them said, line breaks and all', async () => {
    await reportOn(db, session, { evidence: [...evidence, ...quoting('It’s what he died of.'), ...quoting('cough.\nCandidate: What')] })
  })
})

describe('evidence', async () => {
  const session = await assessing()
  for (const [says, wrong] of Object.entries({
    'is not a list': { ...item },
    'is empty': [],
    'is a list of quotes alone': ['What do you worry about?'],
    'has no quote': quoting(undefined),
    'quotes a number': quoting(9),
    'quotes a blank': quoting(' '),
    'quotes one letter': quoting('a'),
    'judges nothing': [{ ...item, judgement: ' ' }],
    'has no criterion': [{ ...item, criterion: undefined }],
    'brings along a book': [{ ...item, book: 'a page '.repeat(50_000) }],
    'is without end': Array.from({ length: 101 }, () => item),
  }))
    test(`cannot pass that ${says}`, () =>
      assert.rejects(reportOn(db, session, { evidence: wrong }), { constraint: 'evidence_has_its_shape' }))
})

describe('a score', async () => {
  const session = await assessing()
  for (const score_raw of [-1, 40])
    test(`cannot be ${score_raw}`, () => assert.rejects(reportOn(db, session, { score_raw }), { constraint: 'score_out_of_range' }))
  test('may be 0 and 39', async () => {
    await reportOn(db, session, { score_raw: 39 })
    await reportOn(db, await assessing(), { score_raw: 0 })
  })
})

describe('a report', () => {
  test('is one for each session', async () => {
    const session = await assessing()
    await reportOn(db, session)
    await assert.rejects(reportOn(db, session), { constraint: 'one_report_per_session' })
    await db.sql(`update speaking.sessions set status = 'completed' where id = $1`, [session])
    await assert.rejects(reportOn(db, session), { constraint: 'one_report_per_session' })
  })

  for (const status of ['preparing', 'speaking', 'abandoned', 'removed'] as const)
    test(`cannot be written about a session that is ${status}`, async () =>
      assert.rejects(reportOn(db, await sessionIn(db, amara.id, scenario, status)), { constraint: 'session_cannot_do_that' }))

  test('stands: neither its words nor its score change, nor the session it is about', async () => {
    const [session, other] = [await sessionIn(db, amara.id, scenario, 'completed'), await assessing()]
    for (const set of ['score_raw = 39', `ai_summary = 'Better.'`, `session_id = '${other}'`])
      await assert.rejects(db.sql(`update speaking.feedback_reports set ${set} where session_id = $1`, [session]), {
        constraint: 'report_is_final',
      })
    await assert.rejects(db.sql('delete from speaking.feedback_reports'), { constraint: 'nothing_is_deleted' })
  })

  test('goes with its session: what is left says nothing, and cannot say anything again', async () => {
    const session = await sessionIn(db, amara.id, scenario, 'completed')
    await db.sql(`update speaking.sessions set status = 'removed' where id = $1`, [session])
    const left = await db.sql(
      `select transcript || ai_summary || strengths || areas_for_improvement as words, score_raw, evidence, scrubbed_at is not null as scrubbed
       from speaking.feedback_reports where session_id = $1`,
      [session],
    )
    assert.deepEqual(left, [{ words: '', score_raw: 0, evidence: [], scrubbed: true }])
    await assert.rejects(
      db.sql(`update speaking.feedback_reports set transcript = 'x', scrubbed_at = null where session_id = $1`, [session]),
      {
        constraint: 'report_is_final',
      },
    )
  })

  test('cannot be scrubbed in part', async () => {
    const session = await sessionIn(db, amara.id, scenario, 'completed')
    await assert.rejects(
      db.sql(`update speaking.feedback_reports set scrubbed_at = now(), evidence = '[]' where session_id = $1`, [session]),
      {
        constraint: 'scrubbed_as_a_whole',
      },
    )
  })
})

describe('no audio is kept:', () => {
  test('no column of the domain could hold it, and no purpose takes a file of it', async () => {
    const columns = await db.sql<{ name: string; type: string }>(
      `select attrelid::regclass || '.' || attname as name, format_type(atttypid, null) as type
       from pg_attribute a join pg_class c on c.oid = attrelid
       where relnamespace = 'speaking'::regnamespace and relkind in ('r', 'p', 'v', 'm') and attnum > 0 and not attisdropped`,
    )
    assert.ok(columns.length > 60)
    const types = [
      'boolean',
      'character varying',
      'date',
      'double precision',
      'integer',
      'jsonb',
      'text',
      'timestamp with time zone',
      'uuid',
    ]
    assert.deepEqual(
      columns.filter(({ name, type }) => !types.includes(type) || /audio|sound|voice|record|blob|media|file|path|url/.test(name)),
      [],
    )
    const keys = await db.sql(
      `select conrelid::regclass as of from pg_constraint where connamespace = 'speaking'::regnamespace and confrelid = 'files.objects'::regclass`,
    )
    assert.deepEqual(keys, [])
    const { speaking } = await import('../server.ts')
    assert.equal(speaking.purposes, undefined)
  })

  test('nor is it written down as letters', async () => {
    const sound = Buffer.alloc(600, 'RIFF').toString('base64')
    const session = await assessing()
    const transcript = 'Candidate: What do you worry about?'
    for (const [says, report] of Object.entries({
      'in the transcript': { transcript: `${transcript} ${sound}` },
      'in the summary': { transcript, ai_summary: sound },
      'in a judgement': { transcript, evidence: [{ ...item, judgement: sound }] },
      'as an address that holds its data': { transcript: `${transcript} data:audio/wav;base64,UklGRg==` },
    } satisfies Record<string, Partial<Report>>))
      await assert.rejects(reportOn(db, session, report), { constraint: 'no_audio_is_kept' }, says)
  })

  test('while a long talk is no sound', async () => {
    const transcript = 'Candidate: What do you worry about?\n'.repeat(5_000)
    await reportOn(db, await assessing(), { transcript })
    await assert.rejects(reportOn(db, await assessing(), { transcript: transcript + transcript }), { constraint: 'report_is_of_one_talk' })
  })
})

describe('a snapshot', () => {
  test('needs a session that was completed, by that day', async () => {
    const hana = await someone(db, 'hana')
    await assert.rejects(takeStock(db, hana.id), { constraint: 'snapshot_needs_a_session' })
    await sessionIn(db, hana.id, scenario, 'assessing')
    await assert.rejects(takeStock(db, hana.id), { constraint: 'snapshot_needs_a_session' })
    await sessionIn(db, hana.id, scenario, 'completed')
    await assert.rejects(takeStock(db, hana.id, { day: '2020-01-01' }), { constraint: 'snapshot_needs_a_session' })
    await takeStock(db, hana.id, { day: '2099-01-01' })
  })

  test('is one a day, of one person', async () => {
    const [one, other] = [await someone(db, 'one'), await someone(db, 'other')]
    for (const { id } of [one, other]) {
      await sessionIn(db, id, scenario, 'completed')
      await takeStock(db, id, { day: '2099-01-01' })
    }
    await assert.rejects(takeStock(db, one.id, { day: '2099-01-01' }), { constraint: 'one_snapshot_a_day' })
    await takeStock(db, one.id, { day: '2099-01-02' })
  })

  test('counts something, has an average on the scale, and topics that are words', async () => {
    const { id } = await someone(db, 'counting')
    await sessionIn(db, id, scenario, 'completed')
    await assert.rejects(takeStock(db, id, { day: '2099-01-01', count: 0 }), { constraint: 'snapshot_needs_a_session' })
    await assert.rejects(takeStock(db, id, { day: '2099-01-01', average: 39.5 }), { constraint: 'score_out_of_range' })
    for (const topics of ['{}', '"opening"', '[1]', '[""]', 'null'])
      await assert.rejects(takeStock(db, id, { day: '2099-01-01', topics }), { constraint: 'strengths_topics_have_their_shape' }, topics)
  })
})
