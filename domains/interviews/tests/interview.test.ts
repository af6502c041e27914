import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import {
  type Answer,
  answerTo,
  completedOf,
  cvOf,
  feedbackOn,
  interviewOf,
  type Question,
  questionIn,
  uploadOf,
  ways,
  words,
} from './scene.ts'

// As the owner, whom no policy holds: what is refused here, no function of ours gets past either.
const db = await freshDatabase()
const [ifeoma, jonas] = [await someone(db, 'ifeoma'), await someone(db, 'jonas')]
await cvOf(db, ifeoma.id, { text: words })
const put = (interview: string, set: string) => db.sql(`update interviews.interview_sessions set ${set} where id = $1`, [interview])
const onlyRow = async (interview: string, columns: string) =>
  (await db.sql(`select ${columns} from interviews.interview_sessions where id = $1`, [interview]))[0]

describe('an interview', () => {
  const drawn: Record<keyof typeof ways, readonly string[]> = {
    pending: ['in_progress', 'aborted'],
    in_progress: ['completed', 'aborted'],
    completed: [],
    aborted: [],
  }
  const all = Object.keys(drawn) as (keyof typeof ways)[]
  for (const from of all)
    for (const to of all.filter((to) => to !== from))
      if (drawn[from].includes(to))
        test(`goes from ${from} to ${to}`, async () => void (await put(await interviewOf(db, ifeoma.id, from), `status = '${to}'`)))
      else
        test(`cannot go from ${from} to ${to}`, async () =>
          assert.rejects(put(await interviewOf(db, ifeoma.id, from), `status = '${to}'`), { constraint: 'interview_cannot_do_that' }))

  test('knows no other word, and is not born further on', async () => {
    await assert.rejects(put(await interviewOf(db, ifeoma.id, 'pending'), `status = 'lost'`), { constraint: 'interview_cannot_do_that' })
    for (const status of ['in_progress', 'completed', 'aborted', 'lost'])
      await assert.rejects(db.sql('insert into interviews.interview_sessions (user_id, status) values ($1, $2)', [ifeoma.id, status]), {
        constraint: 'interview_cannot_do_that',
      })
  })

  test('says when it was begun, and when it was completed or aborted', async () => {
    const when = 'started_at is not null as started, completed_at is not null as over'
    for (const [status, started, over] of [
      ['pending', false, false],
      ['in_progress', true, false],
      ['completed', true, true],
      ['aborted', false, true],
    ] as const)
      assert.deepEqual(await onlyRow(await interviewOf(db, ifeoma.id, status), when), { started, over }, status)
  })

  test('cannot say it otherwise', async () => {
    const [pending, running] = [await interviewOf(db, ifeoma.id, 'pending'), await interviewOf(db, ifeoma.id)]
    await assert.rejects(put(pending, 'started_at = now()'), { constraint: 'started_as_the_status_says' })
    await assert.rejects(put(running, 'started_at = null'), { constraint: 'started_as_the_status_says' })
    await assert.rejects(put(running, 'completed_at = now()'), { constraint: 'completed_as_the_status_says' })
    await assert.rejects(put(running, `status = 'completed', completed_at = started_at - interval '1 second'`), {
      constraint: 'it_ends_after_it_starts',
    })
  })

  test('is one call’s at the provider, and a call is one interview’s', async () => {
    const [one, other] = [await interviewOf(db, ifeoma.id), await interviewOf(db, jonas.id)]
    await put(one, `vapi_call_id = 'call-1'`)
    await put(one, `vapi_call_id = 'call-1'`) // told twice, it changes nothing
    await assert.rejects(put(other, `vapi_call_id = 'call-1'`), { constraint: 'call_already_reported' })
    for (const id of [`'call-2'`, 'null']) await assert.rejects(put(one, `vapi_call_id = ${id}`), { constraint: 'call_already_reported' })
  })

  test('that is planned has its time claimed, and nothing else of that person then', async () => {
    const claim = (meeting: string, at: string) =>
      db.sql(`select private.claim($1, 'interviews.interview', $2, array[$3::uuid], array['you_are_busy'])`, [meeting, at, ifeoma.id])
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
    await claim(first, '[2027-01-01 10:00Z,2027-01-01 10:45Z)')
    const interview = await interviewOf(db, ifeoma.id, 'pending')
    await put(interview, `meeting_id = '${first}'`)
    await assert.rejects(claim(second, '[2027-01-01 10:30Z,2027-01-01 11:00Z)'), { constraint: 'you_are_busy' })
    await assert.rejects(put(await interviewOf(db, ifeoma.id, 'pending'), `meeting_id = '${first}'`), {
      constraint: 'a_meeting_is_one_interview',
    })
  })

  test('has limits', async () => {
    const id = await interviewOf(db, ifeoma.id, 'pending')
    for (const [set, constraint] of [
      [`session_name = repeat('x', 201)`, 'names_are_short'],
      [`job_description_context = repeat('x', 50001)`, 'job_description_is_one_job'],
      ['requested_num_questions = 0', 'questions_are_countable'],
      ['actual_num_questions = 201', 'questions_are_countable'],
      [`key_skills_focused = '{null}'`, 'skills_are_a_list'],
    ] as const)
      await assert.rejects(put(id, set), { constraint })
  })
})

describe('a question', async () => {
  const interview = await interviewOf(db, ifeoma.id)
  let order = 1
  const ask = (question: Question, of = interview) => questionIn(db, of, { order: order++, ...question })
  const refused = { constraint: 'question_needs_a_source' }

  test('comes from the words of the CV, of the job, or out of the bank and says so', async () => {
    await ask({ source: 'cv', words: 'Mentored eleven students' })
    await ask({ source: 'job', words: 'You speak up when something is not safe.' })
    await ask({ source: 'bank' })
  })

  for (const [says, question] of Object.entries({
    'names the CV and no words': { source: 'cv' },
    'names the job and a blank': { source: 'job', words: ' ' },
    'is out of the bank with words': { source: 'bank', words },
    'quotes a CV that says otherwise': { source: 'cv', words: 'Mentored twelve students' },
    'quotes the CV as the job': { source: 'job', words: 'Mentored eleven students' },
    'quotes the job as the CV': { source: 'cv', words: 'You lead a team of eight.' },
  } satisfies Record<string, Question>))
    test(`cannot be asked that ${says}`, () => assert.rejects(ask(question), refused))

  test('nor one that quotes a CV where there is none, or the CV of somebody else', async () => {
    await assert.rejects(ask({ source: 'cv', words: 'Mentored eleven students' }, await interviewOf(db, jonas.id)), refused)
  })

  test('comes from somewhere', () =>
    assert.rejects(
      db.sql(`insert into interviews.interview_questions (session_id, question_text, question_order) values ($1, 'Why?', 99)`, [interview]),
      {
        column: 'source',
      },
    ))

  test('has a place of its own in its interview', async () => {
    await ask({ order: 50 })
    await assert.rejects(ask({ order: 50 }), { constraint: 'order_already_taken' })
    await ask({ order: 50 }, await interviewOf(db, ifeoma.id))
    await assert.rejects(ask({ order: 0 }), { constraint: 'order_counts_from_one' })
  })

  test('is asked before the interview is over', async () => {
    await ask({}, await interviewOf(db, ifeoma.id, 'pending'))
    for (const status of ['completed', 'aborted'] as const)
      await assert.rejects(ask({}, await interviewOf(db, ifeoma.id, status)), { constraint: 'interview_cannot_do_that' })
  })

  test('stays what it was when the CV is replaced', async () => {
    const hana = await someone(db, 'hana')
    const cv = await cvOf(db, hana.id, { text: words })
    const of = await interviewOf(db, hana.id)
    await ask({ source: 'cv', words: 'Mentored eleven students' }, of)
    await db.sql('delete from interviews.cv_uploads where id = $1', [cv])
    assert.equal((await db.sql('select from interviews.interview_questions where session_id = $1', [of])).length, 1)
  })
})

describe('an answer', async () => {
  const interview = await interviewOf(db, ifeoma.id)
  const question = await questionIn(db, interview)
  let attempt = 1
  const answer = (rest: Answer = {}) => answerTo(db, question, interview, ifeoma.id, { attempt: attempt++, ...rest })

  test('is one for each attempt', async () => {
    await answer({ attempt: 41 })
    await assert.rejects(answer({ attempt: 41, said: 'Better.' }), { constraint: 'already_answered' })
    await answer({ attempt: 42, said: 'Better.' })
    for (const attempt of [0, 51]) await assert.rejects(answer({ attempt }), { constraint: 'attempts_count_from_one' })
  })

  test('cannot answer a question of another interview, nor in another’s name', async () => {
    const other = await interviewOf(db, ifeoma.id)
    const jonass = await interviewOf(db, jonas.id)
    await assert.rejects(answerTo(db, question, other, ifeoma.id), { constraint: 'question_of_another_interview' })
    await assert.rejects(answerTo(db, question, interview, jonas.id), { constraint: 'interview_of_another_person' })
    await assert.rejects(answerTo(db, await questionIn(db, jonass), jonass, ifeoma.id), { constraint: 'interview_of_another_person' })
  })

  test('is given while the interview goes on', async () => {
    for (const status of ['pending', 'completed', 'aborted'] as const) {
      const of = await interviewOf(db, ifeoma.id, 'pending')
      const asked = await questionIn(db, of)
      for (const step of ways[status]) await put(of, `status = '${step}'`)
      await assert.rejects(answerTo(db, asked, of, ifeoma.id), { constraint: 'interview_cannot_do_that' })
    }
  })

  test('stands: another attempt is another row', async () => {
    const id = await answer()
    for (const set of [`answer_transcript_text = 'Better.'`, 'answer_transcript_text = null', 'attempt = 49'])
      await assert.rejects(db.sql(`update interviews.interview_answers set ${set} where id = $1`, [id]), { constraint: 'already_answered' })
  })

  test('is kept in words only if the applicant agreed, for this interview', async () => {
    const of = await interviewOf(db, ifeoma.id)
    await put(of, 'transcript_agreed_at = null')
    const asked = await questionIn(db, of)
    await assert.rejects(answerTo(db, asked, of, ifeoma.id), { constraint: 'transcript_needs_your_choice' })
    await answerTo(db, asked, of, ifeoma.id, { said: null })
  })
})

describe('the sound of an answer', async () => {
  const interview = await interviewOf(db, ifeoma.id)
  const question = await questionIn(db, interview)
  const sound = await uploadOf(db, ifeoma.id, { purpose: 'interview_sound' })
  const refused = { constraint: 'audio_needs_your_choice' }

  test('is not kept unless the applicant chose it for this interview', async () => {
    await assert.rejects(answerTo(db, question, interview, ifeoma.id, { sound }), refused)
    await answerTo(db, question, interview, ifeoma.id, { attempt: 9 })
    await assert.rejects(
      db.sql(`update interviews.interview_answers set audio_file_id = $2::uuid, audio_storage_path = $2::text where session_id = $1`, [
        interview,
        sound,
      ]),
      refused,
    )
  })

  test('is kept then; the choice is not taken back over what was kept, and goes with it', async () => {
    await put(interview, 'audio_agreed_at = now()')
    const answer = await answerTo(db, question, interview, ifeoma.id, { sound })
    await assert.rejects(put(interview, 'audio_agreed_at = null'), refused)
    await db.sql('update interviews.interview_answers set audio_file_id = null, audio_storage_path = null where id = $1', [answer])
    await put(interview, 'audio_agreed_at = null')
    const [file] = await db.sql('select expires_at <= now() as gone from files.objects where id = $1', [sound])
    assert.deepEqual(file, { gone: true })
  })

  test('is no longer named where its file was swept', async () => {
    const other = await uploadOf(db, ifeoma.id, { purpose: 'interview_sound' })
    await put(interview, 'audio_agreed_at = now()')
    const answer = await answerTo(db, question, interview, ifeoma.id, { attempt: 20, sound: other })
    await db.sql(`update files.objects set expires_at = now() - interval '1 second' where id = $1`, [other])
    await db.database.write(theServer, (tx) => tx.rows('private.sweep_files', { most: 99 }))
    const [row] = await db.sql(
      'select audio_storage_path, answer_transcript_text is not null as said from interviews.interview_answers where id = $1',
      [answer],
    )
    assert.deepEqual(row, { audio_storage_path: null, said: true })
  })

  test('names its file, which is of no other answer', async () => {
    await put(interview, 'audio_agreed_at = now()')
    await assert.rejects(
      db.sql(
        `insert into interviews.interview_answers (question_id, session_id, user_id, attempt, audio_storage_path) values ($1, $2, $3, 30, 'x')`,
        [question, interview, ifeoma.id],
      ),
      { constraint: 'sound_names_its_file' },
    )
    const sound = await uploadOf(db, ifeoma.id, { purpose: 'interview_sound' })
    await answerTo(db, question, interview, ifeoma.id, { attempt: 31, sound })
    await assert.rejects(answerTo(db, question, interview, ifeoma.id, { attempt: 32, sound }), { constraint: 'a_sound_is_of_one_answer' })
  })
})

describe('feedback', async () => {
  const { interview, answer } = await completedOf(db, ifeoma.id)
  const item = { answer_id: answer, judgement: 'A fact.', quote: 'here is the number' }
  const give = (evidence: unknown, score?: string) => feedbackOn(db, interview, ifeoma.id, evidence, score)

  test('is given on a completed interview alone', async () => {
    for (const status of ['pending', 'in_progress', 'aborted'] as const)
      await assert.rejects(feedbackOn(db, await interviewOf(db, ifeoma.id, status), ifeoma.id, [item]), {
        constraint: 'interview_not_completed',
      })
  })

  const others = await completedOf(db, jonas.id)
  for (const [says, wrong] of Object.entries({
    'words nobody said': { ...item, quote: 'I am a surgeon' },
    'another case': { ...item, quote: 'Here is the number' },
    'an answer that is not there': { ...item, answer_id: crypto.randomUUID() },
    'an answer of another interview, which says the same': { ...item, answer_id: others.answer },
  }))
    test(`cannot quote ${says}`, () => assert.rejects(give([item, wrong]), { constraint: 'quote_not_in_answers' }))

  for (const [says, wrong] of Object.entries({
    'has no evidence': [],
    'is no list': item,
    'names no answer': [{ ...item, answer_id: undefined }],
    'names what is no id': [{ ...item, answer_id: 'the first' }],
    'quotes a blank': [{ ...item, quote: '  ' }],
    'judges nothing': [{ ...item, judgement: '' }],
    'brings along a book': [{ ...item, book: 'a page '.repeat(50_000) }],
  }))
    test(`cannot be given that ${says}`, () => assert.rejects(give(wrong), { constraint: 'evidence_has_its_shape' }))

  test('ranks nobody by a number', () => assert.rejects(give([item], '8 of 10'), { constraint: 'score_is_words' }))

  test('is not about another person', () =>
    assert.rejects(feedbackOn(db, interview, jonas.id, [item]), { constraint: 'interview_of_another_person' }))

  test('is one for each interview', async () => {
    await give([item])
    await assert.rejects(give([item]), { constraint: 'one_feedback_per_interview' })
    await assert.rejects(
      db.sql(`update interviews.ai_feedback set evidence = $2 where session_id = $1`, [
        interview,
        JSON.stringify([{ ...item, quote: 'other' }]),
      ]),
      {
        constraint: 'quote_not_in_answers',
      },
    )
  })
})

test('an interview that is deleted takes everything along, its sound too', async () => {
  const { interview, answer } = await completedOf(db, jonas.id)
  await feedbackOn(db, interview, jonas.id, [{ answer_id: answer, judgement: 'A fact.', quote: 'here is the number' }])
  const sound = await uploadOf(db, jonas.id, { purpose: 'interview_sound' })
  await put(interview, 'audio_agreed_at = now()')
  await db.sql(`update interviews.interview_answers set audio_file_id = $2::uuid, audio_storage_path = $2::text where id = $1`, [
    answer,
    sound,
  ])
  await db.sql('delete from interviews.interview_sessions where id = $1', [interview])
  for (const table of ['interview_questions', 'interview_answers', 'ai_feedback'])
    assert.deepEqual(await db.sql(`select from interviews.${table} where session_id = $1`, [interview]), [], table)
  const swept = await db.database.write(theServer, (tx) => tx.rows('private.sweep_files', { most: 99 }))
  assert.ok(swept.some(({ sweep_files }) => sweep_files === sound))
})
