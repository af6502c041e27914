import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { temporaryFolder } from '#tests/processes.ts'
import { idIn, objectsOf, pathOf } from '../objects.ts'

const dataDir = temporaryFolder()
const objects = objectsOf({ dataDir })
const content = randomBytes(300_000)
const newPath = () => pathOf(randomUUID())
const all = async () => (await Array.fromAsync(objects.list())).map(({ path }) => path)
const incoming = () => readdirSync(path.join(dataDir, 'files/incoming'))

describe('an object', () => {
  test('is what was put there, whole or in pieces', async () => {
    const at = newPath()
    await objects.put(at, [content.subarray(0, 100), content.subarray(100)])
    assert.equal(await objects.size(at), content.length)
    assert.deepEqual(await buffer((await objects.get(at))!), content)
    assert.deepEqual(await buffer((await objects.get(at, { from: 10, to: 10 }))!), content.subarray(10, 11))
    assert.deepEqual(await buffer((await objects.get(at, { from: 299_000, to: 299_999 }))!), content.subarray(299_000))
  })

  test('is a file that was adopted, which stays where it was', async () => {
    const file = path.join(temporaryFolder(), 'upload')
    writeFileSync(file, content)
    const at = newPath()
    for (let time = 0; time < 2; time++) await objects.adopt(at, file)
    assert.deepEqual(await buffer((await objects.get(at))!), content)
    assert.equal(statSync(file).size, content.length)
  })

  test('is for the eyes of its owner alone', async () => {
    const at = newPath()
    await objects.put(at, [content])
    const file = path.join(dataDir, 'files/objects', at)
    assert.deepEqual([statSync(file).mode & 0o777, statSync(path.dirname(file)).mode & 0o777], [0o600, 0o700])
  })

  test('is listed until it is removed, and may be removed twice', async () => {
    const at = newPath()
    await objects.put(at, [content])
    assert.ok((await all()).includes(at))
    for (let time = 0; time < 2; time++) await objects.remove(at)
    assert.ok(!(await all()).includes(at))
    assert.deepEqual([await objects.size(at), await objects.get(at)], [undefined, undefined])
  })

  test('is there whole or not at all', async () => {
    const at = newPath()
    async function* breaking() {
      yield content
      throw new Error('the line broke')
    }
    await assert.rejects(objects.put(at, breaking()), /the line broke/)
    assert.equal(await objects.size(at), undefined)
    assert.deepEqual(incoming(), [])
  })

  test('put twice at once is one of the two', async () => {
    const at = newPath()
    const [one, other] = [randomBytes(1_000_000), randomBytes(1_000_000)]
    await Promise.all([objects.put(at, [one]), objects.put(at, [other])])
    const found = await buffer((await objects.get(at))!)
    assert.ok(found.equals(one) || found.equals(other))
  })

  for (const at of [
    '../../etc/passwd',
    '/etc/passwd',
    'aa/bb/../../x',
    `aa/bb/${randomUUID()}/x`,
    `AA/bb/${randomUUID()}`,
    '',
    `aa/bb/${'x'.repeat(36)}`,
  ])
    test(`is never at ${JSON.stringify(at.slice(0, 20))}`, async () => {
      await assert.rejects(objects.put(at, [content]), /no path of an object/)
      await assert.rejects(async () => objects.get(at), /no path of an object/)
      assert.throws(() => void objects.remove(at), /no path of an object/)
    })
})

test('a path is made of an id and tells it', () => {
  const id = randomUUID()
  assert.equal(idIn(pathOf(id)), id)
})

test('where nothing was ever put, there is nothing', async () => {
  assert.deepEqual(await Array.fromAsync(objectsOf({ dataDir: temporaryFolder() }).list()), [])
})
