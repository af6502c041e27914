import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matrix, readCells, setScenes } from './matrix.ts'
import { plantable } from './planted.ts'
import { readWritten } from './rules.ts'

const { owner, planted } = await plantable({ demo: true })
const cells = await readCells()
const rules = await readWritten()
const scenes = await setScenes(owner, cells)

test('everything is denied unless a rule beside the policy allows it, and works if one does', async (t) => {
  const { findings, cells: all, allowed, tables } = await planted('', () => matrix(owner, cells, rules))
  t.diagnostic(`${all} cells of ${tables} tables: ${allowed} allowed, ${all - allowed} denied`)
  assert.deepEqual([...scenes, ...findings], [])
})
