import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saysOf } from '../progress/says.ts'

const by = (marked_by: 'partner' | 'self') => (points: number) => ({ points, most: 3, marked_by })
const [partner, self] = [by('partner'), by('self')]

test('a line is said in a sentence: how often, by whom, from where to where', () => {
  assert.equal(saysOf([1, 0, 2].map(partner)), 'Marked 3 times by partners: it rose from 33 to 67 % of the scale.')
  assert.equal(saysOf([3, 1].map(self)), 'Marked twice by yourself: it fell from 100 to 33 % of the scale.')
  assert.equal(saysOf([2, 3, 2].map(partner)), 'Marked 3 times by partners: it is at 67 % of the scale, as at first.')
})

test('what one said oneself is not mixed with what partners said', () => {
  assert.equal(saysOf([self(3), partner(1), partner(2), self(3)]), 'Marked twice by partners: it rose from 33 to 67 % of the scale.')
  assert.equal(saysOf([self(3), partner(1)]), 'Marked twice by partners and yourself: it fell from 100 to 33 % of the scale.')
})
