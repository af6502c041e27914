import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { codeOf, newSecret, stepOf } from '../totp.ts'
import { device, mailTo, password, somebody, unlimited, type Device } from './scene.ts'

const server = await freshServer({}, [unlimited()])
const now = () => Math.floor(Date.now() / 30_000)

describe('The codes of an authenticator', () => {
  // RFC 6238, appendix B, the last six of its eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  for (const [time, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const)
    test(`are those of the RFC at ${time}`, () => {
      assert.equal(codeOf(secret, Math.floor(time / 30)), code)
      assert.equal(stepOf(secret, code, time * 1_000), Math.floor(time / 30))
    })

  test('count half a minute early and late, not a whole one', () => {
    const secret = newSecret()
    const at = 1_700_000_000_000
    const step = Math.floor(at / 30_000)
    for (const off of [-1, 0, 1]) assert.equal(stepOf(secret, codeOf(secret, step + off), at), step + off)
    for (const off of [-2, 2]) assert.equal(stepOf(secret, codeOf(secret, step + off), at), undefined)
    for (const nonsense of ['', '12345', '1234567', 'abcdef', '１２３４５６']) assert.equal(stepOf(secret, nonsense, at), undefined)
  })
})

type Enrolled = { id: string; secret: string }

async function enrol(device: Device, friendlyName = 'phone'): Promise<Enrolled> {
  const { data, error } = await device.auth.mfa.enroll({ factorType: 'totp', friendlyName })
  assert.equal(error, null)
  assert.match(data.totp.qr_code, /^data:image\/svg\+xml;utf-8,<svg/)
  assert.match(data.totp.uri, /^otpauth:\/\/totp\//)
  return { id: data.id, secret: data.totp.secret }
}

async function prove(device: Device, { id }: Pick<Enrolled, 'id'>, code: string) {
  const challenge = await device.auth.mfa.challenge({ factorId: id })
  assert.equal(challenge.error, null)
  return device.auth.mfa.verify({ factorId: id, challengeId: challenge.data.id, code })
}

/** Somebody with an authenticator, at a session that has proved it. Used up: the code before this one. */
async function guarded() {
  const ada = await somebody(server)
  const factor = await enrol(ada.device)
  assert.equal((await prove(ada.device, factor, codeOf(factor.secret, now() - 1))).error, null)
  return { ...ada, factor }
}

const levels = async (device: Device) => {
  const { data } = await device.auth.mfa.getAuthenticatorAssuranceLevel()
  return [data?.currentLevel, data?.nextLevel]
}
const opens = async (device: Device) => {
  const { data } = await device.auth.getSession()
  const authorization = `Bearer ${data.session?.access_token}`
  const answer = await fetch(`${server.address}/api/sample/notes`, { headers: { authorization } })
  return answer.ok ? 'open' : ((await answer.json()) as { code: string }).code
}

describe('Ada’s second factor', () => {
  test('is enrolled, asked for at the next sign-in, and taken away', async () => {
    const ada = await somebody(server)
    const factor = await enrol(ada.device)
    assert.deepEqual(await levels(ada.device), ['aal1', 'aal1'])
    const { data, error } = await prove(ada.device, factor, codeOf(factor.secret, now()))
    assert.equal(error, null)
    assert.equal(data?.user.id, ada.id)
    assert.deepEqual(await levels(ada.device), ['aal2', 'aal2'])
    assert.match((await mailTo(server, ada.email)).subject, /second factor was added/)

    const phone = device(server)
    await phone.auth.signInWithPassword({ email: ada.email, password })
    assert.deepEqual(await levels(phone), ['aal1', 'aal2'])
    assert.equal(await opens(phone), 'second_factor_needed')
    assert.equal((await prove(phone, factor, codeOf(factor.secret, now() + 1))).error, null)
    assert.equal(await opens(phone), 'open')
    assert.equal((await phone.auth.refreshSession()).error, null)
    assert.deepEqual(await levels(phone), ['aal2', 'aal2'])

    assert.equal((await phone.auth.mfa.unenroll({ factorId: factor.id })).error, null)
    assert.equal((await phone.auth.mfa.listFactors()).data?.all.length, 0)
    assert.match((await mailTo(server, ada.email)).subject, /second factor was removed/)
  })

  test('ends the sessions that have not proved it', async () => {
    const ada = await somebody(server)
    const phone = device(server)
    await phone.auth.signInWithPassword({ email: ada.email, password })
    const factor = await enrol(ada.device)
    await prove(ada.device, factor, codeOf(factor.secret, now()))
    assert.ok((await phone.auth.getUser()).error)
    assert.equal((await ada.device.auth.getUser()).error, null)
  })

  test('takes a code once, at whichever session, and a challenge once', async () => {
    const { email, factor } = await guarded()
    const phone = device(server)
    await phone.auth.signInWithPassword({ email, password })
    const code = codeOf(factor.secret, now())
    assert.equal((await prove(phone, factor, code)).error, null)
    const tablet = device(server)
    await tablet.auth.signInWithPassword({ email, password })
    assert.equal((await prove(tablet, factor, code)).error?.code, 'mfa_verification_failed')

    const { data } = await phone.auth.mfa.challenge({ factorId: factor.id })
    assert.equal(
      (await phone.auth.mfa.verify({ factorId: factor.id, challengeId: data!.id, code: codeOf(factor.secret, now() + 1) })).error,
      null,
    )
    const again = await phone.auth.mfa.verify({ factorId: factor.id, challengeId: data!.id, code: codeOf(factor.secret, now() + 1) })
    assert.equal(again.error?.code, 'mfa_challenge_expired')
  })

  test('takes a code once when two come in the same instant', async () => {
    const { email, factor } = await guarded()
    const phones = [device(server), device(server)]
    const code = codeOf(factor.secret, now())
    for (const phone of phones) await phone.auth.signInWithPassword({ email, password })
    const challenges = await Promise.all(phones.map((phone) => phone.auth.mfa.challenge({ factorId: factor.id })))
    const answers = await Promise.all(
      phones.map((phone, at) => phone.auth.mfa.verify({ factorId: factor.id, challengeId: challenges[at]!.data!.id, code })),
    )
    assert.equal(answers.filter(({ error }) => error === null).length, 1)
  })

  test('is not added, removed, nor the password changed, by a session that has not proved it', async () => {
    const { email, factor } = await guarded()
    const thief = device(server)
    await thief.auth.signInWithPassword({ email, password })
    assert.equal((await thief.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'mine' })).error?.code, 'insufficient_aal')
    assert.equal((await thief.auth.mfa.unenroll({ factorId: factor.id })).error?.code, 'insufficient_aal')
    assert.equal((await thief.auth.updateUser({ password: 'the-thief-was-here-now' })).error?.code, 'insufficient_aal')
    assert.equal((await thief.auth.updateUser({ email: 'thief@example.test' })).error?.code, 'insufficient_aal')
    assert.equal((await prove(thief, factor, '000000')).error?.code, 'mfa_verification_failed')
  })

  test('is nobody else’s', async () => {
    const { factor } = await guarded()
    const bo = await somebody(server, 'bo')
    assert.equal((await bo.device.auth.mfa.challenge({ factorId: factor.id })).error?.code, 'mfa_factor_not_found')
    assert.equal((await bo.device.auth.mfa.unenroll({ factorId: factor.id })).error?.code, 'mfa_factor_not_found')
  })

  test('keeps its secret sealed', async () => {
    const { factor } = await guarded()
    const [row] = await server.db.sql('select secret from auth.mfa_factors where id = $1', [factor.id])
    assert.match(row!['secret'] as string, /^v1\./)
    assert.doesNotMatch(row!['secret'] as string, new RegExp(factor.secret))
  })
})
