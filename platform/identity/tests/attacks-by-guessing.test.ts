import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { allowances } from '../attempts.ts'
import { gotrue } from '../gotrue.ts'
import { asking, questions } from './asking.ts'
import { distinct, say, type Said } from './attacker.ts'
import { device, mailTo, newAddress, password, somebody, unlimited } from './scene.ts'

// Whoever knows nothing and tries: whether an address is known here, a password, six digits.
const quiet = await freshServer({}, [unlimited()])
const unproxied = await freshServer({}, [gotrue({ callsAMinute: 20 })])
const guarded = await freshServer({ TRUSTED_PROXIES: '127.0.0.0/8' }, [gotrue({ callsAMinute: 100_000 })])

describe('Who has an account here is theirs to tell', { concurrency: true }, () => {
  // How long it takes tells no more than what is answered: guessing-by-time.long.test.ts.
  for (const [how, question] of Object.entries(questions))
    test(`${how}: of a known and an unknown address one cannot tell by the answer`, async () => {
      const { shapes } = await (await asking(quiet, question)).pairs(6)
      assert.equal(shapes.length, 12)
      assert.equal(distinct(shapes).length, 1, JSON.stringify(distinct(shapes), null, 2))
    })
})

// A thief asks from wherever they like, a proxy of ours says from where.
const from = (place: number) => ({ 'x-forwarded-for': `198.51.${Math.floor(place / 250)}.${place % 250}` })
const guess = (email: string, password: string, headers: Record<string, string>) =>
  say(guarded, '/auth/v1/token?grant_type=password', { body: { email, password }, headers })
const judged = (answers: Said[]) => answers.filter(({ code }) => code === 'invalid_credentials').length
// While they are judged, some turns come back: more of them on a machine that is busy.
const turns = (what: keyof typeof allowances, since: number) =>
  allowances[what].burst + Math.ceil((Date.now() - since) / 1000 / secondsIn(allowances[what].every))
const secondsIn = (every: string) => parseInt(every) * (every.includes('minute') ? 60 : 1)
const toldToWait = (answers: Said[]) => answers.filter(({ status }) => status === 429).length

describe('With a list of stolen passwords', { concurrency: true }, () => {
  test('tried at one place against many people, one is stopped; other places are not', async () => {
    const began = Date.now()
    const answers = await Promise.all(
      Array.from({ length: allowances['sign-in-place'].burst + 100 }, (_, at) =>
        guess(newAddress('many'), `stolen-password-${at}`, from(1)),
      ),
    )
    assert.ok(judged(answers) <= turns('sign-in-place', began))
    assert.equal(judged(answers) + toldToWait(answers), answers.length)
    assert.equal(judged([await guess(newAddress('many'), 'stolen-password', from(2))]), 1)
  })

  test('tried from many places against one person, one is stopped after ten', async () => {
    const { email } = await somebody(guarded)
    const began = Date.now()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => guess(email, `stolen-password-${at}`, from(100 + at))))
    assert.ok(judged(answers) >= allowances['sign-in'].burst && judged(answers) <= turns('sign-in', began))
    assert.equal(judged(answers) + toldToWait(answers), answers.length)
  })

  test('an attacker’s own account, signed in to in between, gives no turns back', async () => {
    const own = await somebody(guarded, 'eve')
    const place = from(3)
    const began = Date.now()
    const spree = () => Promise.all(Array.from({ length: 80 }, () => guess(newAddress('many'), 'stolen-password', place)))
    const before = await spree()
    assert.equal((await guess(own.email, password, place)).status, 200)
    assert.ok(judged([...before, ...(await spree())]) <= turns('sign-in-place', began))
  })

  test('a place made up by the sender is believed of nobody but our own proxy', async () => {
    const began = Date.now()
    const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => say(unproxied, '/auth/v1/settings', { headers: from(at) })))
    assert.ok(toldToWait(answers) >= 40 - 20 - Math.ceil((Date.now() - began) / 3000), 'twenty a minute')
  })

  test('one locks a person’s password, but never the way to a new one', async () => {
    const { email } = await somebody(guarded, 'ada')
    await Promise.all(Array.from({ length: 20 }, (_, at) => guess(email, 'stolen-password', from(200 + at))))
    assert.equal((await guess(email, password, from(400))).status, 429)
    // The attacker asks for mails and tries codes as well, until nobody may any more.
    for (let at = 0; at < 7; at++) {
      await say(guarded, '/auth/v1/recover', { body: { email }, headers: from(210 + at) })
      await say(guarded, '/auth/v1/verify', { body: { email, type: 'recovery', token: '000000' }, headers: from(220 + at) })
    }
    const ada = device(guarded)
    const { token } = await mailTo(guarded, email)
    assert.equal((await ada.auth.verifyOtp({ token_hash: token, type: 'recovery' })).error, null)
    assert.equal((await ada.auth.updateUser({ password: 'eleven-magpies-on-the-gate' })).error, null)
  })
})

describe('With six digits to guess', { concurrency: true }, () => {
  const tryCode = (email: string, token: string, place: number, type = 'recovery') =>
    say(guarded, '/auth/v1/verify', { body: { email, token, type }, headers: from(500 + place) })
  const wrongThan = (code: string) => (code === '000000' ? '000001' : '000000')

  test('one has five turns, from however many places, and a new mail brings no new ones', async () => {
    const { email } = await somebody(guarded)
    await device(guarded).auth.resetPasswordForEmail(email)
    const wrong = wrongThan((await mailTo(guarded, email)).code)
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => tryCode(email, wrong, at)))
    assert.equal(answers.filter(({ code }) => code === 'otp_expired').length, allowances.code.burst)
    await device(guarded).auth.resetPasswordForEmail(email)
    assert.equal((await tryCode(email, (await mailTo(guarded, email)).code, 30)).status, 429)
  })

  test('other kinds of code for the same address bring no new ones either', async () => {
    const { email } = await somebody(guarded)
    await device(guarded).auth.resetPasswordForEmail(email)
    const { code } = await mailTo(guarded, email)
    const kinds = ['recovery', 'magiclink', 'email', 'signup', 'email_change', 'invite']
    const answers = await Promise.all(kinds.map((type, at) => tryCode(email, wrongThan(code), 60 + at, type)))
    assert.equal(toldToWait(answers), kinds.length - allowances.code.burst)
  })

  test('an address nobody has runs out of turns like any other', async () => {
    const email = newAddress('nobody')
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => tryCode(email, '123456', 80 + at)))
    assert.equal(toldToWait(answers), 8 - allowances.code.burst)
  })

  test('the digits are worth nothing where a link’s word is asked for', async () => {
    const { email } = await somebody(guarded)
    await device(guarded).auth.resetPasswordForEmail(email)
    const { code } = await mailTo(guarded, email)
    assert.equal((await say(guarded, '/auth/v1/verify', { body: { token_hash: code, type: 'recovery' } })).code, 'otp_expired')
    const followed = await say(guarded, `/auth/v1/verify?token=${code}&type=recovery&email=${encodeURIComponent(email)}`)
    assert.match(followed.headers.get('location') ?? '', /error_code=otp_expired/)
  })

  test('an authenticator’s digits have five turns, too', async () => {
    const ada = await somebody(guarded)
    const { data } = await ada.device.auth.mfa.enroll({ factorType: 'totp' })
    const token = ada.session.access_token
    const challenge = await say(guarded, `/auth/v1/factors/${data!.id}/challenge`, { token, body: {} })
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        say(guarded, `/auth/v1/factors/${data!.id}/verify`, {
          token,
          body: { challenge_id: challenge.body['id'], code: `${100_000 + at}` },
          headers: from(600 + at),
        }),
      ),
    )
    assert.equal(toldToWait(answers), 12 - allowances.factor.burst)
  })
})
