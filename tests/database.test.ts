import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, test } from 'node:test'
import { root } from '#platform/configuration/environment.ts'
import { migrationFolders } from '#platform/database/migrate.ts'
import { shimFolder } from '#platform/database/shim.ts'
import { sampleFolder } from './cluster.ts'
import { freshDatabase } from './database.ts'
import { asOwner, found } from './under-owners.ts'
import { findings, readWritten, rules, writtenIn } from './rules.ts'
import { faults, misspoken } from './rules/faults.ts'
import { findingsIn, textFindings } from './rules/text.ts'

const written = await readWritten()
const folders = [...migrationFolders(), sampleFolder]

test('the migrations are written for PostgreSQL 15, and grant by name', () => {
  assert.deepEqual(textFindings([path.join(root, 'platform/database'), shimFolder, ...folders]), [])
})

// A rule that never finds anything proves nothing: so each is broken once, and must say so in these words and no others.
describe('the rules find what is planted:', async () => {
  const { url } = await freshDatabase()
  const before = await found(url())
  const bitten = new Set<string>()

  for (const { fault, sql, rules = {}, says } of faults)
    test(fault, () =>
      asOwner(url(), async (owner) => {
        await owner.query('begin')
        await owner.query(sql)
        const all = await findings(owner, new Map([...written, ...writtenIn('its/rules.ts', rules)]))
        const planted = all.filter(({ says }) => !before.includes(says))
        assert.deepEqual(
          planted.map(({ says }) => says),
          [says].flat(),
        )
        for (const { rule } of planted) bitten.add(rule)
      }),
    )

  test('nothing where nothing is planted', async () => assert.deepEqual(await found(url()), []))

  test('and so each rule has found something', () => {
    assert.deepEqual(
      rules.map(({ name }) => name).filter((name) => !bitten.has(name)),
      [],
    )
  })
})

describe('the migrations may not say', () => {
  for (const [sql, says] of misspoken)
    test(sql, () => assert.deepEqual(findingsIn(`-- uuidv7() in a comment\n${sql};`, 'x.sql'), [`x.sql, line 2: ${says}`]))
})
