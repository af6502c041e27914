import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayStart, roomBeside, type Taken } from '../turns.ts'

const of = (job: string, alone = false): Taken => ({
  id: job,
  envelope: { job, data: {}, tried: 0 },
  key: job,
  attempt: 0,
  retriesLeft: 0,
  alone,
})
const many = (count: number, job: string) => Array.from({ length: count }, () => of(job))

test('what is to run alone waits for the others, and the others for it', () => {
  assert.ok(mayStart(of('a', true), []))
  assert.ok(!mayStart(of('a', true), [of('b')]))
  assert.ok(!mayStart(of('b'), [of('a', true)]))
  assert.ok(mayStart(of('b'), [of('a')]))
})

test('one kind of job takes at most three quarters of the hands', () => {
  assert.deepEqual(roomBeside([], 8), { most: 6, notOf: [] })
  assert.deepEqual(roomBeside(many(5, 'mail'), 8), { most: 1, notOf: [] })
  assert.deepEqual(roomBeside(many(6, 'mail'), 8), { most: 2, notOf: ['mail'] })
  assert.deepEqual(roomBeside([...many(6, 'mail'), ...many(2, 'bell')], 8), { most: 0, notOf: ['mail'] })
  assert.deepEqual(roomBeside([], 1), { most: 1, notOf: [] })
})

test('nothing is taken while something is to run alone', () => {
  assert.equal(roomBeside([of('a', true)], 8).most, 0)
})
