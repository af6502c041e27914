import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase, theServer } from '#tests/database.ts'
import { shippedCases, shipPractice } from '../content/ship.ts'
import { notAllowed, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, act, seated, later, mine, offer } = await theatre(db)
const [ada, bo, cem, mira] = [await person('Ada'), await person('Bo'), await person('Cem'), await person('Mira')]
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [mira.id])
const [one, two] = [await aCase(), await aCase()]
const session = await seated(ada, bo, { caseId: one.id })
const offered = await offer(ada, { minutes: 300 })

test('people see names and pictures of each other, and nobody’s training level', async () => {
  assert.equal((await ask(cem.acting, 'select first_name, last_name, avatar from practice.profiles')).length, 4)
  await assert.rejects(ask(ada.acting, 'select training_level from practice.profiles'), notAllowed)
  assert.equal((await ask(ada.acting, 'select * from private.my_practice_profile()'))[0]!['training_level'], 'student')
  await assert.rejects(ask(aStranger, 'select first_name from practice.profiles'), notAllowed)
})

test('people change how they appear, and nobody else', async () => {
  await ask(ada.acting, `update practice.profiles set first_name = 'Adah', training_level = 'core'`)
  assert.deepEqual(await db.sql(`select user_id from practice.profiles where first_name = 'Adah'`), [{ user_id: ada.id }])
  await assert.rejects(ask(ada.acting, `update practice.profiles set first_name = ' '`), refused('name_is_given'))
  await assert.rejects(ask(ada.acting, `update practice.profiles set last_name = repeat('x', 61)`), refused('name_is_given'))
  for (const avatar of ['https://elsewhere.test/ada.png', '//elsewhere.test/x', 'javascript:alert(1)'])
    await assert.rejects(ask(ada.acting, 'update practice.profiles set avatar = $1', [avatar]), refused('avatar_is_ours'))
  await ask(ada.acting, `update practice.profiles set avatar = '/files/ada'`)
  for (const text of [
    `update practice.profiles set left_at = now()`,
    `update practice.profiles set user_id = '${bo.id}'`,
    `delete from practice.profiles`,
  ])
    await assert.rejects(ask(ada.acting, text), notAllowed)
  await assert.rejects(
    ask(
      cem.acting,
      `insert into practice.profiles (user_id, first_name, last_name, training_level) values (gen_random_uuid(), 'X', 'Y', 'Z')`,
    ),
    notAllowed,
  )
})

test('host and guest see their session, but for what comes by function; nobody else sees it', async () => {
  const seen = async (who: typeof ada) =>
    (await ask(who.acting, 'select id from practice.practice_sessions order by starts_at')).map(({ id }) => id)
  assert.deepEqual(await seen(ada), [session, offered])
  assert.deepEqual(await seen(bo), [session])
  assert.deepEqual(await seen(cem), [])
  assert.deepEqual(await seen(mira), [])
  for (const column of ['room_url', 'case_id', 'candidate_id'])
    for (const acting of [ada.acting, bo.acting, theServer])
      await assert.rejects(ask(acting, `select ${column} from practice.practice_sessions`), notAllowed)
})

describe('nobody', () => {
  for (const text of [
    `insert into practice.practice_sessions (host_id, date, time, type, format) values ('${ada.id}', current_date, '10:00', 'mock', 'short')`,
    `update practice.practice_sessions set guest_id = '${cem.id}'`,
    `update practice.practice_sessions set note = 'x'`,
    `update practice.practice_sessions set room_url = 'x', version = 9`,
    `delete from practice.practice_sessions`,
    `update practice.cases set case_name = 'x'`,
    `select condition from practice.cases`,
    `select markscheme from practice.cases`,
    `select * from practice.checklist_items`,
    `select * from practice.rounds`,
    `update practice.rounds set feedback_at = now()`,
    `insert into practice.disclosures (session_id, round, person_id, text) values ('${session}', 1, '${ada.id}', 'markscheme')`,
    `select * from practice.sheets`,
    `select * from practice.ticks`,
    `select * from practice.scores`,
    `insert into practice.case_reviewers (case_id, person_id) values ('${one.id}', '${cem.id}')`,
    `insert into practice.formats (id, name, rating) values ('x', 'x', '{a,b}')`,
    `select private.hold_session('${session}', 3)`,
    `select private.call_off_session('${session}')`,
    `select private.free_seat('${session}')`,
    `select private.my_part('${session}', 1)`,
    `select private.hold_sheet('${session}', 1)`,
    `select private.forget_round('${session}', 1)`,
    `select private.surprising_case('${session}', '{}', null)`,
    `select private.erase_practice('${ada.id}')`,
    `select private.erase_practice_groups('${ada.id}')`,
    `select * from practice.groups`,
    `select * from practice.group_members`,
    `insert into practice.assignments (group_id, case_id, due_on) values (gen_random_uuid(), '${one.id}', current_date)`,
    `select private.practised('{}')`,
    `select private.hold_group('${session}')`,
    `select private.hold_assignment('${session}')`,
    `select private.forget_group('${session}')`,
    `select * from practice.shipped`,
    `update practice.cases set content_note = 'x'`,
    `select synonyms from practice.cases`,
    `select private.put_case('${one.id}', '{}')`,
    `select private.case_as_file('${one.id}')`,
    `select private.must_know_the_case('${one.id}')`,
    `select private.ship_case('{}')`,
    `select private.ship_format('{}')`,
    `select private.claim(gen_random_uuid(), 'practice.session', tstzrange(now(), now() + interval '1 hour'), '{}', '{}')`,
  ])
    test(`may ${text.slice(0, 90)}`, async () => {
      for (const acting of [ada.acting, bo.acting, cem.acting, mira.acting, aStranger]) await assert.rejects(ask(acting, text), notAllowed)
    })
})

test('strangers list cases, formats and domains, and read nothing else', async () => {
  assert.equal((await ask(aStranger, 'select id, category, case_name, domain from practice.cases')).length, 2)
  assert.equal((await ask(aStranger, 'select * from practice.format_phases')).length, 4)
  assert.equal((await ask(aStranger, 'select * from practice.format_scales')).length, 2)
  assert.ok((await ask(aStranger, 'select * from practice.domains')).length > 5)
  for (const text of [
    `take_seat('${offered}', 1)`,
    `disclose('${session}')`,
    `my_rounds()`,
    `practise_alone('mock', 'short')`,
    `read_case('${one.id}')`,
  ])
    await assert.rejects(ask(aStranger, `select private.${text}`), notAllowed)
})

test('the server sees what it exports, and no text of a case', async () => {
  for (const table of [
    'rounds',
    'disclosures',
    'sheets',
    'ticks',
    'scores',
    'profiles',
    'case_authors',
    'case_reviewers',
    'case_signatures',
  ])
    await ask(theServer, `select * from practice.${table}`)
  for (const text of [
    'select actor_brief from practice.cases',
    'select * from practice.checklist_items',
    `delete from practice.practice_sessions`,
    `update practice.profiles set first_name = 'x'`,
  ])
    await assert.rejects(ask(theServer, text), notAllowed)
})

test('a case is loaded, written, checked, published and withdrawn, whoever owns the database', async () => {
  await shipPractice({ query: async (text: string, values: unknown[]) => ({ rows: await db.sql(text, values) }) } as never)
  const [{ id: shipped, ...file } = { id: '' }] = shippedCases()
  const read = (who: typeof ada, id: string) => ask<{ file: object }>(who.acting, 'select private.case_file($1) as file', [id])
  const [made] = await ask<{ id: string }>(mira.acting, 'select id from private.write_case(null, null, $1)', [JSON.stringify(file)])
  const id = made!.id
  assert.deepEqual((await read(mira, id))[0]!.file, { id, ...file })
  for (const who of [ada, mira]) await assert.rejects(read(who, shipped), refused('not_your_case'))
  await ask(mira.acting, `select private.ask_to_write($1, $2, 'knows the field')`, [id, ada.id])
  await ask(ada.acting, 'select private.write_case($1, 1, $2)', [id, JSON.stringify({ ...file, level: 'core' })])
  await ask(mira.acting, `select private.ask_to_review($1, $2, 'knows the field')`, [id, cem.id])
  await assert.rejects(ask(mira.acting, `select private.publish_case($1, 1, 'it is good')`, [id]), refused('case_is_not_reviewed'))
  await ask(cem.acting, `select private.sign_case($1, 1, 'Dr Cem', current_date + 9)`, [id])
  await assert.rejects(ask(ada.acting, `select private.publish_case($1, 1, 'it is good')`, [id]), refused('administrators_only'))
  await ask(mira.acting, `select private.publish_case($1, 1, 'it is good')`, [id])
  assert.equal((await ask(aStranger, 'select content_note from practice.cases where id = $1', [id])).length, 1)
  await ask(mira.acting, `select private.withdraw_case($1, 'it is old')`, [id])
  assert.equal((await ask(aStranger, 'select content_note from practice.cases where id = $1', [id])).length, 0)
})

test('a teacher makes a group, people join it by its link and are parted by a block, whoever owns the database', async () => {
  const link = Buffer.alloc(32, 7)
  const ofTeacher = (text: string, values: unknown[] = []) => ask(mira.acting, text, values)
  await db.sql(`update practice.cases set published_at = coalesce(published_at, now()) where id = $1`, [two.id])
  const [group] = await ask<{ id: string }>(mira.acting, `select private.make_group('Thursdays', '', gen_random_uuid(), $1) as id`, [link])
  for (const who of [ada, cem]) await ask(who.acting, 'select private.join_group($1)', [link])
  await ofTeacher(`select private.assign_case($1, $2, current_date + 3, '')`, [group!.id, two.id])
  assert.equal((await ask(ada.acting, 'select * from private.assigned_cases()')).length, 1)
  await assert.rejects(
    ask(ada.acting, `select private.assign_case($1, $2, current_date, '')`, [group!.id, one.id]),
    refused('teacher_only'),
  )
  assert.deepEqual(await ofTeacher('select * from private.practised_in($1)', [group!.id]), [])
  assert.equal((await ofTeacher('select * from private.group_people($1)', [group!.id])).length, 2)
  await ofTeacher('insert into safety.blocks (blocked_id) values ($1)', [cem.id])
  assert.deepEqual(await ask(cem.acting, 'select * from private.my_groups()'), [])
  await ask(theServer, 'select private.erase_practice_groups($1)', [mira.id])
  assert.deepEqual(await ask(ada.acting, 'select * from private.my_groups()'), [])
  for (const text of [`join_group('x')`, `my_groups()`, `read_group_link('x')`])
    await assert.rejects(ask(aStranger, `select private.${text}`), notAllowed)
})

// The whole way once, because what a definer function may do depends on whose it is.
test('two people play a round, mark it, swap and part, whoever owns the database', async () => {
  await act(bo, 'begin_station', session)
  assert.deepEqual(
    (await ask(ada.acting, 'select name from private.disclose($1)', [session])).map(({ name }) => name),
    ['candidate_brief'],
  )
  await assert.rejects(ask(ada.acting, `select private.disclose($1, 'actor_brief')`, [session]), refused('not_your_role'))
  await act(ada, 'move_on', session, 'running')
  await ask(bo.acting, 'select private.tick_item($1, 1, $2)', [session, one.items[2]])
  await later(session, 30)
  for (const domain of ['communication', 'ethics']) await ask(bo.acting, 'select private.score_domain($1, 1, $2, 1)', [session, domain])
  await ask(bo.acting, `select private.submit_sheet($1, 1, 2, 'Well done')`, [session])
  assert.equal((await ask(ada.acting, 'select * from private.see_sheet($1)', [session]))[0]!['words'], 'Well done')
  await act(ada, 'next_round', session, two.id)
  assert.equal((await mine(bo, session))!['candidate_id'], bo.id)
  await act(bo, 'leave_seat', session)
  await act(cem, 'take_seat', session)
  await ask(ada.acting, 'insert into safety.blocks (blocked_id) values ($1)', [cem.id])
  assert.equal(await mine(cem, session), undefined)
  await act(ada, 'end_session', session)
  await ask(theServer, 'select private.erase_practice($1)', [ada.id])
  assert.equal((await ask(bo.acting, 'select * from private.my_rounds()')).length, 2)
})
