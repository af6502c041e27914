import assert from 'node:assert/strict'
import { test } from 'node:test'
import { configure } from '../environment.ts'

test('the demo world is on, unless one says otherwise in a word that is understood', () => {
  assert.deepEqual(
    [{}, { DEMO: '' }, { DEMO: '1' }, { DEMO: '0' }, { DEMO: 'off' }].map((env) => configure(env).demo),
    [true, true, true, false, false],
  )
  assert.throws(() => configure({ DEMO: 'perhaps' }), { message: 'DEMO must be on or off, but is "perhaps"' })
})

test('domains are shown all, or those that are named, in one order', () => {
  assert.deepEqual(configure({}).domains, ['practice', 'care', 'speaking', 'mentoring', 'interviews'])
  assert.deepEqual(configure({ DOMAINS: 'interviews, care,care' }).domains, ['care', 'interviews'])
  for (const DOMAINS of ['surgery', 'care,', 'Care'])
    assert.throws(() => configure({ DOMAINS }), /^CannotStart: DOMAINS must be some of practice, /)
})

test('relays are none, or the operator’s with the secret they share; a wrong one is one line that does not repeat it', () => {
  assert.deepEqual(configure({}).relays, { urls: [], secret: undefined })
  const urls = ['turn:turn.example:3478', 'turns:[2001:db8::1]:443?transport=tcp', 'stun:stun.example']
  assert.deepEqual(configure({ TURN_URLS: urls.join(', '), TURN_SECRET: 'shared' }).relays, { urls, secret: 'shared' })
  assert.deepEqual(configure({ TURN_URLS: 'stun:stun.example:3478' }).relays.secret, undefined)
  for (const TURN_URLS of [
    'turn.example',
    'https://turn.example',
    'turn:user@turn.example',
    'turn:',
    'stun:a?transport=tcp',
    'turn:a?transport=carrier-pigeon',
  ])
    assert.throws(() => configure({ TURN_URLS, TURN_SECRET: 'shared' }), {
      message: `TURN_URLS must be addresses such as turn:turn.vivavoce.example:3478, separated by commas, but is "${TURN_URLS}"`,
    })
  assert.throws(() => configure({ TURN_URLS: 'turn:turn.example' }), /^CannotStart: TURN_SECRET is required with TURN_URLS/)
  for (const TURN_URLS of ['', 'stun:stun.example'])
    assert.throws(
      () => configure({ TURN_URLS, TURN_SECRET: 'shared' }),
      ({ message }: Error) => message.startsWith('TURN_URLS must name a relay') && !message.includes('shared'),
    )
})

test('calls are carried by what is built in, and by nothing else today', () => {
  configure({ ROOM_PROVIDER: 'builtin' })
  assert.throws(() => configure({ ROOM_PROVIDER: 'livekit' }), {
    message: 'ROOM_PROVIDER must be builtin, which is the only one there is today, but is "livekit"',
  })
})

test('push services may write to https addresses and mailboxes alone, by default to where this server is', () => {
  const subject = (env: Record<string, string>) => configure(env).vapidSubject
  assert.equal(subject({}), 'mailto:no-reply@localhost')
  assert.equal(subject({ MAIL_FROM: 'Vivavoce <post@vivavoce.example>' }), 'mailto:post@vivavoce.example')
  assert.equal(subject({ PUBLIC_URL: 'https://vivavoce.example' }), 'https://vivavoce.example')
  assert.equal(subject({ VAPID_SUBJECT: 'mailto:operator@vivavoce.example' }), 'mailto:operator@vivavoce.example')
  for (const VAPID_SUBJECT of ['operator@vivavoce.example', 'http://vivavoce.example', 'mailto:', 'mailto:<a@b.example>', 'https://'])
    assert.throws(() => configure({ VAPID_SUBJECT }), {
      message: `VAPID_SUBJECT must be an address such as mailto:operator@vivavoce.example or https://vivavoce.example, but is "${VAPID_SUBJECT}"`,
    })
})
