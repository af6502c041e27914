import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pg from 'pg'
import { configure } from '#platform/configuration/environment.ts'
import { logger } from '#platform/operations/log.ts'
import { theServer } from '#tests/database.ts'
import { until } from '#tests/processes.ts'
import { alarm } from '#tests/sample/mails.ts'
import { sweepMessages } from '../jobs.ts'
import { sent as markSent } from '../message.ts'
import { sendMail } from '../send.ts'
import { mailServer, no } from './mailserver.ts'
import { scene } from './scene.ts'

const db = await scene()
const scrubbed = { state: 'sent', code: null, attempts: 1, address: null, subject: null, text: null, html: null, calendar: null }
const accepts = (mails: { accepted: unknown[] }, count: number) =>
  until(() => mails.accepted.length >= count, 90, `${count} mails accepted`)
const stateOf = async (id: string) => (await db.message(id))?.state
const becomes = (id: string, state: string) => until(async () => (await stateOf(id)) === state, 90, `the mail is ${state}`)
const queueAgain = (id: string) => db.sql(`select private.enqueue('mail.send', jsonb_build_object('id', $1::text))`, [id])
const nothingWaits = () =>
  until(
    async () => (await db.sql(`select 1 from jobs.queued union all select 1 from pgboss.job where state < 'completed'`)).length === 0,
    20,
    'no job waits',
  )

test('a mail arrives as plain text and HTML, with what its server needs to know', async () => {
  const mails = await mailServer()
  const node = await db.node(mails.url)
  const id = await db.database.write(theServer, (tx) =>
    sendMail(tx, {
      to: { address: 'søren@exämple.test' },
      kind: alarm,
      content: {
        subject: 'Größe, naïveté & “three” <b>日本語</b> 🙂',
        greeting: 'Hello Søren,',
        paragraphs: [
          'A line that is long enough to be folded by what carries it, and that must be whole again where it is read: 日本語.',
          '.',
          'From here on.',
        ],
        action: { label: 'Come in', url: 'https://vivavoce.example/in?token_hash=a%2Bb&type=signup' },
        code: '042 137',
      },
    }),
  )
  await accepts(mails, 1)
  const [mail] = mails.accepted
  assert.ok(mail)
  assert.equal(mail.messageId, `<${id}@vivavoce.example>`)
  assert.deepEqual(mail.from, { name: 'Vivavoce', address: 'no-reply@vivavoce.example' })
  assert.equal(mail.subject, 'Größe, naïveté & “three” <b>日本語</b> 🙂')
  assert.deepEqual(mail.envelope, { from: 'no-reply@vivavoce.example', to: ['søren@exämple.test'] })
  for (const words of ['Hello Søren,', '日本語.', '\n.\n', '\nhttps://vivavoce.example/in?token_hash=a%2Bb&type=signup\n', '042 137'])
    assert.ok(mail.text?.replaceAll('\r\n', '\n').includes(words), `${words} in ${mail.text}`)
  assert.match(mail.html ?? '', /href="https:\/\/vivavoce\.example\/in\?token_hash=a%2Bb&amp;type=signup"/)
  assert.match(mail.raw, /^Content-Type: multipart\/alternative/m)
  assert.match(mail.raw, /^Auto-Submitted: auto-generated\r$/m)
  await node.stop()
})

test('what a mail said is gone as soon as another server has it', async () => {
  const mails = await mailServer()
  const node = await db.node(mails.url, { MAIL_FROM: '"The house, of mail" <post@house.example>' })
  const id = await db.write('Somebody signed in')
  assert.equal((await db.message(id))?.address, 'ada@example.test')
  await becomes(id, 'sent')
  assert.deepEqual(await db.message(id), scrubbed)
  assert.deepEqual(mails.accepted[0]?.from, { name: 'The house, of mail', address: 'post@house.example' })
  await node.stop()
})

test('a mail that was sent is not sent again, whoever queues its job', async () => {
  const mails = await mailServer()
  const node = await db.node(mails.url)
  const id = await db.write('Once')
  await becomes(id, 'sent')
  await queueAgain(id)
  await queueAgain(id)
  await nothingWaits()
  assert.equal(mails.accepted.length, 1)
  await node.stop()
})

test('40 mails written at once go out from two nodes, each once', async () => {
  const mails = await mailServer()
  const nodes = await Promise.all([db.node(mails.url), db.node(mails.url)])
  const ids = await Promise.all(Array.from({ length: 40 }, (_, count) => db.write(`Number ${count}`)))
  await accepts(mails, 40)
  await Promise.all(ids.map((id) => becomes(id, 'sent')))
  assert.deepEqual(mails.accepted.map(({ messageId }) => `${messageId}`).toSorted(), ids.map((id) => `<${id}@vivavoce.example>`).toSorted())
  await Promise.all(nodes.map((node) => node.stop()))
})

describe('a mail is tried again', () => {
  test('when nobody answers for a while', async () => {
    const away = await mailServer()
    await away.close()
    const node = await db.node(away.url)
    const id = await db.write('Patience')
    await until(async () => (await db.message(id))?.attempts === 1, 90, 'it was tried')
    const back = await mailServer(() => {}, { port: away.port })
    await becomes(id, 'sent')
    assert.equal(back.accepted.length, 1)
    await node.stop()
  })

  test('when its server says not now', async () => {
    let asked = 0
    const mails = await mailServer(() => {
      if (++asked === 1) throw no(451)
    })
    const node = await db.node(mails.url)
    const id = await db.write('Grey list')
    await becomes(id, 'sent')
    assert.equal(mails.accepted.length, 1)
    await node.stop()
  })

  test('when the line is cut as the mail has gone over it', async () => {
    let asked = 0
    const mails = await mailServer((_mail, server) => {
      if (++asked > 1) return
      server.cut()
      throw no(451)
    })
    const node = await db.node(mails.url)
    const id = await db.write('Cut off')
    await becomes(id, 'sent')
    assert.deepEqual([asked, mails.accepted.length], [2, 1])
    await node.stop()
  })

  // The worst moment: the other server has it, and we are gone before that is written down. The row is held so that it
  // cannot be.
  test('under the same Message-ID when we died before we could write down that it was sent', async () => {
    const dead = Promise.withResolvers<void>()
    let holding: Promise<void> | undefined
    const mails = await mailServer(async ({ messageId = '' }) => {
      if (holding) return
      const held = Promise.withResolvers<void>()
      holding = holdRow(messageId.slice(1, 37), held.resolve, dead.promise)
      await held.promise
    })
    const node = await db.node(mails.url)
    const id = await db.write('At the worst moment')
    await accepts(mails, 1)
    await until(async () => (await waitingForRow()) === 1, 90, 'the job waits to write it down')
    await node.stop()
    dead.resolve()
    await holding
    assert.equal(await stateOf(id), 'waiting')

    const another = await db.node(mails.url)
    await becomes(id, 'sent')
    assert.deepEqual(
      mails.accepted.map(({ messageId }) => messageId),
      [`<${id}@vivavoce.example>`, `<${id}@vivavoce.example>`],
    )
    await queueAgain(id)
    await nothingWaits()
    assert.equal(mails.accepted.length, 2)
    await another.stop()
  })
})

test('a mail that its server will not have is given up at once, and sent when an operator tries it again', async () => {
  let refuse = true
  const mails = await mailServer(() => {
    if (refuse) throw no(550)
  })
  const node = await db.node(mails.url)
  const id = await db.write('Unwelcome')
  await becomes(id, 'failed')
  assert.deepEqual(await db.deadLetter(id), { name: 'mail.send', code: 'smtp_550', attempts: 1 })
  assert.equal((await db.message(id))?.code, 'smtp_550')
  await nothingWaits()

  refuse = false
  await db.sql('delete from jobs.dead_letters where id = $1', [id]) // as POST /api/jobs/dead-letters/:id/retry does
  await queueAgain(id)
  await becomes(id, 'sent')
  assert.deepEqual(await db.message(id), { ...scrubbed, attempts: 2 })
  await node.stop()
})

test('a mail that could not be sent for a day is given up', async () => {
  const away = await mailServer()
  await away.close()
  const id = await db.write('Yesterday’s news')
  await db.sql(`update mail.messages set created_at = now() - interval '25 hours' where id = $1`, [id])
  const node = await db.node(away.url)
  await becomes(id, 'failed')
  assert.deepEqual(await db.deadLetter(id), { name: 'mail.send', code: 'ECONNREFUSED', attempts: 1 })
  await node.stop()
})

test('a mail whose person is erased meanwhile is sent to nobody', async () => {
  const mails = await mailServer()
  const id = await db.write('Too late')
  await db.sql('delete from mail.messages where id = $1', [id])
  const node = await db.node(mails.url)
  await nothingWaits()
  assert.equal(mails.accepted.length, 0)
  await node.stop()
})

test('what was never sent is gone after a week, and that there was a mail after three months', async () => {
  const aged = async (subject: string, days: number, sent = false) => {
    const id = await db.write(subject)
    await db.sql(`update mail.messages set created_at = now() - make_interval(days => $2) where id = $1`, [id, days])
    if (sent) await db.database.write(theServer, (tx) => markSent(tx, id))
    return id
  }
  const old = [await aged('Forgotten', 8), await aged('Sent long ago', 91, true)]
  const kept = [await aged('Six days', 6), await aged('Sent a month ago', 30, true)]
  const { read, write } = db.database
  await sweepMessages.run({
    data: {},
    database: { read: (run) => read(theServer, run), write: (run) => write(theServer, run) },
    configuration: configure({}),
    signal: new AbortController().signal,
    log: logger('silent'),
  })
  assert.deepEqual(await Promise.all(old.map(db.message)), [undefined, undefined])
  assert.ok((await Promise.all(kept.map(db.message))).every((message) => message))
})

async function holdRow(id: string, held: () => void, enough: Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: db.url() })
  await owner.connect()
  try {
    await owner.query('begin')
    await owner.query('select from mail.messages where id = $1 for update', [id])
    held()
    await enough
  } finally {
    await owner.end()
  }
}

async function waitingForRow(): Promise<number> {
  const rows = await db.sql(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'update "mail"."messages"%'`,
  )
  return rows.length
}
