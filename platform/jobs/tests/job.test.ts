import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { byName, job, type Job } from '../job.ts'
import { reasonOf } from '../reasons.ts'

const fine: Job = { name: 'trial.fine', data: z.object({ id: z.string() }), retries: 1, timeoutSeconds: 1, run: async () => {} }

test('a job that could never run is refused where it is written', () => {
  assert.doesNotThrow(() => job(fine))
  assert.throws(() => job({ ...fine, name: 'fine' }), /named <part>\.<what>/)
  assert.throws(() => job({ ...fine, retries: -1 }), /how often/)
  assert.throws(() => job({ ...fine, timeoutSeconds: 0 }), /end within/)
  assert.throws(() => job({ ...fine, cron: '* * * * *' }), /without data/)
})

test('two jobs cannot share a name', () => {
  assert.throws(() => byName([fine, { ...fine }]), /two jobs/)
})

test('a reason is a name, and never what somebody wrote', () => {
  assert.equal(reasonOf(Object.assign(new Error('Ada’s seat'), { code: '23505', constraint: 'seat_taken' })), 'seat_taken')
  assert.equal(reasonOf(Object.assign(new Error('to Ada'), { code: 'ECONNREFUSED' })), 'ECONNREFUSED')
  assert.equal(reasonOf(Object.assign(new Error('x'), { code: 'Dear Ada, …' })), 'Error')
  assert.equal(reasonOf(new TypeError('Ada is not a function')), 'TypeError')
  assert.equal(reasonOf(z.safeParse(fine.data, {}).error), 'data_was_not_understood')
  for (const thrown of ['Ada', null, undefined]) assert.equal(reasonOf(thrown), 'unknown')
})
