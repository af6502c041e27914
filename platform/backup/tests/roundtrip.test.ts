import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { catalogue } from '#tests/catalogue.ts'
import { nasty, nastyData } from './nasty.ts'
import {
  ask,
  backUpTo,
  contents,
  endAt,
  everything,
  filesIn,
  folderOf,
  migrated,
  onPostgres,
  restoreFrom,
  temporaryFolder,
  withQueue,
  writeFiles,
} from './scene.ts'

const databases = { 18: onPostgres(18), 15: onPostgres(15) }
const folder = folderOf(nasty)
const backups = temporaryFolder()
const files = {
  'keys/jwt.json': Buffer.from('{}\n'),
  'keys/secrets.key': Buffer.from('c2VjcmV0\n'),
  'files/empty': Buffer.alloc(0),
  'files/a/b/Röntgen 🩻.bin': randomBytes(5_000_001),
  [`files/${'long '.repeat(45)}`]: Buffer.from('short'),
}

describe('A backup that is restored', { concurrency: 1 }, () => {
  for (const [from, to] of [
    [18, 18],
    [18, 15],
    [15, 18],
  ] as const)
    test(`from PostgreSQL ${from} into ${to}, by an owner without any privilege, is what it was`, async () => {
      const { file, was, next } = await sourceOn(from)
      const target = endAt(await databases[to]('plain'), [...everything, folder])
      await restoreFrom(file, target)
      assert.deepEqual(await contents(target.url), was)
      assert.deepEqual(await catalogue(target.admin), await catalogueOn(to))
      assert.deepEqual(await filesIn(target.dataDir, 'keys', 'files'), files)
      assert.equal(statSync(path.join(target.dataDir, 'keys/secrets.key')).mode & 0o777, 0o600)
      assert.deepEqual(await nextIn(target.url), next)

      // And over what has been in use since: pg-boss's tables are the worker login's, and gone all the same.
      await withQueue(target.worker, async (queue) => {
        await queue.boss.insert('waiting', [{ data: { job: 'trial.works', data: {}, tried: 0 } }])
        await assert.rejects(
          restoreFrom(file, target, { overwrite: true }),
          /a server is using this database \(connections: \d of vivavoce_worker\)/,
        )
      })
      await restoreFrom(file, target, { overwrite: true })
      assert.deepEqual(await contents(target.url), was)
      assert.deepEqual(await catalogue(target.admin), await catalogueOn(to))
    })
})

type Major = keyof typeof databases
const sourceOn = once(async (major: Major) => {
  const source = await migrated(endAt(await databases[major]('plain'), [...everything, folder]))
  const untouched = await catalogue(source.admin)
  await ask(source.url, nastyData)
  await withQueue(source.worker, async () => {})
  await writeFiles(source.dataDir, files)
  const file = path.join(backups, `${major}`)
  const { rows } = await backUpTo(file, source)
  const was = await contents(source.url)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(sum(Object.values(rows)), sum(Object.values(was).map((holds) => Number(/^(\d+) rows/.exec(holds)?.[1] ?? 0))))
  return { file, was, untouched, next: await nextIn(source.url) }
})

const catalogueOn = async (major: Major) => (await sourceOn(major)).untouched

function once<T>(make: (major: Major) => Promise<T>): (major: Major) => Promise<T> {
  const made = new Map<Major, Promise<T>>()
  return (major) => made.get(major) ?? made.set(major, make(major)).get(major)!
}

const sum = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)

// Sequences go on after what is there, triggers fire again, and a foreign key refuses again.
async function nextIn(url: string) {
  await assert.rejects(ask(url, 'delete from nasty.echoes'), { message: 'append only' })
  await assert.rejects(ask(url, 'insert into nasty.people (home_id) values (99)'), { code: '23503', constraint: 'lives_somewhere' })
  return [
    await ask(url, `insert into nasty.values (words) values ('next') returning id, length`),
    await ask(url, 'insert into nasty.people (home_id) values (1) returning id'),
    await ask(url, `insert into nasty."Odd table" ("to;") values ('echo') returning "From"`),
    await ask(url, 'select max(id) from nasty.echoes'),
    await ask(url, `select nextval('nasty.tickets')`),
  ]
}
