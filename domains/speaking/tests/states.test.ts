import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshDatabase, someone } from '#tests/database.ts'
import { persona, reportOn, scenarioIn, scenarioWays, sessionIn, sessionWays, subscriptionIn, subscriptionWays } from './scene.ts'

// All of it as the owner, whom no policy holds: what is refused here, no function of ours gets past either.
const db = await freshDatabase()
const ruth = await someone(db, 'ruth')
await db.sql(`insert into identity.admins (user_id, reason) values ($1, 'a test')`, [ruth.id])
const scenario = await scenarioIn(db, ruth.id)
const put = (table: string, id: string, status: string) => db.sql(`update speaking.${table} set status = $2 where id = $1`, [id, status])
const person = async () => (await someone(db, 'candidate')).id

// As drawn in the README.
const drawn: Record<string, Record<string, readonly string[]>> = {
  scenarios: { draft: ['published'], published: ['retired'], retired: ['draft'] },
  sessions: {
    preparing: ['speaking', 'abandoned'],
    speaking: ['assessing', 'abandoned'],
    assessing: ['completed', 'abandoned'],
    completed: ['removed'],
    abandoned: ['removed'],
    removed: [],
  },
  subscriptions: {
    pending: ['active', 'ended'],
    active: ['past_due', 'cancelled'],
    past_due: ['active', 'ended'],
    cancelled: ['active', 'ended'],
    ended: [],
  },
}
const machines = [
  {
    table: 'scenarios',
    refusal: 'scenario_cannot_do_that',
    make: (status: string) => scenarioIn(db, ruth.id, status as keyof typeof scenarioWays),
  },
  {
    table: 'sessions',
    refusal: 'session_cannot_do_that',
    make: async (status: string) => sessionIn(db, await person(), scenario, status as keyof typeof sessionWays),
  },
  {
    table: 'subscriptions',
    refusal: 'subscription_cannot_do_that',
    make: async (status: string) => subscriptionIn(db, await person(), status as keyof typeof subscriptionWays),
  },
]

for (const { table, refusal, make } of machines)
  describe(table, () => {
    for (const [from, ways] of Object.entries(drawn[table]!))
      for (const to of Object.keys(drawn[table]!).filter((to) => to !== from))
        if (ways.includes(to))
          test(`go from ${from} to ${to}`, async () => {
            const id = await make(from)
            if (to === 'completed') await reportOn(db, id)
            await put(table, id, to)
          })
        else test(`cannot go from ${from} to ${to}`, async () => assert.rejects(put(table, await make(from), to), { constraint: refusal }))

    test('know no other word', async () => {
      const id = await make(Object.keys(drawn[table]!)[0]!)
      await assert.rejects(put(table, id, 'lost'), { constraint: refusal })
    })

    test('are not deleted', async () => {
      for (const text of [`delete from speaking.${table}`, `truncate speaking.${table} cascade`])
        await assert.rejects(db.sql(text), { constraint: 'nothing_is_deleted' })
    })
  })

describe('nothing is born further on', () => {
  for (const [table, refusal, insert] of [
    [
      'scenario',
      'scenario_cannot_do_that',
      `insert into speaking.scenarios (title, description, patient_persona, clinical_area, target_profession, difficulty_level, created_by_admin_id, status)
       values ('A cough', 'Card', '${JSON.stringify(persona)}', 'respiratory', 'doctor', 'standard', '${ruth.id}', 'published')`,
    ],
    [
      'session',
      'session_cannot_do_that',
      `insert into speaking.sessions (user_id, scenario_id, status, transcript_agreed_at) values ('${ruth.id}', '${scenario}', 'completed', now())`,
    ],
    [
      'subscription',
      'subscription_cannot_do_that',
      `insert into speaking.subscriptions (user_id, plan_name, status, current_period_start, current_period_end) values ('${ruth.id}', 'monthly', 'active', now(), 'infinity')`,
    ],
  ] as const)
    test(`no ${table}`, () => assert.rejects(db.sql(insert), { constraint: refusal }))
})

describe('a session', () => {
  test('cannot play a draft, a retired scenario, or none', async () => {
    const play = async (scenario: string) => sessionIn(db, await person(), scenario, 'preparing')
    for (const status of ['draft', 'retired'] as const)
      await assert.rejects(play(await scenarioIn(db, ruth.id, status)), { constraint: 'scenario_not_published' })
    await assert.rejects(play(crypto.randomUUID()), { constraint: 'scenario_not_published' })
  })

  test('cannot move to a scenario that is not published', async () => {
    const id = await sessionIn(db, await person(), scenario, 'preparing')
    const other = await scenarioIn(db, ruth.id, 'retired')
    await assert.rejects(db.sql('update speaking.sessions set scenario_id = $2 where id = $1', [id, other]), {
      constraint: 'scenario_not_published',
    })
  })

  test('is not assessed unless its candidate agreed to a transcript', async () => {
    const id = await sessionIn(db, await person(), scenario, 'speaking')
    await db.sql('update speaking.sessions set transcript_agreed_at = null where id = $1', [id])
    await assert.rejects(put('sessions', id, 'assessing'), { constraint: 'transcript_needs_your_choice' })
    await put('sessions', id, 'abandoned')
  })

  test('is not completed without its report', async () =>
    assert.rejects(put('sessions', await sessionIn(db, await person(), scenario, 'assessing'), 'completed'), {
      constraint: 'session_cannot_do_that',
    }))

  test('takes no longer than a talk does', async () => {
    const id = await sessionIn(db, await person(), scenario, 'speaking')
    for (const seconds of [-1, 7_201])
      await assert.rejects(db.sql('update speaking.sessions set duration_seconds = $2 where id = $1', [id, seconds]), {
        constraint: 'duration_is_of_one_talk',
      })
  })

  test('keeps the instant at which it was made', async () => {
    const id = await sessionIn(db, await person(), scenario, 'preparing')
    await db.sql(`update speaking.sessions set created_at = '2020-01-01' where id = $1`, [id])
    const [row] = await db.sql(`select created_at > now() - interval '1 hour' as young from speaking.sessions where id = $1`, [id])
    assert.equal(row!['young'], true)
  })
})

describe('a scenario', async () => {
  test('is published by an administrator alone', async () => {
    const jonas = await person()
    const id = await scenarioIn(db, jonas, 'draft')
    await assert.rejects(put('scenarios', id, 'published'), { constraint: 'only_administrators_publish' })
    await db.sql('update speaking.scenarios set created_by_admin_id = $2 where id = $1', [id, ruth.id])
    await put('scenarios', id, 'published')
  })

  test('stands as it was published, also when it is retired; a draft of it may change', async () => {
    const id = await scenarioIn(db, ruth.id)
    const change = (set: string) => db.sql(`update speaking.scenarios set ${set} where id = $1`, [id])
    const changes = [
      `description = 'Another card'`,
      `patient_persona = patient_persona || '{"age": 3}'`,
      `target_profession = 'nurse'`,
      'is_ai_generated = true',
    ]
    for (const set of changes) await assert.rejects(change(set), { constraint: 'scenario_cannot_do_that' })
    await change(`clinically_reviewed_by = 'Dr Leila Haddad', clinically_reviewed_on = '2026-11-01', review_by = '2027-11-01'`)
    await put('scenarios', id, 'retired')
    for (const set of changes) await assert.rejects(change(set), { constraint: 'scenario_cannot_do_that' })
    await put('scenarios', id, 'draft')
    for (const set of changes) await change(set)
  })

  test('is reviewed by a name, on a day and until a day, or not at all', async () => {
    const id = await scenarioIn(db, ruth.id, 'draft')
    const sign = (by: string | null, on: string | null, until: string | null) =>
      db.sql('update speaking.scenarios set clinically_reviewed_by = $2, clinically_reviewed_on = $3, review_by = $4 where id = $1', [
        id,
        by,
        on,
        until,
      ])
    for (const [by, on, until] of [
      ['Dr Haddad', null, null],
      [null, '2026-11-01', '2027-11-01'],
      ['Dr Haddad', '2026-11-01', '2026-11-01'],
      [' ', '2026-11-01', '2027-11-01'],
    ] as const)
      await assert.rejects(sign(by, on, until), { constraint: 'review_is_signed_and_dated' })
    await sign('Dr Haddad', '2026-11-01', '2027-11-01')
  })

  const draft = await scenarioIn(db, ruth.id, 'draft')
  for (const [says, wrong] of Object.entries({
    'is not an object': [persona],
    'has no name': { ...persona, name: ' ' },
    'has an age of letters': { ...persona, age: '67' },
    'is older than anybody': { ...persona, age: 121 },
    'opens with nothing': { ...persona, opens_with: undefined },
    'holds back what is no list': { ...persona, holds_back: 'a secret' },
    'worries about a number': { ...persona, worries: [9] },
    'worries about nothing in particular': { ...persona, worries: [' '] },
    'has no worries at all': { ...persona, worries: undefined },
    'is a novel': { ...persona, past: 'x'.repeat(10_000) },
  }))
    test(`cannot have a patient who ${says}`, () =>
      assert.rejects(db.sql('update speaking.scenarios set patient_persona = $2 where id = $1', [draft, JSON.stringify(wrong)]), {
        constraint: 'patient_persona_has_its_shape',
      }))

  test('is for a profession there is, and as hard as one of three words', async () => {
    const set = (text: string) => db.sql(`update speaking.scenarios set ${text} where id = $1`, [draft])
    await assert.rejects(set(`target_profession = 'astrologer'`), { constraint: 'unknown_profession' })
    await assert.rejects(set(`difficulty_level = 'impossible'`), { constraint: 'difficulty_is_known' })
    await assert.rejects(set(`title = ' '`), { constraint: 'title_is_there' })
  })
})

describe('a subscription', () => {
  test('is one at a time', async () => {
    const amara = await person()
    await subscriptionIn(db, amara, 'cancelled')
    await assert.rejects(subscriptionIn(db, amara, 'pending'), { constraint: 'one_subscription_at_a_time' })
  })

  test('may follow one that ended', async () => {
    const amara = await person()
    await subscriptionIn(db, amara, 'ended')
    await subscriptionIn(db, amara, 'active')
  })

  test('has a period that ends after it begins', async () => {
    const id = await subscriptionIn(db, await person(), 'active')
    await assert.rejects(db.sql('update speaking.subscriptions set current_period_end = current_period_start where id = $1', [id]), {
      constraint: 'period_has_a_length',
    })
  })

  test('says when it last changed', async () => {
    const id = await subscriptionIn(db, await person(), 'active')
    const [row] = await db.sql('select updated_at > created_at as later from speaking.subscriptions where id = $1', [id])
    assert.equal(row!['later'], true)
  })
})
