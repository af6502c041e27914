import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase } from '#tests/database.ts'
import { notAllowed, refused, theatre } from './scene.ts'

const db = await freshDatabase()
const { ask, person, aCase, act, seated, later } = await theatre(db)
const write = (name: string, condition: string) =>
  db.sql(
    `insert into practice.cases (candidate_brief, actor_brief, markscheme, category, condition, case_name, domain)
     values ('a', 'b', 'c', 'd', $2, $1, 'ethics')`,
    [name, condition],
  )

describe('a case’s name', () => {
  for (const [name, condition] of [
    ['Asthma at school', 'Asthma'],
    ['An acute-asthma evening', 'Acute asthma'],
    ['The ASTHMATIC cyclist', 'asthma'],
    ['Type 2   diabetes, newly found', 'type-2 diabetes'],
  ])
    test(`"${name}" gives ${condition} away`, () => assert.rejects(write(name!, condition!), refused('name_gives_the_case_away')))

  test('is well where it does not', async () => {
    await write('A cyclist short of breath', 'Asthma')
    await write('Acute worry about school', 'Acute asthma')
  })

  test('cannot hide behind a condition of nothing', () => assert.rejects(write('A cyclist', ' – '), refused('condition_is_named')))
  test('cannot be changed to give it away', async () => {
    await assert.rejects(
      db.sql(`update practice.cases set case_name = 'Asthma' where condition = 'Asthma'`),
      refused('name_gives_the_case_away'),
    )
  })
})

describe('a signature', async () => {
  const [author, clinician, admin] = [await person('Ada'), await person('Bo'), await person('Ruth')]
  await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [admin.id])
  const { id, items } = await aCase()
  await db.sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, author.id])
  const edition = async () => (await db.sql<{ edition: number }>('select edition from practice.cases where id = $1', [id]))[0]!.edition
  const reviewed = async () =>
    (await ask(aStranger, 'select named_as from private.reviewed_cases() where case_id = $1', [id])).map(({ named_as }) => named_as)
  const sign = async (who: typeof author, { of = 0, days = 365, as = 'Dr Bo Berg, GP' } = {}) =>
    ask(who.acting, 'select private.sign_case($1, $2, $3, current_date + $4::integer)', [id, of || (await edition()), as, days])

  test('is asked for by an administrator, of somebody who did not write the case', async () => {
    const please = (who: typeof author, of: string) => ask(who.acting, `select private.ask_to_review($1, $2, 'knows the field')`, [id, of])
    await assert.rejects(please(author, clinician.id), refused('administrators_only'))
    await assert.rejects(please(admin, author.id), refused('nobody_reviews_their_own_case'))
    await assert.rejects(
      ask(admin.acting, `select private.ask_to_review(gen_random_uuid(), $1, 'knows the field')`, [clinician.id]),
      refused('no_such_case'),
    )
    await please(admin, clinician.id)
    await please(admin, clinician.id)
  })

  test('is not given by just anybody, unnamed, or for ever', async () => {
    await assert.rejects(sign(author), refused('not_your_case'))
    await assert.rejects(sign(admin), refused('not_your_case'))
    await assert.rejects(sign(clinician, { as: '  ' }), refused('named_as_is_short'))
    for (const days of [0, -1, 1200]) await assert.rejects(sign(clinician, { days }), refused('review_is_due_within_three_years'))
    await db.sql('insert into practice.case_reviewers (case_id, person_id) values ($1, $2)', [id, author.id])
    await assert.rejects(sign(author), refused('nobody_reviews_their_own_case'))
    assert.deepEqual(await reviewed(), [])
  })

  test('makes a case reviewed, for this edition', async () => {
    await assert.rejects(sign(clinician, { of: 99 }), refused('case_has_changed'))
    await sign(clinician)
    assert.deepEqual(await reviewed(), ['Dr Bo Berg, GP'])
    await assert.rejects(sign(clinician), refused('case_is_signed_already'))
  })

  test('is void once a text, the checklist or a name changed', async () => {
    for (const change of [
      `update practice.cases set actor_brief = actor_brief || '.' where id = $1`,
      `update practice.checklist_items set weight = 2 where case_id = $1 and position = 1`,
      `insert into practice.checklist_items (case_id, position, domain, words) values ($1, 9, 'ethics', 'Says who they are')`,
      `delete from practice.checklist_items where case_id = $1 and position = 9`,
    ]) {
      await db.sql(change, [id])
      assert.deepEqual(await reviewed(), [], change)
      await sign(clinician)
      assert.equal((await reviewed()).length, 1)
    }
    await db.sql(`update practice.cases set category = 'Elsewhere' where id = $1`, [id]) // which nobody signed
    assert.equal((await reviewed()).length, 1)
  })

  test('is over at its review-by date, and not shown of a draft', async () => {
    await db.sql(`update practice.case_signatures set signed_on = current_date - 400, review_by = current_date - 1`)
    assert.deepEqual(await reviewed(), [])
    await db.sql(`update practice.case_signatures set review_by = current_date`)
    assert.equal((await reviewed()).length, 1)
    await db.sql('update practice.cases set published_at = null where id = $1', [id])
    assert.deepEqual(await reviewed(), [])
    await db.sql('update practice.cases set published_at = now() where id = $1', [id])
  })

  test('authors and reviewers read the whole of it, and nobody else', async () => {
    for (const who of [author, clinician]) {
      const [read] = await ask<{ markscheme: string; checklist: { id: string }[] }>(who.acting, 'select * from private.read_case($1)', [id])
      assert.match(read!.markscheme, / markscheme$/)
      assert.equal(read!.checklist[0]!.id, items[0])
    }
    await assert.rejects(ask(admin.acting, 'select private.read_case($1)', [id]), refused('not_your_case'))
    await assert.rejects(ask(aStranger, 'select private.read_case($1)', [id]), notAllowed)
    assert.equal((await ask(admin.acting, 'select from practice.case_authors')).length, 0)
  })

  test('nobody is the candidate in a case that they wrote or checked', async () => {
    const cem = await person('Cem')
    await aCase()
    for (const who of [author, clinician]) {
      const session = await seated(who, cem, { minutes: who === author ? 10 : 90 })
      await assert.rejects(act(cem, 'choose_case', session, id), refused('candidate_knows_the_case'))
      await act(who, 'choose_roles', session, cem.id)
      await act(cem, 'choose_case', session, id)
      await act(who, 'choose_roles', session, who.id)
      if (who === author) await assert.rejects(act(who, 'begin_station', session), refused('candidate_knows_the_case'))
    }
    await assert.rejects(
      ask(
        author.acting,
        `select private.offer_session(current_date + 2, '10:00', 60, 'mock', 'short', case_id => $1, as_candidate => true)`,
        [id],
      ),
      refused('candidate_knows_the_case'),
    )
  })

  test('whoever is asked to check a case while they are its candidate reads it afterwards', async () => {
    const [dee, eli] = [await person('Dee'), await person('Eli')]
    const other = await aCase()
    const session = await seated(dee, eli, { caseId: other.id })
    await act(dee, 'begin_station', session)
    await ask(admin.acting, `select private.ask_to_review($1, $2, 'knows the field')`, [other.id, dee.id])
    await assert.rejects(ask(dee.acting, 'select private.read_case($1)', [other.id]), refused('not_yet'))
    await later(session, 40)
    assert.equal((await ask(dee.acting, 'select from private.read_case($1)', [other.id])).length, 1)
  })
})

test('a draft is on no list', async () => {
  const { id } = await aCase()
  const seen = async () => (await ask(aStranger, 'select id, category, case_name, domain from practice.cases where id = $1', [id])).length
  assert.equal(await seen(), 1)
  await db.sql('update practice.cases set published_at = null where id = $1', [id])
  assert.equal(await seen(), 0)
})
