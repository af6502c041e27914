import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { indexesLost, loginsHoldNothing, oracles, worksPerRow } from './leaks.ts'
import { readCells, setScenes } from './matrix.ts'
import { plantable } from './planted.ts'

const { owner, planted } = await plantable({ demo: true })
const cells = await readCells()
await setScenes(owner, cells)

describe('on every table,', () => {
  test('no constraint tells of a row that is not seen, but where the reason is written down', async (t) => {
    const { tried, findings } = await planted('', () => oracles(owner, cells))
    t.diagnostic(`${tried} keys tried that a person's writing reaches`)
    assert.deepEqual(findings, [])
  })

  test('what people filter by keeps its index under the policies', async (t) => {
    const { tried, findings } = await planted('', () => indexesLost(owner, cells))
    t.diagnostic(`${tried} indexes tried`)
    assert.deepEqual(findings, [])
  })

  test('no policy works for every row', async (t) => {
    const { tried, findings } = await planted('', () => worksPerRow(owner, cells))
    t.diagnostic(`${tried} policies tried`)
    assert.deepEqual(findings, [])
  })

  test('a login without a role holds nothing', async () => assert.deepEqual(await planted('', () => loginsHoldNothing(owner)), []))
})
