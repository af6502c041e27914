import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { configure } from '#platform/configuration/environment.ts'
import { NotSent, post, type Patience } from '../post.ts'
import { mailServer, no } from './mailserver.ts'

const lasting = (ms: number): Patience => ({ dnsTimeout: ms, connectionTimeout: ms, greetingTimeout: ms, socketTimeout: ms })
const [short, long] = [lasting(500), lasting(20_000)] // a busy machine answers late, too
const letter = { id: randomUUID(), address: 'ada@example.test', subject: 'Hello', text: 'a secret', html: '<p>a secret</p>' }
const send = (smtpUrl: string, { signal = new AbortController().signal, patience = long } = {}) =>
  post(letter, { ...configure({ SMTP_URL: smtpUrl, PUBLIC_URL: 'https://vivavoce.example' }), signal, patience })

/** Why it was not sent, and whether that is for good; never in words that a log may not hold. */
async function whyNot(sending: Promise<void>): Promise<[string, boolean]> {
  const error = await sending.then(
    () => assert.fail('it was sent'),
    (error: unknown) => error,
  )
  assert.ok(error instanceof NotSent)
  assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /ada@|secret|no such person/)
  assert.equal(error.cause, undefined)
  return [error.code, error.forGood]
}

describe('a server that says no', () => {
  test('to the mail, means it', async () => {
    const { url } = await mailServer(() => {
      throw no(552)
    })
    assert.deepEqual(await whyNot(send(url)), ['smtp_552', true])
  })

  test('to the address, means it', async () => {
    const { url } = await mailServer(undefined, { onRcptTo: (_address, _session, done) => done(no(550)) })
    assert.deepEqual(await whyNot(send(url)), ['smtp_550', true])
  })

  test('for now, may say something else later', async () => {
    const { url } = await mailServer(undefined, { onRcptTo: (_address, _session, done) => done(no(450)) })
    assert.deepEqual(await whyNot(send(url)), ['smtp_450', false])
  })

  test('to us before it has seen the mail, is for the operator to put right', async () => {
    const { url } = await mailServer(undefined, { onConnect: (_session, done) => done(no(554)) })
    assert.deepEqual(await whyNot(send(url)), ['smtp_554', false])
  })
})

describe('a server that', () => {
  test('is slow, but not too slow, gets the mail', async () => {
    const { url, accepted } = await mailServer(() => pause(300))
    await send(url)
    assert.equal(accepted.length, 1)
  })

  test('is too slow is left', async () => {
    const { url } = await mailServer(() => pause(1_500))
    assert.deepEqual(await whyNot(send(url, { patience: short })), ['ETIMEDOUT', false])
  })

  test('is not there, is looked for again', async () => {
    const { url, close } = await mailServer()
    await close()
    assert.deepEqual(await whyNot(send(url)), ['ECONNREFUSED', false])
    assert.deepEqual((await whyNot(send('smtp://mail.invalid', { patience: short })))[1], false)
  })

  test('does not answer in the time of a job, is left at once', async () => {
    const { url } = await mailServer(() => pause(1_500))
    assert.deepEqual(await whyNot(send(url, { signal: AbortSignal.timeout(200) })), ['EABORT', false])
  })
})

describe('a password', () => {
  const guarded = async (hostname: string) => {
    const heard: string[] = []
    const { port } = await mailServer(undefined, {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        heard.push(`${username} ${password}`)
        if (password === 'p@ss:w/rd%') return done(null, { user: username })
        return done(Object.assign(new Error('535 no'), { responseCode: 535 }))
      },
    })
    return { heard, at: (login: string) => `smtp://${login}@${hostname}:${port}` }
  }

  test('is read from the address as it was meant', async () => {
    const { heard, at } = await guarded('localhost')
    await send(at('post%40house:p%40ss%3Aw%2Frd%25'))
    assert.deepEqual(heard, ['post@house p@ss:w/rd%'])
  })

  test('that is wrong, is for the operator to put right', async () => {
    const { at } = await guarded('127.0.0.1')
    assert.deepEqual(await whyNot(send(at('post:wrong'))), ['smtp_535', false])
  })

  // 127.1 leads to this machine, but does not look like it.
  test('is not sent in the clear to another machine', async () => {
    const { heard, at } = await guarded('127.1')
    assert.deepEqual(await whyNot(send(at('post:p%40ss%3Aw%2Frd%25'))), ['ETLS', false])
    assert.deepEqual(heard, [])
  })
})

test('smtps:// takes no certificate that nobody vouches for', async () => {
  const file = (name: string) => readFileSync(path.join(import.meta.dirname, '../../operations/tests', name))
  const { port, accepted } = await mailServer(undefined, {
    secure: true,
    key: file('localhost.key.pem'),
    cert: file('localhost.cert.pem'),
  })
  const [, forGood] = await whyNot(send(`smtps://localhost:${port}`))
  assert.deepEqual([forGood, accepted.length], [false, 0])
})

test('without SMTP_URL there is nobody to send by, and waiting does not help', async () => {
  assert.deepEqual(await whyNot(send('')), ['smtp_url_is_not_set', true])
})
