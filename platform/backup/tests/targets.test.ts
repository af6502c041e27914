import assert from 'node:assert/strict'
import { truncateSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { Client } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import { sampleFolder } from '#tests/cluster.ts'
import { putFolder } from '../files.ts'
import { placing } from '../place.ts'
import { readArchive } from '../read.ts'
import { writeArchive } from '../write.ts'
import {
  ask,
  backUpTo,
  contents,
  endAt,
  filesIn,
  folderOf,
  ground,
  migrated,
  onPostgres,
  restoreFrom,
  temporaryFolder,
  writeFiles,
  type End,
} from './scene.ts'

const shelves = {
  '2026-11-22-01-shelves.sql': `
    create schema library;
    create type library.kind as enum ('book');
    alter type library.kind add value 'letter';
    create table library.shelves (id int primary key generated always as identity, name text not null);
    create table library.kinds (kind library.kind primary key);
    insert into library.kinds values ('book'), ('letter');`,
}
const lending = {
  '2026-11-22-02-lending.sql': `
    create schema lending;
    create table lending.loans (id int primary key);
    alter table library.shelves add column label text;
    update library.shelves set label = upper(name);
    alter table library.shelves drop column name;`,
}
const older = folderOf(shelves)
const newer = folderOf({ ...shelves, ...lending })
const tampered = folderOf({ '2026-11-22-01-shelves.sql': shelves['2026-11-22-01-shelves.sql'].replace('name text not null', 'name text') })
const folder = temporaryFolder()

const databases = { 18: onPostgres(18), 15: onPostgres(15) }
const end = async (folders: string, major: 18 | 15 = 18) => endAt(await databases[major]('superuser'), [...ground, folders])
for (const major of [18, 15] as const)
  describe(`A backup of an older version, on PostgreSQL ${major}`, { concurrency: 1 }, () => {
    const file = path.join(folder, `older-${major}`)

    test('is restored as it was then, and brought to this version', async () => {
      await backUpTo(file, await madeBy(older, major))
      const target = await end(newer, major)
      assert.equal((await restoreFrom(file, target)).applied, 5)
      assert.deepEqual(await labels(target), ['OLD'])
    })

    test('also where this version was migrated already, which is no data yet', async () => {
      const target = await migrated(await end(newer, major))
      await restoreFrom(file, target)
      assert.deepEqual(await labels(target), ['OLD'])
    })

    test('replaces data only if it is told to', async () => {
      const target = await madeBy(newer, major)
      const was = await contents(target.url)
      await refuses(
        restoreFrom(file, target),
        'this database holds data already (library.shelves); restore into an empty one, or add --overwrite to replace it all',
      )
      assert.deepEqual(await contents(target.url), was)
      if (major === 18) {
        await restoreFrom(file, target, { overwrite: true })
        assert.deepEqual(await labels(target), ['OLD'])
      } else {
        await refuses(
          restoreFrom(file, target, { overwrite: true }),
          'PostgreSQL 15 and 16 cannot put the tables of this older backup in the place of newer ones: restore into an empty database',
        )
        assert.deepEqual(await contents(target.url), was)
      }
    })
  })

describe('A backup is refused, and nothing changes', { concurrency: 1 }, () => {
  const file = path.join(folder, 'newer')
  const refusesHere = async (target: End, line: string) => {
    const was = [await contents(target.url), await filesIn(target.dataDir, 'keys', 'files')]
    await refuses(restoreFrom(file, target, { overwrite: true }), line)
    assert.deepEqual([await contents(target.url), await filesIn(target.dataDir, 'keys', 'files')], was)
  }

  test('when a newer version made it', async () => {
    await backUpTo(file, await madeBy(newer))
    await refusesHere(
      await end(older),
      'this backup is newer than this version of Vivavoce (it holds 2026-11-22-02-lending.sql, step 1): upgrade Vivavoce',
    )
  })

  test('when its migrations are not those of this version', async () => {
    const line = '2026-11-22-01-shelves.sql, step 4 (line 5) differs from what was applied; migrations are forward-only: write a new one'
    await refusesHere(await madeBy(tampered), line)
  })

  test('when a newer version has been at work on the database', async () => {
    const target = await madeBy(newer)
    await backUpTo(file, await madeBy(older))
    await refusesHere(
      { ...target, folders: (await end(older)).folders },
      'this database is newer than this version of Vivavoce (it holds 2026-11-22-02-lending.sql, step 1): upgrade Vivavoce, or restore into an empty database (of the built-in one, move DATA_DIR/postgres away)',
    )
  })

  test('while a server is connected', async () => {
    const target = await madeBy(older)
    const server = new Client({ connectionString: target.worker })
    await server.connect()
    await refusesHere(target, 'a server is using this database (connections: 1 of vivavoce_worker); stop it first')
    await server.end()
  })

  test('while somebody reads', async () => {
    const target = await madeBy(older)
    const reader = new Client({ connectionString: target.admin })
    await reader.connect()
    await reader.query('begin; select from library.shelves')
    await refusesHere(target, 'somebody is using tables of this database: end their connections, then try again')
    await reader.end()
  })

  test('when there is nothing to back up', async () => {
    await refuses(backUpTo(file, await end(older)), 'this database holds nothing of Vivavoce, so there is nothing to back up')
  })
})

describe('What is not ours', { concurrency: 1 }, () => {
  const file = path.join(folder, 'plain')
  const account = `insert into auth.users (id, email) values ('00000000-0000-4000-8000-000000000001', 'ada@example.test')`
  const note = `insert into sample.notes (owner_id, title) values ('00000000-0000-4000-8000-000000000001', 'hers')`

  test('is left out, and named', async () => {
    const source = await migrated(await end(sampleFolder))
    await ask(
      source.url,
      `${account}; ${note}; create schema theirs; create table theirs.things (); create table sample.by_hand as select 1 as n`,
    )
    await backUpTo(file, source)
    assert.deepEqual(source.said, ['not in the backup, because Vivavoce did not make them: theirs'])
    const target = await end(sampleFolder)
    await restoreFrom(file, target)
    assert.deepEqual(target.said, ['left in the backup, because Vivavoce makes no such tables here: sample.by_hand'])
  })

  test('the accounts of a hosted project stay its own', async () => {
    const hosted = endAt(await databases[18]('hosted'), [...ground, sampleFolder])
    await refuses(
      restoreFrom(file, hosted),
      'rows of sample.notes refer to others that are not here (notes_owner_id_fkey); if it is accounts of a hosted project, bring those over first',
    )
    await ask(hosted.admin, account)
    await restoreFrom(file, hosted)
    assert.match(hosted.said[0]!, /^left in the backup, because Vivavoce makes no such tables here: auth\..*, auth.users, sample.by_hand$/)
    assert.deepEqual(await ask(hosted.url, 'select title from sample.notes'), [{ title: 'hers' }])

    await backUpTo(file, hosted)
    assert.deepEqual(hosted.said.slice(1), ['not in the backup, because Vivavoce did not make them: auth, realtime, storage'])
    await restoreFrom(file, hosted, { overwrite: true })
    assert.deepEqual(await ask(hosted.url, 'select title from sample.notes'), [{ title: 'hers' }])
    await refuses(
      restoreFrom(file, await end(sampleFolder)),
      'this backup is of a hosted project, whose accounts no backup of ours holds: restore it on one that has them',
    )
  })
})

describe('Keys and files', { concurrency: 1 }, () => {
  test('that were there are kept beside those of the backup, unless they are the same keys', async () => {
    const source = await madeBy(older)
    await writeFiles(source.dataDir, { 'keys/secrets.key': 'a', 'files/x/y': 'y' })
    const file = path.join(folder, 'files')
    await backUpTo(file, source)

    const target = await end(older)
    await writeFiles(target.dataDir, {
      'keys/secrets.key': 'another',
      'files/x/y': 'another',
      'files/z': 'z',
      'files.restoring/left': 'by one that was killed',
    })
    await restoreFrom(file, target)
    const [keys, files] = target.said.map((line) => /kept in (.+)$/.exec(line)![1]!)
    assert.deepEqual(await filesIn(target.dataDir, 'keys', 'files'), await filesIn(source.dataDir, 'keys', 'files'))
    assert.deepEqual(Object.keys(await filesIn(target.dataDir, path.basename(keys!), path.basename(files!))).length, 3)

    target.said.length = 0
    await restoreFrom(file, target, { overwrite: true, secretsKey: 'b' })
    const [aside, warning] = target.said
    assert.match(aside!, /^the files that were here are kept in /)
    assert.match(warning!, /^SECRETS_KEY is not the key of this backup, which is in \S+: what that one sealed cannot be opened$/)
    assert.equal(target.said.length, 2)
  })
})

test('A file that becomes shorter while it is read is as long as it became', async () => {
  const [from, to] = [temporaryFolder(), temporaryFolder()]
  await writeFiles(from, { 'files/upload': Buffer.alloc(3_000_000, 'a'), 'files/whole': 'b' })
  const file = path.join(folder, 'shorter')
  const totals = await writeArchive(file, async (archive) => {
    const takingBack = async function* (bytes: AsyncIterable<Buffer>) {
      for await (const chunk of bytes) {
        yield chunk
        truncateSync(path.join(from, 'files/upload'), 1_000)
      }
    }
    return putFolder({ ...archive, file: (name, size, bytes) => archive.file(name, size, takingBack(bytes)) }, from, 'files', assert.fail)
  })
  const { unpack, place } = placing(to, assert.fail)
  for await (const { name, bytes } of readArchive(file)) if (name.startsWith('files/')) await unpack(name, bytes, totals.shortened[name])
  await place()
  assert.deepEqual(await filesIn(to, 'files'), { 'files/upload': Buffer.alloc(1_000, 'a'), 'files/whole': Buffer.from('b') })
})

async function madeBy(folders: string, major?: 18 | 15): Promise<End> {
  const source = await migrated(await end(folders, major))
  const [column, label] = folders === newer ? ['label', 'NEW'] : ['name', 'old']
  await ask(source.url, `insert into library.shelves (${column}) values ('${label}')`)
  return source
}

async function labels({ url }: End): Promise<string[]> {
  const rows = await ask<{ label: string }>(url, 'select label from library.shelves order by id')
  return rows.map(({ label }) => label)
}

const refuses = (restoring: Promise<unknown>, line: string) => assert.rejects(restoring, new CannotStart(line))
