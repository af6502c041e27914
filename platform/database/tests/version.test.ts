import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CannotStart } from '#platform/configuration/stop.ts'
import { judge } from '../version.ts'

test('a PostgreSQL before 15 is refused, with the way out', () => {
  assert.throws(
    () => judge(140_019),
    new CannotStart(
      'this database is PostgreSQL 14.19; Vivavoce needs PostgreSQL 15 or later: upgrade the server, or unset DATABASE_URL to use the built-in one',
    ),
  )
})

test('one whose row-level security is known to leak is refused', () => {
  for (const [version, better] of [
    [150_013, '15.18'],
    [160_009, '16.14'],
    [170_005, '17.10'],
  ] as const) {
    const refusal = (error: unknown) =>
      error instanceof CannotStart && error.message.includes('CVE-2025-8713') && error.message.includes(better)
    assert.throws(() => judge(version), refusal)
  }
})

test('one that has newer bug fixes is used, with a word', () => {
  for (const version of [150_014, 150_017, 160_010, 170_006, 170_009, 180_000, 180_003])
    assert.match(judge(version) ?? '', /update the server to/)
})

test('a current one is used without a word', () => {
  for (const version of [150_018, 150_019, 160_014, 170_010, 180_004, 180_011]) assert.equal(judge(version), undefined)
})

test('one that came after this version of Vivavoce is used, with a word', () => {
  assert.match(judge(190_001) ?? '', /PostgreSQL 19\.1.*tried with PostgreSQL 15 to 18/)
})
