import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { configure } from '#platform/configuration/environment.ts'
import type { Job, Running } from '#platform/jobs/job.ts'
import { logger } from '#platform/operations/log.ts'
import { theServer } from '#tests/database.ts'
import { paper } from '#tests/sample/purposes.ts'
import { finishedUpload, letGo } from '../claim.ts'
import { inventory, sweepFiles } from '../jobs.ts'
import { pathOf } from '../objects.ts'
import { filesOfPerson } from '../person.ts'
import { pdf } from './making.ts'
import { scene, type Someone } from './scene.ts'

const there = await scene()
const { db } = there
const ada = await there.somebody('ada')
const objectOf = (id: string) => path.join(there.dataDir, 'files/objects', pathOf(id))
const incomingOf = (id: string) => path.join(there.dataDir, 'files/incoming', id)
const acting = (one: Someone) => ({ role: 'authenticated', claims: JSON.stringify({ sub: one.id, role: 'authenticated' }) }) as const

const aFile = async (one: Someone = ada) => (await one.upload('sample_paper', 'a.pdf', pdf(randomUUID()))).id
const claim = (one: Someone, id: string) => db.database.write(acting(one), (tx) => finishedUpload(tx, id, paper))
const rowOf = async (id: string) => (await db.sql<Record<string, unknown>>('select * from files.objects where id = $1', [id]))[0]
const dueNow = (id: string) => db.sql(`update files.objects set expires_at = now() - interval '1 second' where id = $1`, [id])
const anHourAgo = (file: string) => utimesSync(file, 0, Date.now() / 1_000 - 3_601)

async function run({ run }: Job): Promise<string[]> {
  const log: string[] = []
  const { read, write } = db.database
  const running: Running = {
    data: {},
    database: { read: (work) => read(theServer, work), write: (work) => write(theServer, work) },
    configuration: configure({ DATA_DIR: there.dataDir }),
    signal: new AbortController().signal,
    log: logger('info', { write: (line) => void log.push(line) }),
  }
  await run(running)
  return log
}

describe('what nobody claimed within a day', () => {
  test('is swept, row and bytes; what is claimed stays, and so does what has time yet', async () => {
    const [forgotten, claimed, recent] = [await aFile(), await aFile(), await aFile()]
    const unfinished = await ada.begin({ length: 100 })
    await ada.send(unfinished.at, 0, Buffer.alloc(50, 65))
    await claim(ada, claimed)
    await Promise.all([dueNow(forgotten), dueNow(unfinished.id)])
    await run(sweepFiles)
    assert.deepEqual([await rowOf(forgotten), await rowOf(unfinished.id)], [undefined, undefined])
    assert.ok((await rowOf(claimed)) && (await rowOf(recent)))
    await there.until(() => !existsSync(objectOf(forgotten)) && !existsSync(incomingOf(unfinished.id)))
    assert.ok(existsSync(objectOf(claimed)) && existsSync(objectOf(recent)))
  })

  test('is swept, however much it is', async () => {
    await db.sql(
      `insert into files.objects (owner_id, purpose, name, length, expires_at)
      select $1, 'sample_paper', 'a', 1, now() - interval '1 minute' from generate_series(1, 120)`,
      [ada.id],
    )
    await run(sweepFiles)
    assert.deepEqual(await db.sql(`select id from files.objects where expires_at < now()`), [])
  })
})

describe('a claim', () => {
  test('gives what is known of the file, and keeps it', async () => {
    const id = await aFile()
    const { name, mime, size, sha256, object_path } = await claim(ada, id)
    assert.deepEqual([name, mime, object_path, sha256.length], ['a.pdf', 'application/pdf', pathOf(id), 64])
    assert.ok(size > 0)
    assert.equal((await rowOf(id))!['expires_at'], null)
    assert.equal((await ada(`DELETE /api/files/${id}`)).body['code'], 'file_is_in_use')
  })

  test('that is undone leaves the file as it was', async () => {
    const id = await aFile()
    const undone = db.database.write(acting(ada), async (tx) => {
      await finishedUpload(tx, id, paper)
      throw new Error('no row for it')
    })
    await assert.rejects(undone, /no row for it/)
    assert.ok((await rowOf(id))!['expires_at'])
  })

  test('is made once, however many make it at the same time', async () => {
    const id = await aFile()
    const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claim(ada, id)))
    assert.equal(claims.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const made of claims)
      if (made.status === 'rejected') assert.equal((made.reason as { constraint: string }).constraint, 'file_is_in_use')
  })

  test('is not lost to a sweep at the same moment, nor does it keep what is swept', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await aFile()
      await dueNow(id)
      const [claimed] = await Promise.allSettled([claim(ada, id), run(sweepFiles)])
      assert.equal((await rowOf(id)) !== undefined, claimed.status === 'fulfilled')
    }
  })

  for (const [what, code, make] of [
    ['another person’s file', 'no_such_file', async () => aFile(await there.somebody('bo'))],
    [
      'a file for something else',
      'no_such_file',
      async () => {
        const id = await aFile()
        await db.sql(`update files.objects set purpose = 'avatar' where id = $1`, [id])
        return id
      },
    ],
    ['what is still coming', 'file_is_not_finished', async () => (await ada.begin({ length: 5 })).id],
    [
      'what is in quarantine',
      'file_is_quarantined',
      async () => {
        const id = await aFile()
        await db.sql(`update files.objects set state = 'quarantined' where id = $1`, [id])
        return id
      },
    ],
    ['nothing', 'no_such_file', async () => randomUUID()],
  ] as const)
    test(`of ${what} is refused`, async () => {
      await assert.rejects(claim(ada, await make()), { constraint: code })
    })

  test('that is let go leaves the file to the next sweep', async () => {
    const id = await aFile()
    await claim(ada, id)
    await db.database.write(acting(ada), async (tx) => letGo(tx, id))
    await run(sweepFiles)
    assert.equal(await rowOf(id), undefined)
    await there.until(() => !existsSync(objectOf(id)))
  })

  test('cannot be let go by somebody else', async () => {
    const id = await aFile()
    await claim(ada, id)
    const bo = await there.somebody('bo')
    await assert.rejects(
      db.database.write(acting(bo), async (tx) => letGo(tx, id)),
      { constraint: 'no_such_file' },
    )
    assert.equal((await rowOf(id))!['expires_at'], null)
  })
})

describe('the inventory', () => {
  const stranger = (id: string, young = false) => {
    mkdirSync(path.dirname(objectOf(id)), { recursive: true })
    writeFileSync(objectOf(id), 'nobody’s')
    if (!young) anHourAgo(objectOf(id))
  }
  const leftover = (id: string) => {
    writeFileSync(incomingOf(id), 'half a file')
    anHourAgo(incomingOf(id))
  }

  test('removes what no row names, unless it is of this hour; and nothing else', async () => {
    const kept = await Promise.all(Array.from({ length: 5 }, () => aFile()))
    kept.forEach((id) => anHourAgo(objectOf(id)))
    const unfinished = await ada.begin({ length: 100 })
    await ada.send(unfinished.at, 0, Buffer.alloc(50, 65))
    anHourAgo(incomingOf(unfinished.id))
    const [old, young, half] = [randomUUID(), randomUUID(), randomUUID()]
    stranger(old)
    stranger(young, true)
    leftover(half)
    const log = await run(inventory)
    assert.ok(!existsSync(objectOf(old)) && existsSync(objectOf(young)) && !existsSync(incomingOf(half)))
    assert.ok(kept.every((id) => existsSync(objectOf(id))))
    assert.equal((await ada.look(unfinished.at)).offset, 50)
    assert.ok(log.some((line) => line.includes(old)))
  })

  test('marks rows whose object is gone, says which, and takes it back when it is there again', async () => {
    const id = await aFile()
    const hidden = readdirSync(path.dirname(objectOf(id)))
    assert.ok(hidden.includes(id))
    await db.sql(`update files.objects set object_path = $2 where id = $1`, [id, pathOf(randomUUID())])
    const log = await run(inventory)
    assert.ok((await rowOf(id))!['lost_at'])
    assert.ok(log.some((line) => line.includes('are lost') && line.includes(id)))
    assert.equal((await ada(`POST /api/files/${id}/link`)).body['code'], 'file_is_lost')
    assert.deepEqual(
      (await run(inventory)).filter((line) => line.includes(id)),
      [],
      'it is said once',
    )
    await db.sql(`update files.objects set object_path = $2 where id = $1`, [id, pathOf(id)])
    await run(inventory)
    assert.equal((await rowOf(id))!['lost_at'], null)
  })

  test('touches nothing where most of what lies there is another database’s', async () => {
    const ids = Array.from({ length: 200 }, () => randomUUID())
    ids.forEach((id) => stranger(id))
    const log = await run(inventory)
    assert.ok(ids.every((id) => existsSync(objectOf(id))))
    assert.ok(log.some((line) => line.includes('another database')))
  })
})

describe('who leaves', () => {
  test('takes their files along, and nobody else’s', async () => {
    const cleo = await there.somebody('cleo')
    const id = await aFile(cleo)
    await cleo.begin({ length: 5 })
    await db.database.read(theServer, async (db) => {
      const { files } = await filesOfPerson.export(db, cleo.id)
      assert.deepEqual(
        (files as { name: string }[]).map(({ name }) => name),
        ['a.pdf'],
      )
      assert.deepEqual(await filesOfPerson.files!(db, cleo.id), [{ name: `${id}-a.pdf`, objectPath: pathOf(id) }])
    })
  })

  test('leaves nothing but a stone where a row may point to it', async () => {
    const dan = await there.somebody('dan')
    const [claimed, unclaimed, unfinished] = [await aFile(dan), await aFile(dan), await dan.begin({ length: 100 })]
    await claim(dan, claimed)
    await dan.send(unfinished.at, 0, Buffer.alloc(50, 65))
    const erase = () => db.database.write(theServer, (tx) => filesOfPerson.erase(tx, dan.id))
    // The server's own relay looks every half a second; this commit did not wake it.
    await erase()
    await erase()
    await there.until(() => [objectOf(claimed), objectOf(unclaimed), incomingOf(unfinished.id)].every((file) => !existsSync(file)))
    const { name, mime, sha256, object_path } = (await rowOf(claimed))!
    assert.deepEqual([name, mime, sha256, object_path], ['erased', null, null, null])
    assert.equal((await dan(`POST /api/files/${claimed}/link`)).body['code'], 'no_such_file')
    await run(sweepFiles)
    assert.deepEqual(await db.sql('select id from files.objects where owner_id = $1', [dan.id]), [{ id: claimed }])
  })
})
