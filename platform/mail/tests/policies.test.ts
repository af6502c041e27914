import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import type { Acting } from '#platform/database/acting.ts'
import { aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'
import { alarm, news } from '#tests/sample/mails.ts'
import { eraseMail, exportMail } from '../person.ts'
import { sendMail, type Mail } from '../send.ts'

const db = await freshDatabase()
const { read, write } = db.database
const notAllowed = { code: '42501' }
const attempt = (acting: Acting, text: string) => write(acting, async (tx) => Number((await sql.raw(text).execute(tx)).numAffectedRows))

const content = { subject: 'A note for you', paragraphs: ['It is about a cough.'] }
const send = (mail: Omit<Mail, 'content'>, said = content) => write(theServer, (tx) => sendMail(tx, { ...mail, content: said }))
const row = async (id: string) => (await db.sql('select user_id, state, code, address, subject from mail.messages where id = $1', [id]))[0]
const jobsFor = async (id: string) =>
  (await db.sql(`select from jobs.queued where name = 'mail.send' and data = jsonb_build_object('id', $1::text)`, [id])).length
const says = (acting: Acting, kind: string, wanted: boolean) =>
  attempt(
    acting,
    `insert into mail.preferences (kind, wanted) values ('${kind}', ${wanted})
    on conflict (user_id, kind) do update set wanted = excluded.wanted`,
  )

const ada = await someone(db, 'ada')
const bo = await someone(db, 'bo')
const addressOf = async ({ id }: { id: string }) =>
  (await db.sql<{ email: string }>('select email from auth.users where id = $1', [id]))[0]!.email

describe('a preference', () => {
  test('is said, seen and thought better of by the person it is about', async () => {
    assert.equal(await says(ada.acting, 'sample.news', false), 1)
    assert.equal(await says(ada.acting, 'sample.news', true), 1)
    assert.equal(await attempt(ada.acting, 'select from mail.preferences where wanted'), 1)
  })

  test('of Ada’s cannot be seen or changed by Bo', async () => {
    assert.equal(await attempt(bo.acting, 'select from mail.preferences'), 0)
    assert.equal(await attempt(bo.acting, 'update mail.preferences set wanted = false'), 0)
  })

  test('cannot be said for another person, given away, or taken back without a word', async () => {
    const forAda = `insert into mail.preferences (user_id, kind, wanted) values ('${ada.id}', 'sample.alarm', false)`
    await assert.rejects(attempt(bo.acting, forAda), notAllowed)
    await assert.rejects(attempt(ada.acting, forAda), notAllowed)
    await assert.rejects(attempt(ada.acting, `update mail.preferences set user_id = '${bo.id}'`), notAllowed)
    await assert.rejects(attempt(ada.acting, `update mail.preferences set kind = 'sample.alarm'`), notAllowed)
    await assert.rejects(attempt(ada.acting, 'delete from mail.preferences'), notAllowed)
  })

  test('is about a kind that is named like one', () =>
    assert.rejects(says(ada.acting, 'everything', false), { constraint: 'kind_is_part_and_what' }))

  test('is not for strangers, and not for the server to say', async () => {
    for (const acting of [aStranger, theServer]) await assert.rejects(says(acting, 'sample.news', false), notAllowed)
    await assert.rejects(attempt(aStranger, 'select from mail.preferences'), notAllowed)
    await assert.rejects(attempt(theServer, 'update mail.preferences set wanted = true'), notAllowed)
    assert.ok((await attempt(theServer, 'select from mail.preferences')) > 0)
  })
})

describe('a mail', () => {
  test('to a person goes to the address of their account', async () => {
    const id = await send({ to: { userId: ada.id }, kind: news })
    assert.deepEqual(await row(id), {
      user_id: ada.id,
      state: 'waiting',
      code: null,
      address: await addressOf(ada),
      subject: content.subject,
    })
    assert.equal(await jobsFor(id), 1)
  })

  test('to a person may go to another address of theirs', async () => {
    const id = await send({ to: { userId: ada.id, address: 'new@example.test' }, kind: alarm })
    assert.deepEqual(await row(id), {
      user_id: ada.id,
      state: 'waiting',
      code: null,
      address: 'new@example.test',
      subject: content.subject,
    })
  })

  test('to a bare address is nobody’s', async () => {
    const id = await send({ to: { address: 'cleo@example.test' }, kind: alarm })
    assert.equal((await row(id))?.['user_id'], null)
  })

  test('is not there without its cause', async () => {
    const hers = () => db.sql('select from mail.messages where user_id = $1', [ada.id])
    const before = await hers()
    const undone = write(theServer, async (tx) => {
      await sendMail(tx, { to: { userId: ada.id }, kind: alarm, content })
      throw new Error('on second thoughts')
    })
    await assert.rejects(undone, /second thoughts/)
    assert.equal((await hers()).length, before.length)
  })

  test('to a person whom nobody knows is refused', () =>
    assert.rejects(send({ to: { userId: randomUUID() }, kind: alarm }), { constraint: 'no_such_person' }))

  for (const [who, acting] of [
    ['Ada', ada.acting],
    ['a stranger', aStranger],
  ] as const)
    for (const text of [
      'select id from mail.messages',
      `update mail.messages set state = 'waiting'`,
      'delete from mail.messages',
      `insert into mail.messages (id, kind) values (gen_random_uuid(), 'sample.news')`,
      `select private.write_mail(gen_random_uuid(), 'sample.alarm', true, 'x', 'x', 'x', null, 'victim@example.test')`,
      `select private.erase_mail('${bo.id}')`,
    ])
      test(`cannot come by ${who}’s ${text}`, () => assert.rejects(attempt(acting, text), notAllowed))

  test('cannot be written by the server past the function that knows who wants it', async () => {
    await assert.rejects(attempt(theServer, `insert into mail.messages (id, kind) values (gen_random_uuid(), 'sample.news')`), notAllowed)
    for (const column of ['id', 'user_id', 'kind', 'created_at'])
      await assert.rejects(attempt(theServer, `update mail.messages set ${column} = ${column}`), notAllowed)
  })

  test('that was sent or skipped stays so, even for the owner of it all', async () => {
    const [sent, skipped] = [await send({ to: { userId: bo.id }, kind: alarm }), await send({ to: { userId: bo.id }, kind: alarm })]
    await db.sql(`update mail.messages set state = 'sent', sent_at = now() where id = $1`, [sent])
    await db.sql(
      `update mail.messages set state = 'skipped', code = 'x', address = null, subject = null, text = null, html = null where id = $1`,
      [skipped],
    )
    for (const id of [sent, skipped]) {
      const again = `update mail.messages set state = 'waiting', sent_at = null, code = null where id = '${id}'`
      await assert.rejects(db.sql(again), { constraint: 'mail_is_done' })
      await assert.rejects(attempt(theServer, again), { constraint: 'mail_is_done' })
    }
  })
})

describe('whoever does not want mails of a kind', async () => {
  const cleo = await someone(db, 'cleo')
  await says(cleo.acting, news.name, false)
  await says(cleo.acting, alarm.name, false) // no operation lets her; it would help nobody who got hold of her session

  test('gets none, and nothing of what they would have said is kept', async () => {
    const id = await send({ to: { userId: cleo.id }, kind: news })
    assert.deepEqual(await row(id), { user_id: cleo.id, state: 'skipped', code: 'person_does_not_want_it', address: null, subject: null })
    assert.equal(await jobsFor(id), 0)
  })

  test('gets what is mandatory all the same', async () => {
    const id = await send({ to: { userId: cleo.id }, kind: alarm })
    assert.equal((await row(id))?.['state'], 'waiting')
    assert.equal(await jobsFor(id), 1)
  })

  test('gets them again when they think better of it', async () => {
    await says(cleo.acting, news.name, true)
    assert.equal((await row(await send({ to: { userId: cleo.id }, kind: news })))?.['state'], 'waiting')
  })
})

describe('no mail goes', () => {
  const skippedFor = async (change: string, kind = alarm) => {
    const person = await someone(db)
    await db.sql(`update auth.users set ${change} where id = $1`, [person.id])
    return (await row(await send({ to: { userId: person.id }, kind })))?.['code']
  }
  test('to a person who is gone', async () => assert.equal(await skippedFor('deleted_at = now()'), 'person_is_gone'))
  test('to a person without an address', async () => assert.equal(await skippedFor('email = null'), 'person_has_no_address'))
  test('to an address that nobody confirmed, but what the account needs', async () => {
    assert.equal(await skippedFor('email_confirmed_at = null', news), 'address_is_not_confirmed')
    assert.equal(await skippedFor('email_confirmed_at = null', alarm), null)
  })
})

describe('a mail is refused by name', () => {
  const addressed = (address: string) => send({ to: { address }, kind: alarm })
  for (const address of [
    'ada@example.test\r\nBcc: bo@example.test',
    'ada@example.test\nBcc: bo@example.test',
    'ada@example.test,bo@example.test',
    'ada@example.test bo@example.test',
    '"bo@example.test x"@example.test',
    'Bo <bo@example.test>',
    'ada',
    '@example.test',
    `${'a'.repeat(320)}@example.test`,
  ])
    test(`to ${JSON.stringify(address.slice(0, 50))}`, () => assert.rejects(addressed(address), { constraint: 'address_is_one_address' }))

  for (const subject of ['Hello\r\nBcc: bo@example.test', 'Hello\nX: y', 'Hello\rX: y', 'Tab\there', '', 'x'.repeat(201)])
    test(`about ${JSON.stringify(subject.slice(0, 50))}`, () =>
      assert.rejects(send({ to: { userId: ada.id }, kind: alarm }, { ...content, subject }), { constraint: 'subject_is_one_line' }))

  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'vivavoce.example', ''])
    test(`with a link to ${url || 'nowhere'}`, () =>
      assert.rejects(
        write(theServer, (tx) =>
          sendMail(tx, { to: { userId: ada.id }, kind: alarm, content: { ...content, action: { label: 'Go', url } } }),
        ),
        { code: 'link_is_not_http' },
      ))

  test('of a kind that is not named like one', () =>
    assert.rejects(send({ to: { userId: ada.id }, kind: { ...news, name: 'news' } }), { constraint: 'kind_is_part_and_what' }))
})

describe('what mail keeps of a person', async () => {
  const dora = await someone(db, 'dora')
  const address = await addressOf(dora)
  await says(dora.acting, news.name, false)
  const own = [await send({ to: { userId: dora.id }, kind: alarm }), await send({ to: { userId: dora.id }, kind: news })]
  const bare = await send({ to: { address: address.toUpperCase() }, kind: alarm })
  const bos = await send({ to: { userId: bo.id }, kind: alarm })

  test('is exported without what the mails said', async () => {
    const { preferences, messages } = await read(theServer, (db) => exportMail(db, dora.id))
    assert.deepEqual(preferences, [{ kind: 'sample.news', wanted: false }])
    assert.deepEqual(
      messages.map(({ kind, state }) => [kind, state]),
      [
        ['sample.alarm', 'waiting'],
        ['sample.news', 'skipped'],
      ],
    )
    assert.deepEqual(Object.keys(messages[0]!).toSorted(), ['created_at', 'kind', 'sent_at', 'state'])
  })

  test('is erased with them, down to what was written to their bare address, and nobody else’s', async () => {
    await write(theServer, (tx) => eraseMail(tx, dora.id))
    assert.deepEqual(await db.sql('select from mail.messages where id = any ($1)', [[...own, bare]]), [])
    assert.deepEqual(await db.sql('select from mail.preferences where user_id = $1', [dora.id]), [])
    assert.ok(await row(bos))
    assert.deepEqual(await read(theServer, (db) => exportMail(db, dora.id)), { preferences: [], messages: [] })
  })
})
