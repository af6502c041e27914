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
const files = {
  'keys/jwt.json': '{}\n',
  'keys/secrets.key': 'c2VjcmV0\n',
  'files/empty': '',
  'files/a/b/Röntgen 🩻.bin': randomBytes(5_000_001),
  [`files/${'long '.repeat(45)}`]: 'short',
}

describe('A backup that is restored', { concurrency: 1 }, () => {
  for (const [from, to] of [
    [18, 18],
    [18, 15],
    [15, 18],
  ] as const)
    test(`from PostgreSQL ${from} into ${to}, by an owner without any privilege, is what it was`, async () => {
      const source = await migrated(endAt(await databases[from]('plain'), [folder]))
      await ask(source.url, nastyData)
      await writeFiles(source.dataDir, files)
      const target = endAt(await databases[to]('plain'), [folder])
      const file = path.join(temporaryFolder(), 'backup.tar.gz')

      const totals = await backUpTo(file, source)
      await restoreFrom(file, target)

      const was = await contents(source.url)
      assert.deepEqual(await contents(target.url), was)
      assert.equal(
        Object.values(totals.rows).reduce((sum, rows) => sum + rows, 0),
        rowsIn(was),
      )
      assert.deepEqual(await filesIn(target.dataDir, 'keys', 'files'), await filesIn(source.dataDir, 'keys', 'files'))
      assert.equal(statSync(file).mode & 0o777, 0o600)
      assert.equal(statSync(path.join(target.dataDir, 'keys/secrets.key')).mode & 0o777, 0o600)
      assert.deepEqual([...source.said, ...target.said], [])

      const untouched = await migrated(endAt(await databases[to]('plain'), [folder]))
      assert.deepEqual(await catalogue(target.admin), await catalogue(untouched.admin))
      assert.deepEqual(await nextIn(target.url), await nextIn(source.url))

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
      assert.deepEqual(await catalogue(target.admin), await catalogue(untouched.admin))
    })
})

const rowsIn = (contents: Record<string, string>) =>
  Object.values(contents).reduce((sum, holds) => sum + Number(/^(\d+) rows/.exec(holds)?.[1] ?? 0), 0)

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
