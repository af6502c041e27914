import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { disposition, nameFor, plainName, safeName } from '../names.ts'

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom('/', '\\', '.', '"', ';', '%', '\r', '\n', ' ', 'ü', '👋', '\u202e', '\ud800') }),
)

test('whatever somebody calls a file, its name is one line without a path, and short', () => {
  fc.assert(
    fc.property(anything, (said) => {
      for (const name of [safeName(said), nameFor(safeName(said), 'application/pdf')]) {
        assert.ok(name.isWellFormed() && Array.from(name).length >= 1 && Array.from(name).length <= 200)
        assert.doesNotMatch(name, /[/\\\p{Cc}\p{Cf}<>:"|?*]|^\.|\.$/u)
      }
      assert.match(nameFor(safeName(said), 'application/pdf'), /\.pdf$/i)
    }),
    { numRuns: 2_000 },
  )
})

test('what is safe stays as it is', () => {
  for (const name of ['Lebenslauf – Müller.pdf', '履歴書.pdf', 'a.b.c', 'no ending', "O'Neill & Söhne (2).docx"])
    assert.equal(safeName(name), name)
  assert.equal(safeName(safeName('a/b:c.txt')), safeName('a/b:c.txt'))
})

test('no name leaves its place in a header or in an address', () => {
  fc.assert(
    fc.property(anything, (said) => {
      const name = safeName(said)
      const header = disposition('attachment', name)
      assert.match(header, /^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/)
      assert.equal(decodeURIComponent(header.split(`UTF-8''`)[1]!), name)
      assert.match(plainName(name), /^[\w][\w.-]{0,99}$/)
    }),
    { numRuns: 2_000 },
  )
})
