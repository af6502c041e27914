import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase, theServer } from '#tests/database.ts'
import {
  aCrowd,
  aDoctor,
  anAdministrator,
  aPatient,
  asked,
  asking,
  askToBeVerified,
  aVerifiedDoctor,
  outcome,
  refused,
  tally,
  type Person,
} from './scene.ts'

const db = await freshDatabase()
const does = asking(db.database)
const ruth = await anAdministrator(db)
const verify = (request: number, evidence = 'Entry seen online', until = '1 year', reason = 'papers in order') =>
  sql`select private.verify_doctor(${request}::bigint, ${evidence}, now() + ${until}::interval, ${reason})`
const reject = (request: number, reason = 'not found') =>
  sql`select private.reject_verification(${request}::bigint, 'We did not find the number.', ${reason})`
const isVerified = async (of: Person) =>
  (await db.sql<{ is_verified: boolean }>('select is_verified from care.profiles where id = $1', [of.id]))[0]!.is_verified
const stateOf = async (request: number) =>
  (await db.sql<{ status: string }>('select status from care.verification_requests where id = $1', [request]))[0]!.status

describe('a doctor', () => {
  test('asks, is verified from evidence, and their profile says what was checked', async () => {
    const doctor = await aDoctor(db, 'Dr L')
    const request = await askToBeVerified(db, doctor, 'Leila Haddad', 'A-77')
    assert.ok(
      (await does<{ id: string }>(ruth.acting, 'select id from private.verifications_to_review()')).some(
        ({ id }) => Number(id) === request,
      ),
    )
    await does(ruth.acting, verify(request))
    assert.deepEqual(await does(doctor.acting, 'select full_name, license_number, is_verified from care.profiles'), [
      { full_name: 'Leila Haddad', license_number: 'A-77', is_verified: true },
    ])
    const [entry] = await db.sql(`select actor, reason from audit.entries where action = 'care.doctor-verified' and subject_id = $1`, [
      doctor.id,
    ])
    assert.deepEqual(entry, { actor: ruth.id, reason: 'papers in order' })
  })

  test('who is refused is told why, and asks again', async () => {
    const doctor = await aDoctor(db, 'Tomasz')
    const request = await askToBeVerified(db, doctor)
    await does(ruth.acting, reject(request))
    assert.deepEqual(await does(doctor.acting, 'select status, answer from care.verification_requests'), [
      { status: 'rejected', answer: 'We did not find the number.' },
    ])
    assert.equal(await isVerified(doctor), false)
    await askToBeVerified(db, doctor)
  })

  test('asks once at a time, and takes it back', async () => {
    const doctor = await aDoctor(db, 'Tomasz')
    const request = await askToBeVerified(db, doctor)
    await assert.rejects(askToBeVerified(db, doctor), refused('one_request_waits_at_a_time'))
    const takeBack = `select private.take_back_verification_request(${request})`
    await assert.rejects(does((await aDoctor(db, 'Other')).acting, takeBack), refused('no_such_request'))
    await does(doctor.acting, takeBack)
    await assert.rejects(does(doctor.acting, takeBack), refused('no_such_request'))
    await assert.rejects(does(ruth.acting, verify(request)), refused('no_such_request'))
  })

  test('does not put another name or number beside the sign; with a new one they ask anew', async () => {
    const doctor = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
    for (const change of [`full_name = 'Somebody Else'`, `license_number = 'B-2'`, `certification = 'Surgery'`])
      await assert.rejects(
        does(doctor.acting, `update care.profiles set ${change} where id = '${doctor.id}'`),
        refused('verified_details_stay'),
      )
    await does(doctor.acting, `update care.profiles set phone = '123' where id = '${doctor.id}'`)
    const before = await db.sql<{ id: string }>('select id from care.verification_requests where doctor_id = $1', [doctor.id])
    await does(ruth.acting, verify(await askToBeVerified(db, doctor, 'Leila Haddad-Brook')))
    assert.deepEqual(await does(doctor.acting, 'select full_name from care.profiles'), [{ full_name: 'Leila Haddad-Brook' }])
    assert.equal(await stateOf(Number(before[0]!.id)), 'ended')
  })

  test('shows a paper, which administrators see while they decide', async () => {
    const doctor = await aDoctor(db, 'Tomasz')
    const [file] = await db.sql<{ id: string }>(
      `insert into files.objects (owner_id, purpose, name, state, mime, size, sha256, object_path, expires_at)
       values ($1, 'verification_evidence', 'licence.pdf', 'clean', 'application/pdf', 1, repeat('0', 64), 'aa/bb/x', now() + interval '1 day') returning id`,
      [doctor.id],
    )
    const [row] = await does<{ id: string }>(
      doctor.acting,
      sql`select private.ask_for_verification('T Z', 'C-1', 'Register', null, ${file!.id}::uuid) as id`,
    )
    const download = sql`select private.download(${file!.id}::uuid)`
    await does(ruth.acting, download)
    await assert.rejects(does((await aPatient(db, 'Mei')).acting, download), refused('no_such_file'))
    await does(ruth.acting, reject(Number(row!.id)))
    await assert.rejects(does(ruth.acting, download), refused('no_such_file'))
  })

  test('is verified until a day; then the sign goes by itself', async () => {
    const doctor = await aVerifiedDoctor(db, ruth, 'Lapsing')
    await db.sql(
      `update care.verification_requests set reviewed_at = now() - interval '9 days', expires_at = now() - interval '1 day' where doctor_id = $1`,
      [doctor.id],
    )
    assert.deepEqual(await does(theServer, 'select private.end_expired_verifications() as ended'), [{ ended: 1 }])
    assert.equal(await isVerified(doctor), false)
    assert.deepEqual(await does(theServer, 'select private.end_expired_verifications() as ended'), [{ ended: 0 }])
  })

  test('loses it at the word of an administrator, and keeps their patients', async () => {
    const doctor = await aVerifiedDoctor(db, ruth, 'Struck Off')
    const daniel = await aPatient(db, 'Daniel')
    const link = await asked(db, daniel, doctor)
    await does(doctor.acting, `select private.accept_patient(${link})`)
    await does(ruth.acting, sql`select private.end_verification(${doctor.id}::uuid, 'told by the register')`)
    assert.equal(await isVerified(doctor), false)
    assert.deepEqual(await does(daniel.acting, 'select status from care.patient_doctor_links'), [{ status: 'active' }])
    const next = await asked(db, await aPatient(db, 'Mei'), doctor)
    await assert.rejects(does(doctor.acting, `select private.accept_patient(${next})`), refused('doctor_not_verified'))
    await assert.rejects(does(ruth.acting, sql`select private.end_verification(${doctor.id}::uuid, 'once more')`), refused('not_verified'))
  })
})

describe('nobody is verified', () => {
  test('but by an administrator', async () => {
    const doctor = await aDoctor(db, 'Tomasz')
    const request = await askToBeVerified(db, doctor)
    for (const act of [
      verify(request),
      reject(request),
      sql`select private.verifications_to_review()`,
      sql`select private.end_verification(${doctor.id}::uuid, 'why not')`,
    ])
      await assert.rejects(does(doctor.acting, act), refused('administrators_only'))
  })

  test('without evidence, a reason, or an end that is near enough', async () => {
    const request = await askToBeVerified(db, await aDoctor(db, 'Tomasz'))
    await assert.rejects(does(ruth.acting, verify(request, '')), refused('verification_needs_evidence'))
    await assert.rejects(does(ruth.acting, verify(request, 'Seen', '1 year', '')), refused('reason_needed'))
    await assert.rejects(does(ruth.acting, verify(request, 'Seen', '-1 day')), refused('verification_expires'))
    await assert.rejects(does(ruth.acting, verify(request, 'Seen', '5 years')), refused('verification_expires'))
    assert.equal(await stateOf(request), 'waiting')
  })

  test('by themselves', async () => {
    await db.sql(`insert into care.profiles (id, full_name, role) values ($1, 'Ruth', 'doctor')`, [ruth.id])
    const request = await askToBeVerified(db, ruth, 'Ruth')
    await assert.rejects(does(ruth.acting, verify(request)), refused('nobody_verifies_themselves'))
  })

  test('who is a patient', async () => {
    const daniel = await aPatient(db, 'Daniel')
    await assert.rejects(askToBeVerified(db, daniel), refused('not_a_doctor'))
    await assert.rejects(
      db.sql('update care.profiles set is_verified = true where id = $1', [daniel.id]),
      refused('verification_needs_evidence'),
    )
  })

  test('by the owner of the database, with nothing behind it', async () => {
    const doctor = await aDoctor(db, 'Tomasz')
    await assert.rejects(
      db.sql('update care.profiles set is_verified = true where id = $1', [doctor.id]),
      refused('verification_needs_evidence'),
    )
    const request = await askToBeVerified(db, doctor)
    await assert.rejects(
      db.sql(`update care.verification_requests set status = 'approved' where id = $1`, [request]),
      refused('verification_needs_evidence'),
    )
    await does(ruth.acting, reject(request))
    for (const status of ['waiting', 'approved', 'withdrawn', 'ended'])
      await assert.rejects(
        db.sql('update care.verification_requests set status = $2 where id = $1', [request, status]),
        refused('verification_cannot_do_that'),
      )
  })
})

test('two administrators who decide at once decide once', async () => {
  const crowd = aCrowd(db)
  const hana = await anAdministrator(db)
  for (let round = 0; round < 5; round++) {
    const request = await askToBeVerified(db, await aDoctor(db, 'Tomasz'))
    const said = await Promise.all(
      Array.from({ length: 50 }, (_, n) => outcome(crowd((n % 2 ? ruth : hana).acting, n % 3 ? verify(request) : reject(request)))),
    )
    assert.deepEqual(tally(said), { done: 1, no_such_request: 49 })
  }
})
