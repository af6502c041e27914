import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import https from 'node:https'
import net from 'node:net'
import path from 'node:path'
import { describe, test } from 'node:test'
import { asSuperuser } from '#tests/cluster.ts'
import { freshServer, type TestServer } from '#tests/server.ts'
import { asking, bearer, holdNotes, person, raw, theOperator, until, type Answer } from './asking.ts'

const server = await freshServer()
const { db, keys, log } = server
const stranger = asking(server)
const ana = await person(server, 'ana')

const http = (line: string, ...headers: string[]) => [line, ...headers, 'Connection: close', '', ''].join('\r\n')
const portOf = ({ address }: TestServer) => Number(new URL(address).port)

describe('every answer', () => {
  const kinds: Record<string, [status: number, ask: (server: TestServer) => Promise<Answer>]> = {
    'of an operation': [200, (server) => asking(server)('GET /api/sample/greeting')],
    'that asks to sign in': [401, (server) => asking(server)('GET /api/sample/count')],
    'to an input that is not right': [400, (server) => asking(server)('GET /api/sample/greeting?times=9')],
    'to a body that is not JSON': [400, (server) => asking(server)('POST /api/sample/visits', '{')],
    'to an address with nothing behind it': [404, (server) => asking(server)('GET /nowhere')],
    'to an address that cannot be read': [400, (server) => asking(server)('GET /api/%zz')],
    'to a place in the address that is too long': [400, (server) => asking(server)(`GET /api/sample/notes/${'x'.repeat(501)}`)],
    'that is the page of the API': [200, (server) => asking(server)('GET /api/docs')],
    'that is the script of that page': [200, (server) => asking(server)('GET /api/docs/docs.js')],
    "that is the API's document": [200, (server) => asking(server)('GET /api/openapi.json')],
    'that has only a head': [200, (server) => asking(server)('HEAD /api/sample/greeting')],
    'of health': [200, (server) => asking(server)('GET /healthz')],
    'of readiness': [200, (server) => asking(server)('GET /readyz')],
    'of figures': [200, (server) => asking(server)('GET /metrics')],
    'to a method nobody knows here': [404, (server) => raw(server, http('PROPFIND / HTTP/1.1', 'Host: x'))],
    'to a request for nowhere': [400, (server) => raw(server, http('GET /healthz HTTP/1.1'))],
    'to an expectation nobody knows': [200, (server) => raw(server, http('GET /healthz HTTP/1.1', 'Host: x', 'Expect: wonders'))],
    'to what is no HTTP': [400, (server) => raw(server, 'Good morning\r\n\r\n')],
    'to headers without end': [431, (server) => raw(server, `GET / HTTP/1.1\r\nX: ${'x'.repeat(17_000)}`)],
  }

  for (const [name, [status, ask]] of Object.entries(kinds))
    test(`${name} can be named, and is neither framed, sniffed, stored nor scripted from elsewhere`, async () => {
      const answer = await ask(server)
      const header = (name: string) => answer.headers.get(name) ?? undefined
      assert.equal(answer.status, status)
      assert.match(header('content-security-policy')!, /^default-src 'none';.*frame-ancestors 'none'$/)
      assert.doesNotMatch(header('content-security-policy')!, /unsafe|\*|https?:/)
      assert.equal(header('x-content-type-options'), 'nosniff')
      assert.equal(header('referrer-policy'), 'no-referrer')
      assert.equal(header('cross-origin-opener-policy'), 'same-origin')
      assert.equal(header('cross-origin-resource-policy'), 'same-origin')
      assert.equal(header('cache-control'), 'no-store')
      assert.match(header('permissions-policy')!, /geolocation=\(\)/)
      assert.match(header('x-request-id')!, /^[0-9a-f-]{36}$/)
      assert.equal(header('strict-transport-security'), undefined)
      assert.equal(header('access-control-allow-origin'), undefined)
      assert.equal(header('server') ?? header('x-powered-by'), undefined)
      if (status >= 400) assert.equal(answer.body['request'], header('x-request-id'))
    })

  test('says that only https will do, where the public address is https', async () => {
    const server = await freshServer({ PUBLIC_URL: 'https://vivavoce.example' })
    for (const [name, [, ask]] of Object.entries(kinds))
      assert.equal((await ask(server)).headers.get('strict-transport-security'), 'max-age=63072000; includeSubDomains', name)
  })
})

describe('a connection', () => {
  test('over which nonsense came is not kept open by the other side', async () => {
    const socket = net.connect({ port: portOf(server), host: '127.0.0.1', allowHalfOpen: true })
    socket.on('error', () => {})
    socket.end = () => socket // this one never says goodbye
    socket.write('Good morning\r\n\r\n')
    await once(socket.resume(), 'end')
    const closed = new Promise((done) => socket.on('close', done))
    const talking = setInterval(() => socket.write('and another thing\r\n'), 50) // a closed door answers with a reset
    await closed
    clearInterval(talking)
  })

  test('that breaks off in the middle of a body is no fault of ours', async () => {
    const before = log.length
    const head = http('POST /api/sample/visits HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 99')
    await raw(server, `${head}{"half`, { leaving: true })
    await stranger('GET /healthz')
    const lines = log.slice(before).join('')
    assert.match(lines, /healthz/)
    assert.doesNotMatch(lines, /"level":[45]0|"status":5/)
  })
})

describe('the logs', () => {
  test('hold no token, address, body, query, path as sent, e-mail or agent: only what was asked for and how it went', async () => {
    const server = await freshServer({ TRUSTED_PROXIES: '127.0.0.1' })
    const ana = await person(server, 'ana')
    const secret = 'hunter2'
    const telling = {
      'x-forwarded-for': '203.0.113.77',
      'user-agent': secret,
      cookie: secret,
      'x-secret': secret,
      referer: `http://${secret}/`,
    }
    const requests: [string, unknown?][] = [
      [`GET /api/sample/greeting?name=${secret}`],
      [`GET /api/sample/greeting?${secret}=1`],
      [`GET /api/sample/notes/${secret}`],
      [`GET /${secret}`],
      [`GET /%zz${secret}`],
      [`GET /api/sample/notes/${secret.repeat(100)}`],
      ['POST /api/sample/notes', { title: secret }],
      ['POST /api/sample/notes', { title: secret }],
      ['POST /api/sample/notes', { [secret]: `${secret}@example.test` }],
      ['POST /api/sample/notes', `{"${secret}": `],
      [`POST /api/sample/notes/${crypto.randomUUID()}/finish`],
    ]
    await server.db.sql(
      `create or replace function sample.finish(note uuid) returns void language plpgsql as $$ begin raise exception '${secret}' using detail = '${secret}'; end $$`,
    )
    for (const [request, body] of requests) {
      await ana(request, body, telling)
      await ana(request, body, { ...telling, 'idempotency-key': secret })
      await asking(server, bearer(secret))(request, body, telling)
      await theOperator(server)(request, body, telling)
    }
    await raw(server, `${secret}\r\n\r\n`)
    await raw(server, http(`GET /${secret} HTTP/1.1`))

    const lines = server.log.filter((line) => line.includes('"reqId"'))
    assert.ok(lines.length > requests.length * 3)
    const all = server.log.join('')
    for (const hidden of [
      secret,
      ana.token,
      ana.id,
      server.keys.service,
      server.keys.anon,
      '203.0.113.77',
      '127.0.0.1',
      '@example.test',
      'select ',
    ])
      assert.ok(!all.includes(hidden), `the log holds ${hidden}: ${server.log.find((line) => line.includes(hidden))}`)
    for (const line of lines) {
      const { level: _level, time: _time, reqId: _reqId, msg, ...rest } = JSON.parse(line) as Record<string, unknown>
      const told = { answered: ['method', 'route', 'status', 'ms'], 'not let in': ['code', 'route'] }[msg as string] ?? ['err']
      assert.deepEqual(Object.keys(rest), told, line)
    }
  })
})

describe('health', () => {
  const name = new URL(db.url()).pathname.slice(1)
  const connections = (allowed: boolean) => `alter database ${name} allow_connections ${allowed}`
  const nobodyStays = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`

  test('while the database is away the server lives, is not ready and says why; then all is well again', async () => {
    assert.deepEqual((await stranger('GET /readyz')).body, { status: 'ready' })
    await asSuperuser(db.cluster.url(), connections(false), nobodyStays)
    try {
      await until(async () => (await stranger('GET /readyz')).status === 503, 'not ready') // asked of the database once a second
      const { status, body } = await stranger('GET /readyz')
      assert.deepEqual([status, body['status']], [503, 'not ready'])
      assert.match(String(body['because']), /^the database cannot be reached \(\w+\)$/)
      assert.deepEqual([(await stranger('GET /healthz')).status, (await stranger('GET /healthz')).body], [200, { status: 'ok' }])

      const before = log.length
      const aBrowser = asking(server, { cookie: `vivavoce=${'x'.repeat(43)}`, 'sec-fetch-site': 'same-origin' })
      for (const answer of [
        await ana('GET /api/sample/count'),
        await ana('POST /api/sample/visits'),
        await aBrowser('GET /api/sample/count'),
      ]) {
        assert.deepEqual([answer.status, answer.body['code'], answer.headers.get('retry-after')], [503, 'database_away', '1'])
      }
      assert.match(log.slice(before).join(''), /"level":40.*"code":"55000".*"database_away"/)
    } finally {
      await asSuperuser(db.cluster.url(), connections(true))
    }
    await until(async () => (await stranger('GET /readyz')).status === 200, 'readiness')
    assert.equal((await ana('GET /api/sample/count')).status, 200)
  })

  test('a connection that was cut while nobody used it is not noticed by anybody', async () => {
    await ana('GET /api/sample/count')
    await asSuperuser(db.cluster.url(), nobodyStays)
    await until(async () => (await ana('GET /api/sample/count')).status === 200, 'the next answer', 2_000)
  })

  test('figures are for this machine, asked directly, and for SERVICE_KEY; to others there is nothing', async () => {
    assert.match(
      (await stranger('GET /metrics')).text,
      /^vivavoce_request_seconds_count\{method="GET",route="\/readyz",status="200"\} \d+$/m,
    )
    for (const header of ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']) {
      const through = { [header]: 'for=203.0.113.77' }
      for (const ask of [stranger, ana, asking(server, bearer(keys.anon))]) {
        const { status, body } = await ask('GET /metrics', undefined, through)
        assert.deepEqual([status, body['code']], [404, 'not_found'])
      }
      assert.equal((await theOperator(server)('GET /metrics', undefined, through)).status, 200)
    }
  })
})

describe('the OpenAPI document', async () => {
  const document = (await stranger('GET /api/openapi.json')).body as unknown as Document
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )

  test('is one of 3.1, and says what it describes', () => {
    assert.equal(document.openapi, '3.1.0')
    assert.equal(document.info.title, 'Vivavoce')
    assert.match(document.info.version, /^\d+\.\d+\.\d+/)
    assert.ok(operations.length > 0)
  })

  test('gives each operation a name of its own, a summary, a tag that is listed, and who may call it', () => {
    const names = operations.map(({ operationId }) => operationId)
    assert.deepEqual(
      names.filter((name, at) => names.indexOf(name) !== at),
      [],
    )
    const tags = document.tags.map(({ name }) => name)
    for (const { operationId, summary, tags: own, 'x-who': who } of operations) {
      assert.match(operationId, /^[a-z]\w+$/)
      assert.ok(summary.length > 3, operationId)
      assert.ok(
        own.every((tag) => tags.includes(tag)),
        operationId,
      )
      assert.ok(['anyone', 'person', 'service'].includes(who), operationId)
    }
  })

  test('declares exactly the places that each path has, and no name twice in one place', () => {
    for (const { path, operationId, parameters } of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path')
      const places = new Set(path.matchAll(/\{(\w+)\}/g).map(([, name]) => name))
      assert.deepEqual(new Set(inPath.map(({ name }) => name)), places, operationId)
      assert.ok(
        inPath.every(({ required }) => required),
        operationId,
      )
      assert.ok(
        parameters.every(({ schema }) => typeof schema === 'object'),
        operationId,
      )
      const names = parameters.map(({ in: at, name }) => `${at} ${name.toLowerCase()}`)
      assert.equal(new Set(names).size, names.length, operationId)
    }
  })

  test('has a body where there is one to read only, and tells every answer: what is done, what is refused, anything else', () => {
    for (const { method, operationId, requestBody, responses, 'x-refusals': refusals } of operations) {
      assert.equal(requestBody !== undefined, ['post', 'put', 'patch'].includes(method), operationId)
      assert.ok(responses['200'] && responses['400'] && responses['default'], operationId)
      for (const [name, status] of Object.entries(refusals)) assert.match(responses[`${status}`]!.description, new RegExp(`\`${name}\``))
    }
  })

  test('refers only to what it holds', () => {
    const refs: string[] = []
    JSON.stringify(document, (key, value: unknown) => {
      if (key === '$ref') refs.push(String(value))
      return value
    })
    assert.ok(refs.length > 0)
    for (const ref of refs) {
      assert.match(ref, /^#\//)
      const names = ref.slice(2).split('/')
      assert.ok(
        names.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document),
        ref,
      )
    }
  })
})

type Document = {
  openapi: string
  info: { title: string; version: string }
  tags: { name: string }[]
  paths: Record<string, Record<string, Described>>
}
type Described = {
  operationId: string
  summary: string
  tags: string[]
  'x-who': string
  'x-refusals': Record<string, number>
  parameters: { name: string; in: string; required: boolean; schema: unknown }[]
  requestBody?: unknown
  responses: Record<string, { description: string }>
}

test('an answer holds what its operation promises and nothing more, whatever the handler gives back', async () => {
  const { body } = await ana('POST /api/sample/notes', { title: 'Cough', body: 'since Monday' }) // the handler returns the whole row
  assert.deepEqual(Object.keys(body), ['id'])
  const note = (await ana(`GET /api/sample/notes/${String(body['id'])}`)).body
  assert.deepEqual(Object.keys(note).sort(), ['body', 'created_at', 'id', 'kind', 'title'])
})

describe('a server that is told to stop', () => {
  test('finishes what it is doing, hears nobody new, and is then gone', { timeout: 30_000 }, async () => {
    const server = await freshServer()
    const ana = await person(server, 'ana')
    const notes = await holdNotes(server)
    const running = ana('POST /api/sample/notes', { title: 'Last words' })
    await notes.waiting()

    const stopping = server.stop()
    await until(() => refusesConnections(portOf(server)), 'the closed door')
    await notes.release()
    const { status } = await running
    await stopping
    assert.equal(status, 200)
    assert.equal((await server.db.sql(`select from sample.notes where title = 'Last words'`)).length, 1)
  })

  test('does not wait for connections on which nothing is asked', { timeout: 30_000 }, async () => {
    const server = await freshServer()
    const idle = net.connect(portOf(server), '127.0.0.1')
    idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(idle, 'data')
    const closed = once(idle, 'close')
    await server.stop()
    await closed
  })
})

const refusesConnections = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy()
      done(false)
    })
    socket.on('error', () => done(true))
  })

describe('with TLS_CERT and TLS_KEY', async () => {
  // A pair for tests alone: it names localhost, and nobody trusts it.
  const [cert, key] = ['localhost.cert.pem', 'localhost.key.pem'].map((name) => path.join(import.meta.dirname, name)) as [string, string]
  const server = await freshServer({ TLS_CERT: cert, TLS_KEY: key })

  test('the server speaks https, and says that nothing else will do', async () => {
    const request = https.get({
      port: portOf(server),
      host: 'localhost',
      path: '/api/sample/greeting',
      ca: readFileSync(cert),
      agent: false,
    })
    const [answer] = (await once(request, 'response')) as [import('node:http').IncomingMessage]
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(JSON.parse((await answer.toArray()).join('')), { says: 'Hello, stranger' })
    assert.match(String(answer.headers['strict-transport-security']), /^max-age=63072000/)
  })

  test('whoever speaks plain http is turned away', async () => {
    const { status, text } = await raw(server, http('GET /healthz HTTP/1.1', 'Host: localhost'))
    assert.deepEqual([status, text], [0, ''])
  })
})
