import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { describe, test } from 'node:test'
import { newSigningKey } from '#platform/configuration/keys.ts'
import { theServer } from '#tests/database.ts'
import { until } from '#tests/processes.ts'
import { alarm } from '#tests/sample/mails.ts'
import { freshServer, type TestServer } from '#tests/server.ts'
import type { Content } from '../content.ts'
import { sendMail } from '../send.ts'

const own = await freshServer()
const production = {
  NODE_ENV: 'production',
  JWT_KEYS: JSON.stringify({ keys: [newSigningKey()] }),
  SECRETS_KEY: randomBytes(32).toString('base64'),
}

const write = ({ db }: TestServer, content: Content) =>
  db.database.write(theServer, (tx) => sendMail(tx, { to: { address: 'ada@example.test' }, kind: alarm, content }))
const link = 'https://vivavoce.example/in?token_hash=a&type=signup'
const content = { subject: 'Your <b>link</b>', paragraphs: ['<script>alert(1)</script>'], action: { label: 'Come in', url: link } }

const messageOf = async ({ db }: TestServer, id: string) =>
  (await db.sql<{ state: string; text: string }>('select state, text from mail.messages where id = $1', [id]))[0]

type Answer = { status: number; headers: http.IncomingHttpHeaders; text: string }
// fetch would not let us say another Host.
const ask = ({ address }: TestServer, path = '/outbox', headers: Record<string, string> = {}) =>
  new Promise<Answer>((done, failed) => {
    const request = http.get(`${address}${path}`, { headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (more: string) => (text += more))
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }))
    })
    request.on('error', failed)
  })

describe('the outbox', () => {
  test('says what it will be while it is empty', async () => {
    const { status, text } = await ask(own)
    assert.equal(status, 200)
    assert.match(text, /No mail yet\./)
    assert.deepEqual(JSON.parse((await ask(own, '/outbox', { accept: 'application/json' })).text), [])
  })

  test('has a mail as soon as it is written, newest first, as JSON', async () => {
    const [first, second] = [await write(own, { ...content, subject: 'First' }), await write(own, content)]
    const { headers, text } = await ask(own, '/outbox', { accept: 'application/json' })
    assert.match(headers['content-type'] ?? '', /^application\/json/)
    const mails = JSON.parse(text) as Record<string, string>[]
    assert.deepEqual(
      mails.map(({ id }) => id),
      [second, first],
    )
    assert.deepEqual(Object.keys(mails[0]!).toSorted(), ['createdAt', 'html', 'id', 'kind', 'subject', 'text', 'to'])
    assert.deepEqual([mails[0]!['to'], mails[0]!['kind'], mails[0]!['subject']], ['ada@example.test', 'sample.alarm', content.subject])
    assert.match(mails[0]!['text']!, /\nhttps:\/\/vivavoce\.example\/in\?token_hash=a&type=signup\n/)
    assert.ok(Date.now() - Date.parse(mails[0]!['createdAt']!) < 60_000)
  })

  test('is a page with the text of each mail, its links to be clicked, and nothing that runs', async () => {
    const { headers, text } = await ask(own)
    assert.match(headers['content-type'] ?? '', /^text\/html/)
    assert.match(text, /<h2 [^>]*>Your &lt;b&gt;link&lt;\/b&gt;<\/h2>/)
    assert.match(text, /<a href="https:\/\/vivavoce\.example\/in\?token_hash=a&amp;type=signup">https:/)
    assert.match(text, /&lt;script&gt;alert\(1\)/)
    assert.doesNotMatch(text, /<script|style=|<style/)
    assert.match(headers['content-security-policy'] as string, /^default-src 'none'; script-src 'self'; style-src 'self';/)
    const css = await ask(own, '/outbox/outbox.css')
    assert.deepEqual([css.status, css.headers['content-type']], [200, 'text/css; charset=utf-8'])
  })

  test('shows a mail as a mail program would, in a page that may do nothing', async () => {
    const id = await write(own, content)
    const { status, headers, text } = await ask(own, `/outbox/${id}`)
    assert.equal(status, 200)
    assert.match(text, /<h1 style=[^>]*>Your &lt;b&gt;link/)
    assert.match(headers['content-security-policy'] as string, /^default-src 'none'; style-src 'unsafe-inline'; sandbox;/)
  })

  for (const path of ['/outbox/00000000-0000-0000-0000-000000000000', '/outbox/nothing', '/outbox/..%2fx'])
    test(`knows nothing of ${path}`, async () => assert.equal((await ask(own, path)).status, 404))

  test('keeps its mails when the job has been at them', async () => {
    const id = await write(own, content)
    await until(async () => (await messageOf(own, id))?.state === 'sent', 90, 'the job has seen it')
    assert.match((await messageOf(own, id))?.text ?? '', /Come in/)
  })
})

describe('there is no outbox', () => {
  const isNone = async (server: TestServer, headers: Record<string, string> = {}) => {
    const id = await write(server, content)
    for (const path of ['/outbox', `/outbox/${id}`, '/outbox/outbox.css']) {
      const { status, text } = await ask(server, path, { accept: 'application/json', ...headers })
      assert.equal(status, 404, path)
      assert.equal((JSON.parse(text) as { code: string }).code, 'not_found')
    }
  }

  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'])
    test(`behind a proxy that says ${name}`, () => isNone(own, { [name]: '127.0.0.1' }))

  for (const host of [
    'vivavoce.example',
    'localhost.vivavoce.example',
    '127.0.0.1.vivavoce.example',
    '10.0.0.1',
    '0.0.0.0',
    'user@vivavoce.example',
    '[::2]',
  ])
    test(`for a page elsewhere that leads its visitors here as "${host}"`, () => isNone(own, { host }))

  for (const host of ['localhost', 'LOCALHOST:3000', '127.0.0.1:80', '127.8.9.10', '[::1]:3000'])
    test(`but for ${host} there is`, async () => assert.equal((await ask(own, '/outbox', { host })).status, 200))
})

for (const [where, env] of [
  ['in production', production],
  ['where others can reach the server', { HOST: '0.0.0.0' }],
  ['where there is a mail server', { SMTP_URL: 'smtp://127.0.0.1:1' }],
] as const)
  describe(`there is no outbox ${where}`, async () => {
    const server = await freshServer(env)
    test('whoever asks', async () => {
      const id = await write(server, content)
      for (const path of ['/outbox', `/outbox/${id}`, '/outbox/outbox.css']) assert.equal((await ask(server, path)).status, 404)
    })

    if (!('SMTP_URL' in env))
      test('and without a mail server either a mail does not get lost in silence', async () => {
        const id = await write(server, content)
        await until(async () => (await messageOf(server, id))?.state === 'failed', 90, 'it is given up')
        const letters = await server.db.sql('select name, code from jobs.dead_letters where id = $1', [id])
        assert.deepEqual(letters, [{ name: 'mail.send', code: 'smtp_url_is_not_set' }])
      })
  })
