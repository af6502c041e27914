import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { freshDatabase } from '#tests/database.ts'
import {
  aCrowd,
  anAdministrator,
  aPatient,
  asking,
  aVerifiedDoctor,
  block,
  linked,
  outcome,
  refused,
  send,
  tally,
  type Person,
} from './scene.ts'

const db = await freshDatabase()
const does = asking(db.database)
const ruth = await anAdministrator(db)
const leila = await aVerifiedDoctor(db, ruth, 'Leila Haddad')
const daniel = await aPatient(db, 'Daniel Whitlock')
const { conversation } = await linked(db, daniel, leila)
const edit = (message: number, body: string | null) => sql`select private.edit_message(${message}::bigint, ${body}::text)`
const remove = (message: number) => sql`select private.delete_message(${message}::bigint)`
const end = (which: number) => `select private.end_link(${which})`
const places = async (which: number) =>
  (await db.sql<{ seq: string }>('select seq from care.messages where conversation_id = $1 order by created_at, id', [which])).map(
    ({ seq }) => Number(seq),
  )

async function said(by: Person, body: string | null, where = conversation, files: readonly string[] = []): Promise<number> {
  const [row] = await does<{ id: string }>(by.acting, send(where, randomUUID(), body, files))
  return Number(row!.id)
}

async function anUpload(owner: Person, { purpose = 'message_file', state = 'clean' } = {}): Promise<string> {
  const [row] = await db.sql<{ id: string }>(
    `insert into files.objects (owner_id, purpose, name, state, mime, size, sha256, object_path, expires_at)
     values ($1, $2, 'letter.pdf', $3, 'application/pdf', 12, repeat('0', 64), 'aa/bb/letter', now() + interval '1 day') returning id`,
    [owner.id, purpose, state],
  )
  return row!.id
}

describe('a message', () => {
  test('that is sent again is the same message', async () => {
    const id = randomUUID()
    const [first] = await does(daniel.acting, send(conversation, id, 'Good morning'))
    assert.deepEqual(await does(daniel.acting, send(conversation, id, 'Good morning')), [first])
    assert.equal((await db.sql('select from care.messages where client_id = $1', [id])).length, 1)
  })

  test('may bear the id that somebody else gave to theirs', async () => {
    const id = randomUUID()
    const [mine] = await does<{ id: string }>(daniel.acting, send(conversation, id, 'Mine'))
    const [theirs] = await does<{ id: string }>(leila.acting, send(conversation, id, 'Theirs'))
    assert.notEqual(mine!.id, theirs!.id)
  })

  test('bears one id, and not in two conversations', async () => {
    const other = await linked(db, daniel, await aVerifiedDoctor(db, ruth, 'Another'))
    const id = randomUUID()
    await does(daniel.acting, send(conversation, id, 'Here'))
    await assert.rejects(does(daniel.acting, send(other.conversation, id, 'There')), refused('message_sent_once'))
    assert.deepEqual(await places(other.conversation), [])
  })

  test('has the next place, and what is refused takes none', async () => {
    const before = (await places(conversation)).length
    await assert.rejects(does(daniel.acting, send(conversation, randomUUID(), '   ')), refused('message_says_something'))
    await assert.rejects(does(daniel.acting, send(conversation, randomUUID(), null)), refused('message_says_something'))
    await assert.rejects(does(daniel.acting, send(conversation, randomUUID(), 'x'.repeat(8001))), refused('body_is_short'))
    await said(leila, 'Next')
    assert.deepEqual(
      await places(conversation),
      Array.from({ length: before + 1 }, (_, n) => n + 1),
    )
  })

  test('keeps what it said before when it is edited, and when it is deleted', async () => {
    const message = await said(daniel, 'One')
    await does(daniel.acting, edit(message, 'Two'))
    await does(daniel.acting, remove(message))
    await does(daniel.acting, remove(message))
    const [row] = await db.sql(
      'select body, edited_at is not null as edited, deleted_at is not null as deleted from care.messages where id = $1',
      [message],
    )
    assert.deepEqual(row, { body: null, edited: true, deleted: true })
    assert.deepEqual(await db.sql('select version, body from care.message_versions where message_id = $1 order by 1', [message]), [
      { version: 1, body: 'One' },
      { version: 2, body: 'Two' },
    ])
    await assert.rejects(does(daniel.acting, edit(message, 'Three')), refused('message_is_deleted'))
  })

  test('is edited and deleted by its sender alone', async () => {
    const message = await said(daniel, 'Mine')
    for (const act of [edit(message, 'Theirs'), remove(message)]) {
      await assert.rejects(does(leila.acting, act), refused('not_your_message'))
      await assert.rejects(does(ruth.acting, act), refused('no_such_message'))
    }
    await assert.rejects(does(daniel.acting, edit(message, null)), refused('message_says_something'))
  })

  test('of Vivavoce is nobody’s to change', async () => {
    const [row] = await db.sql<{ id: string }>(
      `insert into care.messages (conversation_id, sender_id, body, message_type, client_id) values ($1, $2, 'The call was missed.', 'system', $3) returning id`,
      [conversation, daniel.id, randomUUID()],
    )
    await assert.rejects(does(daniel.acting, edit(Number(row!.id), 'No, it was not.')), refused('not_your_message'))
  })
})

describe('nobody sends', () => {
  test('into a conversation that is not theirs', async () => {
    const mei = await aPatient(db, 'Mei')
    for (const { acting } of [mei, ruth])
      await assert.rejects(does(acting, send(conversation, randomUUID(), 'x')), refused('no_such_conversation'))
    await assert.rejects(does(daniel.acting, send(0, randomUUID(), 'x')), refused('no_such_conversation'))
  })

  test('before the doctor accepts, after the link ended, or while it is blocked; but what was acknowledged stays so', async () => {
    const mei = await aPatient(db, 'Mei')
    const hers = await linked(db, mei, leila)
    const id = randomUUID()
    const [first] = await does(mei.acting, send(hers.conversation, id, 'Before'))
    const message = await said(mei, 'Wait', hers.conversation)
    const refusedNow = async () => {
      for (const { acting } of [mei, leila])
        await assert.rejects(does(acting, send(hers.conversation, randomUUID(), 'After')), refused('link_not_active'))
      for (const act of [edit(message, 'x'), remove(message)]) await assert.rejects(does(mei.acting, act), refused('link_not_active'))
    }
    await does(mei.acting, end(hers.link))
    await refusedNow()
    await does(mei.acting, `select private.ask_doctor('${leila.id}')`)
    await refusedNow()
    await block(db, leila, mei)
    await refusedNow()
    assert.deepEqual(await does(mei.acting, send(hers.conversation, id, 'Before')), [first])
    assert.deepEqual(await places(hers.conversation), [1, 2])
  })

  test('not even the owner of the database, where the link is not active or the sender has no part', async () => {
    const mei = await aPatient(db, 'Mei')
    const hers = await linked(db, mei, leila)
    const write = (sender: Person) =>
      db.sql(`insert into care.messages (conversation_id, sender_id, body, client_id, seq) values ($1, $2, 'x', $3, 77) returning seq`, [
        hers.conversation,
        sender.id,
        randomUUID(),
      ])
    assert.deepEqual(await write(mei), [{ seq: 1 }])
    await assert.rejects(write(daniel), refused('no_such_conversation'))
    await does(mei.acting, end(hers.link))
    await assert.rejects(write(mei), refused('link_not_active'))
  })
})

test('the record stays, also before the owner of the database', async () => {
  const message = await said(daniel, 'First')
  await does(daniel.acting, edit(message, 'Second'))
  for (const text of [
    'delete from care.messages',
    'truncate care.messages cascade',
    'delete from care.message_versions',
    `update care.message_versions set body = 'x'`,
    'truncate care.message_versions',
    'delete from care.conversations',
    'delete from care.message_attachments',
    `update care.messages set seq = seq + 1000 where id = ${message}`,
    `update care.messages set sender_id = '${leila.id}' where id = ${message}`,
    `update care.messages set created_at = now() where id = ${message}`,
  ])
    await assert.rejects(db.sql(text), refused('care_record_stays'), text)
  await does(daniel.acting, remove(message))
  await assert.rejects(
    db.sql(`update care.messages set deleted_at = null, body = 'x' where id = $1`, [message]),
    refused('care_record_stays'),
  )
})

describe('a file', () => {
  const may = (who: Person, file: string) => outcome(does(who.acting, sql`select private.download(${file}::uuid)`))

  test('hangs on a message, and the other side has it; nobody else', async () => {
    const file = await anUpload(daniel)
    const message = await said(daniel, 'The letter', conversation, [file])
    assert.deepEqual(
      await does(leila.acting, `select file_name, mime_type, file_size from care.message_attachments where message_id = ${message}`),
      [{ file_name: 'letter.pdf', mime_type: 'application/pdf', file_size: 12 }],
    )
    assert.deepEqual(await db.sql('select message_type from care.messages where id = $1', [message]), [{ message_type: 'mixed' }])
    assert.deepEqual(await db.sql('select bucket, object_path from care.message_attachments where message_id = $1', [message]), [
      { bucket: 'message-files', object_path: 'aa/bb/letter' },
    ])
    assert.equal(await may(leila, file), 'done')
    assert.equal(await may(ruth, file), 'no_such_file')
    assert.equal(await may(await aPatient(db, 'Mei'), file), 'no_such_file')
  })

  test('goes out of reach with its message', async () => {
    const file = await anUpload(daniel)
    const message = await said(daniel, null, conversation, [file])
    await does(daniel.acting, remove(message))
    assert.deepEqual(await does(leila.acting, `select id from care.message_attachments where message_id = ${message}`), [])
    assert.equal(await may(leila, file), 'no_such_file')
  })

  test('is not handed out any more once the two are kept apart', async () => {
    const mei = await aPatient(db, 'Mei')
    const hers = await linked(db, mei, leila)
    const file = await anUpload(mei)
    await said(mei, null, hers.conversation, [file])
    await does(leila.acting, end(hers.link))
    assert.equal(await may(leila, file), 'done')
    await block(db, mei, leila)
    assert.equal(await may(leila, file), 'no_such_file')
    assert.equal(await may(mei, file), 'done')
  })

  test('is sent by its owner, once, clean, and for this purpose; else the message is not sent either', async () => {
    const before = (await places(conversation)).length
    const used = await anUpload(daniel)
    await said(daniel, null, conversation, [used])
    for (const [file, name] of [
      [await anUpload(leila), 'no_such_file'],
      [await anUpload(daniel, { purpose: 'cv' }), 'no_such_file'],
      [await anUpload(daniel, { state: 'scanning' }), 'file_is_being_scanned'],
      [await anUpload(daniel, { state: 'quarantined' }), 'file_is_quarantined'],
      [used, 'file_is_in_use'],
    ] as const)
      await assert.rejects(does(daniel.acting, send(conversation, randomUUID(), 'See', [file])), refused(name))
    assert.equal((await places(conversation)).length, before + 1)
  })

  test('does not hang on words alone', async () => {
    const message = await said(daniel, 'Words')
    await assert.rejects(
      db.sql(`insert into care.message_attachments (message_id, object_path, file_id) values ($1, 'x', $2)`, [
        message,
        await anUpload(daniel),
      ]),
      refused('no_such_message'),
    )
  })
})

test('a mark of what was read goes forward, not beyond what is there, and is nobody else’s to set', async () => {
  const last = (await places(conversation)).at(-1)!
  const readUpTo = (seq: number) => does(daniel.acting, `select private.read_up_to(${conversation}, ${seq})`)
  const mark = () => does<{ seq: number }>(daniel.acting, 'select seq from care.read_marks')
  await readUpTo(3)
  await readUpTo(2)
  assert.deepEqual(await mark(), [{ seq: 3 }])
  await readUpTo(1_000_000)
  assert.deepEqual(await mark(), [{ seq: last }])
  assert.deepEqual(await does(leila.acting, 'select seq from care.read_marks'), [])
  await assert.rejects(does(ruth.acting, `select private.read_up_to(${conversation}, 1)`), refused('no_such_conversation'))
})

test('what is unread is what the other side said since', async () => {
  const ada = await aPatient(db, 'Ada')
  const hers = await linked(db, ada, leila)
  const unread = async (who: Person) =>
    (await does<{ unread: number }>(who.acting, `select unread from private.my_unread() where conversation_id = ${hers.conversation}`)).map(
      (row) => row.unread,
    )
  assert.deepEqual(await unread(ada), [])
  await said(leila, 'One', hers.conversation)
  await said(ada, 'Two', hers.conversation)
  await said(leila, 'Three', hers.conversation)
  assert.deepEqual([await unread(ada), await unread(leila), await unread(daniel)], [[2], [1], []])
  await does(ada.acting, `select private.read_up_to(${hers.conversation}, 1)`)
  assert.deepEqual(await unread(ada), [1])
  await does(ada.acting, `select private.read_up_to(${hers.conversation}, 3)`)
  assert.deepEqual(await unread(ada), [])
})

describe('at once', () => {
  const crowd = aCrowd(db)
  const rounds = 5

  test('fifty retries are one message', async () => {
    for (let round = 0; round < rounds; round++) {
      const id = randomUUID()
      const all = await Promise.all(Array.from({ length: 50 }, () => crowd<{ id: string }>(daniel.acting, send(conversation, id, 'Once'))))
      assert.equal(new Set(all.map(([row]) => row!.id)).size, 1)
    }
  })

  test('fifty messages of both have fifty places without a gap', async () => {
    for (let round = 0; round < rounds; round++) {
      await Promise.all(
        Array.from({ length: 50 }, (_, n) => crowd((n % 2 ? daniel : leila).acting, send(conversation, randomUUID(), `m${n}`))),
      )
      const all = await places(conversation)
      assert.deepEqual(
        all,
        Array.from({ length: all.length }, (_, n) => n + 1), // also by their times
      )
    }
  })

  for (const [what, cut] of [
    ['a block', (mei: Person) => crowd(leila.acting, `insert into safety.blocks (blocked_id) values ('${mei.id}')`)],
    ['an end', (_: Person, its: number) => crowd(leila.acting, end(its))],
  ] as const)
    test(`nothing is written after ${what}`, async () => {
      for (let round = 0; round < rounds; round++) {
        const mei = await aPatient(db, 'Mei')
        const hers = await linked(db, mei, leila)
        const results = await Promise.all([
          ...Array.from({ length: 25 }, () => outcome(crowd(mei.acting, send(hers.conversation, randomUUID(), 'x')))),
          cut(mei, hers.link).then(async () => String((await places(hers.conversation)).length)),
          ...Array.from({ length: 24 }, () => outcome(crowd(leila.acting, send(hers.conversation, randomUUID(), 'x')))),
        ])
        const { done = 0, link_not_active: late = 0, ...rest } = tally(results)
        const [seenAtTheCut] = Object.keys(rest)
        assert.equal(done + late, 49)
        assert.equal((await places(hers.conversation)).length, done)
        assert.equal(Number(seenAtTheCut), done, 'whoever cut it had seen the last of it')
      }
    })
})
