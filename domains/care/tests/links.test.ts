import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, theServer } from '#tests/database.ts'
import {
  aCrowd,
  aDoctor,
  anAdministrator,
  aPatient,
  asked,
  asking,
  aVerifiedDoctor,
  block,
  linked,
  outcome,
  refused,
  statusOf,
  tally,
  unblock,
} from './scene.ts'

const db = await freshDatabase()
const does = asking(db.database)
const ruth = await anAdministrator(db)
const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
const tomasz = await aDoctor(db, 'Tomasz Zieliński')
const accept = (link: number) => `select private.accept_patient(${link})`
const decline = (link: number) => `select private.decline_patient(${link})`
const end = (link: number) => `select private.end_link(${link})`
const ask = (doctor: { id: string }) => `select private.ask_doctor('${doctor.id}') as link`
const stepsOf = async (link: number) =>
  (
    await db.sql<{ step: string; actor_id: string }>('select step, actor_id from care.link_events where link_id = $1 order by id', [link])
  ).map(({ step, actor_id }) => ({ step, by: actor_id }))

describe('a patient and a doctor', () => {
  test('find together, part, and find together again, and each step says who took it', async () => {
    const daniel = await aPatient(db, 'Daniel')
    const link = await asked(db, daniel, leila)
    await does(leila.acting, decline(link))
    assert.equal(await asked(db, daniel, leila), link)
    await does(leila.acting, accept(link))
    await does(daniel.acting, end(link))
    assert.equal(await statusOf(db, link), 'ended')
    assert.deepEqual(await stepsOf(link), [
      { step: 'asked', by: daniel.id },
      { step: 'declined', by: leila.id },
      { step: 'asked', by: daniel.id },
      { step: 'accepted', by: leila.id },
      { step: 'ended', by: daniel.id },
    ])
  })

  test('the patient takes a request back', async () => {
    const daniel = await aPatient(db, 'Daniel')
    const link = await asked(db, daniel, leila)
    await does(daniel.acting, end(link))
    assert.deepEqual((await stepsOf(link)).at(-1), { step: 'taken_back', by: daniel.id })
  })

  test('have one conversation, however often they find together', async () => {
    const daniel = await aPatient(db, 'Daniel')
    const { link, conversation } = await linked(db, daniel, leila)
    await does(leila.acting, end(link))
    assert.deepEqual(await linked(db, daniel, leila), { link, conversation })
  })
})

describe('refused is', async () => {
  const daniel = await aPatient(db, 'Daniel')
  const link = await asked(db, daniel, leila)

  test('who has no profile here', async () => {
    await assert.rejects(does(ruth.acting, ask(leila)), refused('no_care_profile'))
  })
  test('whoever asks nobody, a patient, themselves', async () => {
    const mei = await aPatient(db, 'Mei')
    await assert.rejects(does(daniel.acting, ask({ id: '00000000-0000-4000-8000-000000000000' })), refused('doctor_not_found'))
    await assert.rejects(does(daniel.acting, ask(mei)), refused('doctor_not_found'))
    await assert.rejects(does(leila.acting, ask(leila)), refused('nobody_is_their_own_doctor'))
  })
  test('whoever asks a doctor who has left', async () => {
    const gone = await aDoctor(db, 'Gone')
    await db.sql('update auth.users set deleted_at = now() where id = $1', [gone.id])
    await assert.rejects(does(daniel.acting, ask(gone)), refused('doctor_not_found'))
  })
  test('the patient who accepts or declines themselves', async () => {
    await assert.rejects(does(daniel.acting, accept(link)), refused('only_the_doctor_accepts'))
    await assert.rejects(does(daniel.acting, decline(link)), refused('only_the_doctor_accepts'))
  })
  test('the doctor who takes back what the patient asked', () =>
    assert.rejects(does(leila.acting, end(link)), refused('link_cannot_do_that')))
  test('a doctor who is not verified, and one whose verification has run out', async () => {
    const unverified = await asked(db, daniel, tomasz)
    await assert.rejects(does(tomasz.acting, accept(unverified)), refused('doctor_not_verified'))
    const lapsed = await aVerifiedDoctor(db, ruth, 'Lapsed')
    await db.sql(
      `update care.verification_requests set reviewed_at = now() - interval '2 days', expires_at = now() - interval '1 day' where doctor_id = $1`,
      [lapsed.id],
    )
    const late = await asked(db, daniel, lapsed)
    await assert.rejects(does(lapsed.acting, accept(late)), refused('doctor_not_verified'))
  })
  test('who has no part in it, as if there were none', async () => {
    for (const { acting } of [tomasz, ruth, await aPatient(db, 'Mei')])
      for (const text of [accept(link), decline(link), end(link)]) await assert.rejects(does(acting, text), refused('no_such_link'))
  })
  test('asking again what is asked or active', async () => {
    await assert.rejects(does(daniel.acting, ask(leila)), refused('link_cannot_do_that'))
    await does(leila.acting, accept(link))
    await assert.rejects(does(daniel.acting, ask(leila)), refused('link_cannot_do_that'))
    await assert.rejects(does(leila.acting, accept(link)), refused('link_cannot_do_that'))
    await assert.rejects(does(leila.acting, decline(link)), refused('link_cannot_do_that'))
  })
})

describe('blocking', () => {
  test('reaches the link from wherever it stands, and unblocking leaves it ended', async () => {
    for (const bring of ['requested', 'active', 'ended'] as const) {
      const daniel = await aPatient(db, 'Daniel')
      const link = await asked(db, daniel, leila)
      if (bring === 'active') await does(leila.acting, accept(link))
      if (bring === 'ended') await does(leila.acting, decline(link))
      await block(db, leila, daniel)
      assert.equal(await statusOf(db, link), 'blocked', bring)
      assert.deepEqual((await stepsOf(link)).at(-1), { step: 'blocked', by: leila.id })
      await unblock(db, leila, daniel)
      assert.equal(await statusOf(db, link), 'ended', bring)
      assert.deepEqual((await stepsOf(link)).at(-1), { step: 'unblocked', by: leila.id })
    }
  })

  test('reaches two doctors who are patients of each other, both ways', async () => {
    const [one, other] = [await aVerifiedDoctor(db, ruth, 'One'), await aVerifiedDoctor(db, ruth, 'Other')]
    const links = [(await linked(db, one, other)).link, (await linked(db, other, one)).link]
    await block(db, one, other)
    for (const link of links) assert.equal(await statusOf(db, link), 'blocked')
  })

  test('holds until the last of two who block each other takes it back', async () => {
    const daniel = await aPatient(db, 'Daniel')
    const { link } = await linked(db, daniel, leila)
    await block(db, daniel, leila)
    await block(db, leila, daniel)
    await unblock(db, daniel, leila)
    assert.equal(await statusOf(db, link), 'blocked')
    await unblock(db, leila, daniel)
    assert.equal(await statusOf(db, link), 'ended')
  })

  test('is not undone by whom it keeps away', async () => {
    const daniel = await aPatient(db, 'Daniel')
    const { link } = await linked(db, daniel, leila)
    await block(db, leila, daniel)
    await unblock(db, daniel, leila)
    assert.equal(await statusOf(db, link), 'blocked')
    for (const text of [end(link), accept(link)]) await assert.rejects(does(daniel.acting, text), refused('no_such_link'))
    for (const text of [end(link), accept(link)]) await assert.rejects(does(leila.acting, text), refused('link_cannot_do_that'))
    await assert.rejects(
      db.sql(`update care.patient_doctor_links set status = 'ended' where id = $1`, [link]),
      refused('only_who_blocked_unblocks'),
    )
    await assert.rejects(does(daniel.acting, ask(leila)), refused('doctor_not_found'))
  })

  test('keeps away whoever never asked, and does not say so', async () => {
    const daniel = await aPatient(db, 'Daniel')
    await block(db, leila, daniel)
    await assert.rejects(does(daniel.acting, ask(leila)), refused('doctor_not_found'))
  })
})

describe('not even the owner of the database', () => {
  const states = ['requested', 'active', 'ended', 'blocked'] as const
  const drawn = [
    'requested active',
    'requested ended',
    'requested blocked',
    'active ended',
    'active blocked',
    'ended requested',
    'ended blocked',
    'blocked ended',
  ]

  // In the name of whoever would have to take the step, so that nothing but the drawing can refuse it.
  for (const from of states)
    for (const to of states.filter((to) => to !== from && !drawn.includes(`${from} ${to}`)))
      test(`takes a link from ${from} to ${to}`, async () => {
        const daniel = await aPatient(db, 'Daniel')
        const link = await asked(db, daniel, leila)
        if (from === 'active' || from === 'ended') await does(leila.acting, from === 'active' ? accept(link) : decline(link))
        if (from === 'blocked') await block(db, daniel, leila)
        assert.equal(await statusOf(db, link), from)
        await assert.rejects(
          db.sql('update care.patient_doctor_links set status = $2 where id = $1', [link, to]),
          refused('link_cannot_do_that'),
        )
      })

  test('makes one that is active, says for others that they ask or accept, or exchanges who is in it', async () => {
    const [daniel, mei] = [await aPatient(db, 'Daniel'), await aPatient(db, 'Mei')]
    const make = 'insert into care.patient_doctor_links (patient_id, doctor_id, status) values ($1, $2, $3)'
    await assert.rejects(db.sql(make, [daniel.id, leila.id, 'active']), refused('link_cannot_do_that'))
    await assert.rejects(db.sql(make, [daniel.id, leila.id, 'requested']), refused('only_the_patient_asks'))
    const link = await asked(db, daniel, leila)
    await assert.rejects(
      db.sql(`update care.patient_doctor_links set status = 'active' where id = $1`, [link]),
      refused('only_the_doctor_accepts'),
    )
    await assert.rejects(
      db.sql(`update care.patient_doctor_links set status = 'blocked' where id = $1`, [link]),
      refused('link_cannot_do_that'),
    )
    await assert.rejects(
      db.sql('update care.patient_doctor_links set patient_id = $2 where id = $1', [link, mei.id]),
      refused('link_cannot_do_that'),
    )
  })

  test('changes how it went, or forgets it', async () => {
    for (const text of [`update care.link_events set step = 'ended'`, 'delete from care.link_events', 'truncate care.link_events'])
      await assert.rejects(db.sql(text), refused('audit_is_append_only'))
    for (const text of [
      'delete from care.patient_doctor_links',
      'truncate care.patient_doctor_links cascade',
      'delete from care.conversations',
    ])
      await assert.rejects(db.sql(text), (error: { constraint: string }) => /care_record_stays|audit_is_append_only/.test(error.constraint))
  })
})

describe('at once', () => {
  const crowd = aCrowd(db)
  const rounds = 5

  test('of fifty who accept one accepts, and the event is one', async () => {
    for (let round = 0; round < rounds; round++) {
      const daniel = await aPatient(db, 'Daniel')
      const link = await asked(db, daniel, leila)
      const said = await Promise.all(Array.from({ length: 50 }, () => outcome(crowd(leila.acting, accept(link)))))
      assert.deepEqual(tally(said), { done: 1, link_cannot_do_that: 49 })
      assert.equal((await stepsOf(link)).filter(({ step }) => step === 'accepted').length, 1)
    }
  })

  test('accepting, declining, ending and taking back leave a history that is drawn', async () => {
    for (let round = 0; round < rounds; round++) {
      const daniel = await aPatient(db, 'Daniel')
      const link = await asked(db, daniel, leila)
      const doing = [
        () => crowd(leila.acting, accept(link)),
        () => crowd(leila.acting, decline(link)),
        () => crowd(daniel.acting, end(link)),
        () => crowd(daniel.acting, ask(leila)),
        () => crowd(leila.acting, end(link)),
      ]
      const said = await Promise.all(Array.from({ length: 50 }, (_, n) => outcome(doing[n % doing.length]!())))
      assert.deepEqual(Object.keys(tally(said)).toSorted(), ['done', 'link_cannot_do_that'])
      const after: Record<string, string[]> = {
        asked: ['accepted', 'declined', 'taken_back'],
        accepted: ['ended'],
        declined: ['asked'],
        taken_back: ['asked'],
        ended: ['asked'],
      }
      const steps = (await stepsOf(link)).map(({ step }) => step)
      assert.equal(steps.length, 1 + tally(said)['done']!)
      for (const [n, step] of steps.slice(1).entries()) assert.ok(after[steps[n]!]!.includes(step), steps.join(' '))
    }
  })

  test('people who leave take their blocks along, whoever else blocked the same ones', async () => {
    for (let round = 0; round < rounds; round++) {
      const doctors = await Promise.all(Array.from({ length: 4 }, (_, n) => aDoctor(db, `d${n}`)))
      const patients = await Promise.all(Array.from({ length: 6 }, (_, n) => aPatient(db, `p${n}`)))
      for (const patient of patients) await asked(db, patient, doctors[0]!)
      await db.sql(
        `insert into safety.blocks (blocker_id, blocked_id) select p, d from unnest($1::uuid[]) p, unnest($2::uuid[]) d order by md5(p::text || d::text)`,
        [patients.map(({ id }) => id), doctors.map(({ id }) => id)],
      )
      await Promise.all(patients.map(({ id }) => crowd(theServer, `select private.erase_safety('${id}')`)))
      const left = await db.sql(`select distinct status from care.patient_doctor_links where doctor_id = $1`, [doctors[0]!.id])
      assert.deepEqual(left, [{ status: 'ended' }])
    }
  })

  test('asking and blocking: whoever comes first, no request is open behind a block', async () => {
    for (let round = 0; round < rounds; round++) {
      const patients = await Promise.all(Array.from({ length: 25 }, (_, n) => aPatient(db, `p${n}`)))
      await Promise.all(
        patients.flatMap((patient) => [
          outcome(crowd(patient.acting, ask(leila))),
          outcome(crowd(leila.acting, `insert into safety.blocks (blocked_id) values ('${patient.id}')`)),
        ]),
      )
      const open = await db.sql(`select from care.patient_doctor_links where status <> 'blocked' and patient_id = any ($1)`, [
        patients.map(({ id }) => id),
      ])
      assert.equal(open.length, 0)
    }
  })
})
