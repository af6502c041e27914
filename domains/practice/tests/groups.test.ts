import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { aStranger, freshDatabase, theServer } from '#tests/database.ts'
import { connections as many, rounds, startingLine } from '#tests/race.ts'
import { practiceOfPerson } from '../person.ts'
import { notAllowed, type Person, refused, theatre } from './scene.ts'

after(() => close()) // before the database goes, whose own end is said next
const db = await freshDatabase()
const { race, close } = await startingLine(db)
const { ask, person, aCase, act, seated } = await theatre(db)
type Row = Record<string, unknown>
const plusDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** A group of Ada's, and the hash of its link. */
async function group(teacher: Person, ...people: Person[]) {
  const link = createHash('sha256').update(randomUUID()).digest()
  const [row] = await ask<{ id: string }>(teacher.acting, `select private.make_group('Thursdays', '', $1, $2) as id`, [randomUUID(), link])
  for (const who of people) await join(who, link)
  return { id: row!.id, link }
}
const join = ({ acting }: Person, link: Buffer) => ask(acting, 'select private.join_group($1)', [link])
const assign = async ({ acting }: Person, group: string, caseId: string, due = plusDays(3)) =>
  (await ask<{ id: string }>(acting, `select private.assign_case($1, $2, $3, 'Mind the silence') as id`, [group, caseId, due]))[0]!.id
const mine = ({ acting }: Person) => ask(acting, 'select * from private.my_groups()')
const peopleOf = async ({ acting }: Person, group: string) =>
  (await ask(acting, 'select first_name from private.group_people($1)', [group])).map(({ first_name }) => first_name)
const assigned = ({ acting }: Person, group: string | null = null) => ask(acting, 'select * from private.assigned_cases($1)', [group])
const practised = async ({ acting }: Person, group: string) =>
  (await ask<{ person_id: string }>(acting, 'select person_id from private.practised_in($1)', [group])).map(({ person_id }) => person_id)

/** Alone, as far as the feedback. */
async function practises(who: Person, caseId: string, upTo = ['running', 'marking', 'feedback']) {
  const [row] = await ask<{ id: string }>(who.acting, `select private.practise_alone('mock', 'short', $1) as id`, [caseId])
  for (const phase of upTo) await act(who, 'move_on', row!.id, phase)
  return row!.id
}

describe('joining', async () => {
  const [ada, bo, cem, dee] = [await person('Ada'), await person('Bo'), await person('Cem'), await person('Dee')]
  const { id, link } = await group(ada)

  test('whoever has the link sees what it is for, and joins, once', async () => {
    const [seen] = await ask(bo.acting, 'select * from private.read_group_link($1)', [link])
    assert.deepEqual([seen!['name'], seen!['teacher_first_name'], seen!['people'], seen!['part']], ['Thursdays', 'Ada', 0, null])
    await join(bo, link)
    await join(bo, link)
    assert.deepEqual(
      (await mine(bo)).map(({ id, part }) => [id, part]),
      [[id, 'member']],
    )
    assert.deepEqual(await peopleOf(ada, id), ['Bo'])
  })

  test('nobody joins without the link, without a name here, or their own group', async () => {
    await assert.rejects(join(cem, createHash('sha256').update('guess').digest()), refused('no_such_group'))
    await assert.rejects(ask(aStranger, 'select private.join_group($1)', [link]), notAllowed)
    await assert.rejects(join(ada, link), refused('you_teach_it'))
    await db.sql(`delete from practice.profiles where user_id = $1`, [dee.id])
    await assert.rejects(join(dee, link), refused('no_profile_yet'))
    await assert.rejects(ask(dee.acting, `select private.make_group('Mine', '', null, null)`), refused('no_profile_yet'))
  })

  test('a link that was renewed or revoked opens nothing, and those who are in stay', async () => {
    const next = createHash('sha256').update('next').digest()
    await ask(ada.acting, 'select private.set_group_link($1, $2, $3)', [id, randomUUID(), next])
    await assert.rejects(join(cem, link), refused('no_such_group'))
    await assert.rejects(ask(cem.acting, 'select * from private.read_group_link($1)', [link]), refused('no_such_group'))
    await ask(ada.acting, 'select private.set_group_link($1)', [id])
    await assert.rejects(join(cem, next), refused('no_such_group'))
    assert.deepEqual(await peopleOf(ada, id), ['Bo'])
  })

  test('only the teacher sees the link, and since when people are there', async () => {
    await ask(ada.acting, 'select private.set_group_link($1, $2, $3)', [id, randomUUID(), link])
    assert.ok((await mine(ada))[0]!['link_id'])
    assert.equal((await mine(bo))[0]!['link_id'], null)
    assert.equal((await ask(bo.acting, 'select joined_at from private.group_people($1)', [id]))[0]!['joined_at'], null)
    for (const who of [ada.acting, bo.acting])
      for (const table of ['groups', 'group_members', 'assignments'])
        await assert.rejects(ask(who, `select * from practice.${table}`), notAllowed)
  })

  test('whoever leaves, or is taken out, is in it no more', async () => {
    await join(cem, link)
    await ask(bo.acting, 'select private.leave_group($1)', [id])
    await assert.rejects(ask(bo.acting, 'select private.leave_group($1)', [id]), refused('no_such_group'))
    await assert.rejects(ask(cem.acting, 'select private.remove_member($1, $2)', [id, cem.id]), refused('teacher_only'))
    await ask(ada.acting, 'select private.remove_member($1, $2)', [id, cem.id])
    for (const who of [bo, cem]) {
      assert.deepEqual(await mine(who), [])
      assert.deepEqual(await peopleOf(who, id), [])
    }
  })
})

describe('assigning', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const { id } = await group(ada, bo)
  const [one, two] = [await aCase(), await aCase()]

  test('a teacher assigns a case by a day, once; those who are in are told and see it', async () => {
    await assign(ada, id, one.id)
    await assert.rejects(assign(ada, id, one.id), refused('case_is_assigned'))
    const [seen] = await assigned(bo)
    assert.deepEqual(
      [seen!['case_id'], seen!['due_on'], seen!['words'], seen!['practised_at']],
      [one.id, plusDays(3), 'Mind the silence', null],
    )
    const told = await db.sql(`select title, leads_to from notices.notices where person_id = $1`, [bo.id])
    assert.deepEqual(told, [{ title: 'A case is assigned to your group', leads_to: `/practice/groups/${id}` }])
    assert.deepEqual(await assigned(ada), []) // to her, nothing is
    assert.equal((await assigned(ada, id)).length, 1)
  })

  test('nobody else assigns, changes or withdraws', async () => {
    const [{ id: assignment } = { id: '' }] = (await assigned(bo)) as { id: string }[]
    for (const [who, no, none] of [
      [bo, 'teacher_only', 'no_such_assignment'],
      [cem, 'no_such_group', 'no_such_assignment'],
    ] as const) {
      await assert.rejects(assign(who, id, two.id), refused(no))
      for (const does of [`change_group('${id}', 'Mine', '')`, `end_group('${id}')`, `set_group_link('${id}')`])
        await assert.rejects(ask(who.acting, `select private.${does}`), refused(no))
      for (const does of [`change_assignment('${assignment}', current_date, '')`, `withdraw_assignment('${assignment}')`])
        await assert.rejects(ask(who.acting, `select private.${does}`), refused(none))
    }
    assert.deepEqual(await assigned(cem, id), [])
  })

  test('no draft is assigned, and no day that has passed or lies beyond a year', async () => {
    const draft = await aCase()
    await db.sql('update practice.cases set published_at = null where id = $1', [draft.id])
    await assert.rejects(assign(ada, id, draft.id), refused('no_such_case'))
    for (const due of [plusDays(-2), plusDays(367), 'infinity'])
      await assert.rejects(assign(ada, id, two.id, due), refused('due_within_a_year'))
  })

  test('the day and the words change; the words also when the day has passed', async () => {
    const assignment = await assign(ada, id, two.id, plusDays(1))
    await ask(ada.acting, `select private.change_assignment($1, $2, 'Later')`, [assignment, plusDays(9)])
    assert.deepEqual(
      (await assigned(bo)).map(({ due_on }) => due_on),
      [plusDays(3), plusDays(9)],
    )
    await db.sql('update practice.assignments set due_on = $2 where id = $1', [assignment, plusDays(-5)])
    await ask(ada.acting, `select private.change_assignment($1, $2, 'It was this one')`, [assignment, plusDays(-5)])
    await assert.rejects(
      ask(ada.acting, `select private.change_assignment($1, $2, '')`, [assignment, plusDays(-4)]),
      refused('due_within_a_year'),
    )
    await ask(ada.acting, 'select private.withdraw_assignment($1)', [assignment])
    assert.equal((await assigned(bo)).length, 1)
  })
})

describe('who has practised', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const [one, two] = [await aCase(), await aCase()]
  await practises(bo, two.id) // before there was a group
  const { id } = await group(ada, bo, cem)
  await assign(ada, id, one.id)
  await assign(ada, id, two.id)

  test('what was before they joined is not told, nor a station that was broken off', async () => {
    const session = await practises(cem, one.id, ['running', 'marking'])
    assert.deepEqual(await practised(ada, id), [])
    await act(cem, 'end_session', session)
    assert.deepEqual(await practised(ada, id), [])
    assert.deepEqual(
      (await assigned(bo)).map(({ practised_at }) => practised_at),
      [null, null],
    )
  })

  test('the teacher sees who has practised what and when, and nothing of how it went', async () => {
    const session = await practises(bo, one.id)
    await ask(bo.acting, `select private.score_domain($1, 1, 'ethics', 1)`, [session])
    const rows = await ask(ada.acting, 'select * from private.practised_in($1)', [id])
    assert.deepEqual(
      rows.map(({ person_id }) => person_id),
      [bo.id],
    )
    assert.deepEqual(Object.keys(rows[0]!), ['assignment', 'person_id', 'practised_at'])
    for (const read of ['see_sheet', 'disclose'])
      await assert.rejects(ask(ada.acting, `select private.${read}($1)`, [session]), refused('session_not_found'))
    assert.deepEqual(await ask(ada.acting, 'select * from private.my_rounds($1)', [session]), [])
    assert.deepEqual(
      (await mine(bo)).map(({ open }) => open),
      [1],
    )
  })

  test('whoever played the patient has not practised it', async () => {
    const session = await seated(cem, bo, { candidate: cem, caseId: two.id, minutes: 5 })
    await act(bo, 'begin_station', session)
    for (const [who, phase] of [
      [cem, 'running'],
      [bo, 'marking'],
      [bo, 'feedback'],
    ] as const)
      await act(who, 'move_on', session, phase)
    assert.deepEqual((await practised(ada, id)).toSorted(), [bo.id, cem.id].toSorted()) // Bo has practised the other one
    assert.deepEqual(
      (await assigned(bo, id)).filter(({ practised_at }) => practised_at).map(({ case_id }) => case_id),
      [one.id],
    )
  })

  test('students see it of themselves alone, strangers to the group nothing', async () => {
    assert.deepEqual(await practised(cem, id), [])
    assert.deepEqual(await practised(await person('Dee'), id), [])
    await assert.rejects(ask(bo.acting, 'select * from private.practised($1)', [[id]]), notAllowed)
  })

  test('whoever leaves takes it along, and brings nothing back', async () => {
    await ask(bo.acting, 'select private.leave_group($1)', [id])
    assert.deepEqual(await practised(ada, id), [cem.id])
    await db.sql('insert into practice.group_members (group_id, person_id) values ($1, $2)', [id, bo.id])
    assert.deepEqual(await practised(ada, id), [cem.id])
  })
})

describe('people who are kept from each other', async () => {
  const [ada, bo, cem, dee] = [await person('Ada'), await person('Bo'), await person('Cem'), await person('Dee')]
  const { id, link } = await group(ada, bo, cem, dee)
  const block = (who: Person, whom: Person) => ask(who.acting, 'insert into safety.blocks (blocked_id) values ($1)', [whom.id])

  test('two students do not see each other, and the teacher sees both', async () => {
    await block(bo, cem)
    assert.deepEqual(await peopleOf(bo, id), ['Bo', 'Dee'])
    assert.deepEqual(await peopleOf(cem, id), ['Cem', 'Dee'])
    assert.deepEqual(
      (await mine(cem)).map(({ people }) => people),
      [2],
    )
    assert.deepEqual(await peopleOf(ada, id), ['Bo', 'Cem', 'Dee'])
  })

  test('teacher and student are parted at once, whoever blocked, and the link is as one that never was', async () => {
    await block(bo, ada)
    await block(ada, dee)
    assert.deepEqual(await peopleOf(ada, id), ['Cem'])
    for (const who of [bo, dee]) {
      assert.deepEqual(await mine(who), [])
      await assert.rejects(join(who, link), refused('no_such_group'))
      await assert.rejects(ask(who.acting, 'select * from private.read_group_link($1)', [link]), refused('no_such_group'))
    }
  })
})

describe('what they take along', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id } = await group(ada, bo)
  const { id: another } = await group(bo, ada)
  await assign(ada, id, (await aCase()).id)
  const exported = (who: Person) =>
    db.database.read(theServer, (reader) => practiceOfPerson.export(reader, who.id)) as Promise<Record<string, Row[]>>

  test('each finds their own groups in their export, and nobody else’s name', async () => {
    const hers = await exported(ada)
    assert.deepEqual(
      [hers['groups_you_teach'], hers['groups_you_are_in'], hers['cases_you_assigned']].map((rows) => rows!.length),
      [1, 1, 1],
    )
    assert.ok(!JSON.stringify(await exported(bo)).includes('Ada'))
  })

  test('with a teacher go their groups; a student only leaves', async () => {
    await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, ada.id))
    assert.deepEqual(await db.sql('select id from practice.groups where id = any ($1)', [[id, another]]), [{ id: another }])
    assert.deepEqual(await peopleOf(bo, another), [])
    await db.database.write(theServer, (tx) => practiceOfPerson.erase(tx, ada.id)) // again changes nothing
  })
})

describe('all at once', async () => {
  const people: Person[] = []
  for (let n = 0; n < many; n++) people.push(await person(`Person ${n}`))
  const fill = (group: string, to: number) =>
    db.sql(
      `with made as (insert into auth.users (id, aud, role, email) select gen_random_uuid(), 'authenticated', 'authenticated', gen_random_uuid() || '@example.test'
         from generate_series(1, $2) returning id)
       insert into practice.group_members (group_id, person_id) select $1, id from made`,
      [group, to],
    )

  test(`of ${many} who reach for the last place, one is in and the others are told`, async () => {
    for (let round = 1; round <= rounds; round++) {
      const { id, link } = await group(await person('Teacher'))
      await fill(id, 199)
      const { won, refused } = await race(people.map(({ acting }) => ({ as: acting, does: 'select private.join_group($1)', with: [link] })))
      assert.deepEqual([won.length, refused], [1, { group_is_full: many - 1 }])
    }
  })

  test('of people who join while the teacher takes the link away, blocks one and ends it, nobody is left in it', async () => {
    for (let round = 1; round <= rounds; round++) {
      const teacher = await person('Teacher')
      const { id, link } = await group(teacher)
      const acts = people.map(({ acting, id: whom }, n) =>
        n === 0
          ? { as: teacher.acting, does: 'select private.end_group($1)', with: [id] }
          : n === 1
            ? { as: teacher.acting, does: 'insert into safety.blocks (blocked_id) values ($1)', with: [people[2]!.id] }
            : n === 3
              ? { as: teacher.acting, does: 'select private.set_group_link($1)', with: [id] }
              : { as: acting, does: 'select private.join_group($1), $2::uuid', with: [link, whom] },
      )
      const { refused } = await race(acts)
      assert.deepEqual(
        Object.keys(refused).filter((name) => name !== 'no_such_group'),
        [],
      )
      assert.deepEqual(await db.sql('select from practice.group_members where group_id = $1', [id]), [])
    }
  })

  test('somebody who joins while the teacher blocks them is not in it afterwards', async () => {
    for (let round = 1; round <= rounds; round++) {
      const teacher = await person('Teacher')
      const { id, link } = await group(teacher)
      await race(
        people.slice(0, 20).flatMap(({ acting, id: whom }) => [
          { as: acting, does: 'select private.join_group($1)', with: [link] },
          { as: teacher.acting, does: 'insert into safety.blocks (blocked_id) values ($1)', with: [whom] },
        ]),
      )
      assert.deepEqual(await db.sql('select from practice.group_members where group_id = $1', [id]), [])
    }
  })
})
