import assert from 'node:assert/strict'
import { createPublicKey, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { publicKeyOf } from '#platform/push/vapid.ts'
import { configure } from '../environment.ts'
import { keysOf, newSigningKey } from '../keys.ts'

function freshDataDir(): string {
  const made = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-keys-'))
  after(() => rmSync(made, { recursive: true, force: true }))
  return made
}
const fileIn = (dataDir: string) => path.join(dataDir, 'keys/vapid.json')

test('the VAPID key is made at the first start, for its owner’s eyes, and is the same ever after', () => {
  const dataDir = freshDataDir()
  const { vapid } = keysOf(configure({ DATA_DIR: dataDir }))
  assert.equal(statSync(fileIn(dataDir)).mode & 0o777, 0o600)
  assert.deepEqual(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')), vapid)
  assert.deepEqual(keysOf(configure({ DATA_DIR: dataDir })).vapid, vapid)
  assert.notDeepEqual(keysOf(configure({ DATA_DIR: freshDataDir() })).vapid, vapid)
})

test('browsers are given its public half, as a point on the curve', () => {
  const { vapid } = keysOf(configure({ DATA_DIR: freshDataDir() }))
  const point = Buffer.from(publicKeyOf(vapid), 'base64url')
  assert.deepEqual([point.length, point[0]], [65, 4])
  const { d: _, ...half } = vapid
  assert.ok(createPublicKey({ key: half, format: 'jwk' }).export({ type: 'spki', format: 'der' }).includes(point))
})

test('one that is given counts, and nothing is made beside it', () => {
  const { kty, crv, x, y, d } = newSigningKey()
  const dataDir = freshDataDir()
  assert.deepEqual(keysOf(configure({ DATA_DIR: dataDir, VAPID_KEY: JSON.stringify({ kty, crv, x, y, d }) })).vapid, { kty, crv, x, y, d })
  assert.throws(() => statSync(fileIn(dataDir)), { code: 'ENOENT' })
})

test('one that is none stops the start by one line, which does not repeat it', () => {
  const { kty, crv, x, y, d } = newSigningKey()
  const says = /^CannotStart: VAPID_KEY \(or keys\/vapid\.json in DATA_DIR\) must be a JSON Web Key: a private P-256 key$/
  for (const VAPID_KEY of [
    'no json',
    'null',
    '{}',
    JSON.stringify({ kty, crv, x, y }), // the public half alone
    JSON.stringify({ kty, crv: 'P-384', x, y, d }),
    JSON.stringify({ kty, crv, x: randomBytes(32).toString('base64url'), y, d }), // not on the curve
  ])
    assert.throws(() => keysOf(configure({ DATA_DIR: freshDataDir(), VAPID_KEY })), says, VAPID_KEY.slice(0, 20))
  const dataDir = freshDataDir()
  keysOf(configure({ DATA_DIR: dataDir }))
  writeFileSync(fileIn(dataDir), '{"kty":')
  assert.throws(() => keysOf(configure({ DATA_DIR: dataDir })), says)
})
