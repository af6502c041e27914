import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { allowances } from '../attempts.ts'
import { gotrue } from '../gotrue.ts'
import { adult, device, mailTo, newAddress, operator, password } from './scene.ts'

// With the limits that are really there.
const server = await freshServer({}, [gotrue({ callsAMinute: 100_000 })])
const strict = await freshServer({}, [gotrue({ callsAMinute: 20 })])

describe('Whoever tries too often must wait', () => {
  test('guessing Ada’s password: after ten, even the right one; other people are not in their way', async () => {
    const email = newAddress()
    await operator(server).auth.admin.createUser({ email, password, email_confirm: true })
    const guess = (email: string, password: string) => device(server).auth.signInWithPassword({ email, password })
    // All at once: none slips through before the others are counted.
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => guess(email, `wrong-password-${at}`)))
    const codes = answers.map(({ error }) => error?.code)
    assert.equal(codes.filter((code) => code === 'invalid_credentials').length, allowances['sign-in'].burst)
    assert.equal((await guess(email, password)).error?.code, 'over_request_rate_limit')
    const bo = newAddress('bo')
    await operator(server).auth.admin.createUser({ email: bo, password, email_confirm: true })
    assert.equal((await guess(bo, password)).error, null)
  })

  test('an address nobody has locks in the same way', async () => {
    const email = newAddress('nobody')
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => device(server).auth.signInWithPassword({ email, password: 'wrong-password' })),
    )
    assert.equal(answers.filter(({ error }) => error?.code === 'over_request_rate_limit').length, 2)
  })

  test('signing in well forgives what went wrong before', async () => {
    const email = newAddress()
    await operator(server).auth.admin.createUser({ email, password, email_confirm: true })
    for (const round of [1, 2, 3]) {
      for (let at = 0; at < 6; at++)
        assert.equal(
          (await device(server).auth.signInWithPassword({ email, password: `wrong-${round}` })).error?.code,
          'invalid_credentials',
        )
      assert.equal((await device(server).auth.signInWithPassword({ email, password })).error, null)
    }
  })

  test('trying out codes: after five, even the right one; the link still works', async () => {
    const email = newAddress()
    await device(server).auth.signUp({ email, password, options: adult })
    const { code, token } = await mailTo(server, email)
    const wrong = code.startsWith('1') ? '234567' : '123456'
    const tries = await Promise.all(Array.from({ length: 9 }, () => device(server).auth.verifyOtp({ email, token: wrong, type: 'signup' })))
    assert.equal(tries.filter(({ error }) => error?.code === 'otp_expired').length, allowances.code.burst)
    assert.equal((await device(server).auth.verifyOtp({ email, token: code, type: 'signup' })).error?.code, 'over_request_rate_limit')
    assert.equal((await device(server).auth.verifyOtp({ token_hash: token, type: 'signup' })).error, null)
  })

  test('sending mails to somebody', async () => {
    const email = newAddress()
    const asked = await Promise.all(Array.from({ length: 8 }, () => device(server).auth.resetPasswordForEmail(email)))
    assert.equal(asked.filter(({ error }) => error?.code === 'over_email_send_rate_limit').length, 8 - allowances.mail.burst)
  })

  test('and calling at all', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${strict.address}/auth/v1/settings`)))
    const waits = answers.filter(({ status }) => status === 429)
    assert.equal(waits.length, 10)
    assert.ok(Number(waits[0]!.headers.get('retry-after')) >= 1)
  })
})

test('what is counted names nobody', async () => {
  const rows = await server.db.sql('select whom from identity.attempts')
  assert.ok(rows.length > 0)
  assert.doesNotMatch(JSON.stringify(rows), /@|example/)
})
