import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createClient } from '@supabase/supabase-js'
import { freshServer } from '#tests/server.ts'
import { codeOf } from '../totp.ts'
import { mailTo, password, somebody, unlimited } from './scene.ts'

const server = await freshServer({}, [unlimited()])
const { db } = server
const strict = await freshServer()

/** supabase-js with the recovery codes it still calls experimental. */
const device = () =>
  createClient(server.address, server.keys.anon, {
    auth: { autoRefreshToken: false, persistSession: false, experimental: { recoveryCodes: true } },
  })

/** Somebody with an authenticator and recovery codes; and a second device of theirs, signed in by password alone. */
async function withCodes() {
  const ada = await somebody(server)
  const first = device()
  await first.auth.signInWithPassword({ email: ada.email, password })
  const enrolled = await first.auth.mfa.enroll({ factorType: 'totp' })
  assert.equal(enrolled.error, null)
  const { id: factorId, totp } = enrolled.data as { id: string; totp: { secret: string } }
  const step = Math.floor(Date.now() / 30_000)
  const verified = await first.auth.mfa.challengeAndVerify({ factorId, code: codeOf(totp.secret, step) })
  assert.equal(verified.error, null)
  const { data, error } = await first.auth.mfa.recoveryCodes.generate()
  assert.equal(error, null)
  const second = device()
  const { data: signedIn } = await second.auth.signInWithPassword({ email: ada.email, password })
  return { ...ada, first, second, token: signedIn.session!.access_token, codes: data.codes, factorId }
}

async function useCode(token: string, code: string, more: object = {}) {
  const answer = await fetch(`${server.address}/auth/v1/factors/recovery-codes/verify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ code, ...more }),
  })
  return { status: answer.status, body: (await answer.json()) as { access_token?: string; error_code?: string } }
}
const account = (token: string) => fetch(`${server.address}/api/identity/account`, { headers: { authorization: `Bearer ${token}` } })

describe('recovery codes', () => {
  test('are ten, shown once, and kept as hashes', async () => {
    const { id, first, codes } = await withCodes()
    assert.equal(new Set(codes).size, 10)
    for (const code of codes) assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const { data } = await first.auth.mfa.recoveryCodes.getStatus()
    assert.deepEqual([data!.total, data!.remaining], [10, 10])
    const rows = JSON.stringify(await db.sql('select r::text from identity.recovery_codes r where user_id = $1', [id]))
    for (const code of codes) assert.ok(!rows.includes(code))
    assert.equal((await first.auth.mfa.recoveryCodes.generate()).error?.code, 'mfa_verified_factor_exists')
  })

  test('stand in for the second factor, in whatever way they are typed; the person is told, and it is on record', async () => {
    const { id, email, second, token, codes } = await withCodes()
    assert.equal((await account(token)).status, 403, 'the password alone opens nothing')
    const { data, error } = await second.auth.mfa.recoveryCodes.verify({ code: codes[0]!.toLowerCase().replaceAll('-', ' ') })
    assert.equal(error, null)
    assert.equal((await account(data.access_token)).status, 200)
    assert.equal((await second.auth.mfa.getAuthenticatorAssuranceLevel()).data?.currentLevel, 'aal2')
    assert.equal((await second.auth.mfa.recoveryCodes.getStatus()).data?.remaining, 9)
    assert.equal((await mailTo(server, email)).subject, 'A recovery code was used')
    const entries = await db.sql(`select action from audit.entries where subject_id = $1`, [id])
    assert.ok(entries.some(({ action }) => action === 'identity.recovery-code-used'))
  })

  test('work once each, even when one comes fifty times at once', async () => {
    const { token, codes } = await withCodes()
    const answers = await Promise.all(Array.from({ length: 50 }, () => useCode(token, codes[0]!)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.ok(answers.every(({ status, body }) => status === 200 || body.error_code === 'mfa_verification_failed'))
    assert.equal((await useCode(token, codes[0]!)).body.error_code, 'mfa_verification_failed')
  })

  test('are nobody else’s', async () => {
    const [ada, bo] = [await withCodes(), await withCodes()]
    assert.equal((await useCode(bo.token, ada.codes[0]!)).body.error_code, 'mfa_verification_failed')
    assert.equal((await useCode(ada.token, ada.codes[0]!)).status, 200)
  })

  test('end with the set they came in', async () => {
    const { first, token, codes } = await withCodes()
    const { data } = await first.auth.mfa.recoveryCodes.regenerate()
    assert.equal(data!.codes.length, 10)
    assert.equal((await useCode(token, codes[0]!)).body.error_code, 'mfa_verification_failed')
    assert.equal((await useCode(token, data!.codes[0]!)).status, 200)
  })

  test('make one set, when two are asked for at once', async () => {
    const { id, first } = await withCodes()
    await Promise.all([first.auth.mfa.recoveryCodes.regenerate(), first.auth.mfa.recoveryCodes.regenerate()])
    const [left] = await db.sql('select count(*)::int as codes from identity.recovery_codes where user_id = $1', [id])
    assert.deepEqual(left, { codes: 10 })
  })

  test('leave the authenticator, unless its person says that it is lost for good', async () => {
    const { id, token, codes, email } = await withCodes()
    const factors = () => db.sql('select id from auth.mfa_factors where user_id = $1', [id])
    await useCode(token, codes[0]!)
    assert.equal((await factors()).length, 1)
    const again = await device().auth.signInWithPassword({ email, password })
    const { body } = await useCode(again.data.session!.access_token, codes[1]!, { reset_authenticators: true })
    assert.equal((await factors()).length, 0)
    assert.equal((await account(body.access_token!)).status, 200)
  })

  test('are not to be had without a second factor, by half of two, or in a session that was left open', async () => {
    const bare = await somebody(server)
    const client = device()
    await client.auth.signInWithPassword({ email: bare.email, password })
    assert.equal((await client.auth.mfa.recoveryCodes.generate()).error?.code, 'mfa_recovery_codes_sole_factor')
    const ada = await withCodes()
    assert.equal((await ada.second.auth.mfa.recoveryCodes.regenerate()).error?.code, 'insufficient_aal')
    await db.sql(
      `update auth.mfa_amr_claims set updated_at = now() - interval '16 minutes' where session_id in (select id from auth.sessions where user_id = $1)`,
      [ada.id],
    )
    assert.equal((await ada.first.auth.mfa.recoveryCodes.regenerate()).error?.code, 'reauthentication_needed')
  })

  test('can be thrown away', async () => {
    const { first, token, codes } = await withCodes()
    assert.equal((await first.auth.mfa.recoveryCodes.unenroll()).error, null)
    assert.equal((await useCode(token, codes[0]!)).body.error_code, 'mfa_verification_failed')
    assert.equal((await first.auth.mfa.recoveryCodes.getStatus()).error?.code, 'mfa_factor_not_found')
  })
})

describe('guessing', () => {
  test('is over after five tries', async () => {
    const ada = await somebody(strict)
    const tries = await Promise.all(
      Array.from({ length: 8 }, () =>
        fetch(`${strict.address}/auth/v1/factors/recovery-codes/verify`, {
          method: 'POST',
          headers: { authorization: `Bearer ${ada.session.access_token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ code: 'AAAA-AAAA-AAAA-AAAA' }),
        }),
      ),
    )
    assert.equal(tries.filter(({ status }) => status === 422).length, 5)
    assert.equal(tries.filter(({ status }) => status === 429).length, 3)
  })
})
