import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { shippedCases } from '#domains/practice/content/ship.ts'
import { printCase } from '#domains/practice/cases/case-file.ts'
import { changesIn, difference } from '#domains/practice/web/authors/difference.ts'

const cases = shippedCases().map(printCase)
const said = (before: string, after: string) =>
  difference(before, after).map(({ is, words }) => `${{ same: ' ', gone: '-', new: '+' }[is]}${words}`)

describe('What has changed between two texts', () => {
  test('is the lines that went, those that came, and those that stayed', () => {
    assert.deepEqual(said('a\nb\nc', 'a\nc\nd'), [' a', '-b', ' c', '+d'])
    assert.deepEqual(said('a', 'a'), [' a'])
    assert.deepEqual(said('a', 'b'), ['-a', '+b'])
    assert.deepEqual(said('', 'a'), ['-', '+a'])
  })

  test('gives both texts back, whichever two cases are held against each other', () => {
    for (const [at, before] of cases.entries()) {
      const after = cases[(at + 7) % cases.length]!
      const lines = difference(before, after)
      const of = (other: 'gone' | 'new') =>
        lines
          .filter(({ is }) => is !== other)
          .map(({ words }) => words)
          .join('\n') // prettier-ignore
      assert.equal(of('new'), before)
      assert.equal(of('gone'), after)
    }
  })

  test('is shown with two lines around, and says how many it leaves out', () => {
    const lines = difference('1\n2\n3\n4\n5\n6\n7\n8', '1\n2\n3\nfour\n5\n6\n7\n8')
    assert.deepEqual(
      changesIn(lines).map((one) => (one.is === 'gap' ? one.lines : one.words)),
      [1, '2', '3', '4', 'four', '5', '6', 2],
    )
    assert.deepEqual(changesIn(difference('a\nb', 'a\nb')), [{ is: 'gap', lines: 2 }])
  })
})
