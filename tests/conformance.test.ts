import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conformance } from './conformance/conformance.ts'
import { readSeeds } from './conformance/seed.ts'
import { plantable } from './planted.ts'

const { planted } = await plantable({ demo: false })
const seeds = readSeeds()

test('each fact of the seeds is as the seed says, or as the departure beside it', async (t) => {
  const { facts, holds, findings } = await planted('', (owner) => conformance(owner, seeds))
  t.diagnostic(`${holds} facts of ${facts} hold: ${((holds / facts) * 100).toFixed(holds === facts ? 0 : 2)} %`)
  assert.deepEqual(findings, [])
})
