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
