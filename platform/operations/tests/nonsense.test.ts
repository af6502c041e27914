import assert from 'node:assert/strict'
import http from 'node:http'
import { afterEach, describe, test } from 'node:test'
import fc from 'fast-check'
import { raw, type Answer } from './asking.ts'
import type { Described, JsonSchema } from './described.ts'
import {
  decent,
  json,
  mayAsk,
  refusedWith,
  right,
  sentFor,
  sillySeason,
  withBody,
  withHeaders,
  withQuery,
  type Heard,
  type Sent,
} from './nonsense.ts'

// Whatever is sent to whichever operation by whomever: it is answered, decently, and nothing breaks. The operations are
// read from the server's own document, so that each new one is tried without a word here.
const { server, operations, people, send, from, toAll, everyOperation } = await sillySeason()

afterEach(async () => {
  const { polluted } = {} as { polluted?: unknown }
  assert.equal(polluted, undefined)
  assert.deepEqual(await send({ method: 'GET', path: '/healthz' }).then(({ status, text }) => [status, text]), [200, '{"status":"ok"}'])
  const faults = server.log.splice(0).filter((line) => /"level":[456]0/.test(line) && !line.includes('"not let in"'))
  assert.deepEqual(faults.slice(0, 3), [])
})

const rawlyHeard = ({ status, headers, text }: Answer): Heard => ({ status, headers: Object.fromEntries(headers), text })

test('a right request is answered by every operation, so that nonsense departs from sense', async () => {
  const done = new Set<string>()
  await toAll(
    (operation) => right(operation).map((made) => sentFor(operation, made)),
    ({ status, text }, who, operation) => {
      if (!mayAsk(who, operation)) return
      assert.doesNotMatch(text, /invalid_input|malformed|not_json/)
      if (status === 200) done.add(operation.operationId)
    },
  )
  // Nobody here administrates; and of what is under somebody’s address, such as a session, there is none.
  const forThem = operations.filter((operation) => !('administrators_only' in operation['x-refusals']))
  assert.ok(done.size > forThem.length / 4, `only ${[...done].join(', ')} ever said yes`)
})

describe('a body', () => {
  test('that is no JSON is refused as malformed', () =>
    toAll(
      (operation) =>
        operation.hasBody
          ? withBody(
              operation,
              fc.oneof(
                fc.constantFrom(
                  '{',
                  '[',
                  '"',
                  '{"a":',
                  '{"a":1}}',
                  "{'a':1}",
                  '{a:1}',
                  'NaN',
                  '01',
                  '{"a":1,}',
                  'undefined',
                  '{"a":"\n"}',
                  '{"a":"\\x"}',
                  '{} {}',
                  '\0',
                ),
                right(operation).map(({ body }) => JSON.stringify(body).slice(0, -1)),
                fc.uint8Array({ minLength: 1, maxLength: 50 }).map((bytes) => Buffer.concat([Buffer.from('\u0001'), bytes])),
              ),
            )
          : undefined,
      refusedWith('malformed'),
    ))

  test('that is JSON, but no object, is refused', () =>
    toAll(
      (operation) =>
        operation.hasBody
          ? withBody(operation, fc.constantFrom('null', '[]', '[{}]', '1', '-0', '1e400', 'true', '""', '"{}"'))
          : undefined,
      refusedWith('invalid_input'),
    ))

  test('that is longer than it says is refused as malformed', () =>
    toAll(
      (operation) =>
        operation.hasBody ? withBody(operation, fc.constant('{}'), fc.constant({ ...json, 'content-length': '1' })) : undefined,
      refusedWith('malformed'),
      1,
    ))

  test('that stops before its end is refused, if anybody is left to hear it', () =>
    everyOperation(async ({ method, path, hasBody }) => {
      if (!hasBody) return
      const head = [`${method} ${path} HTTP/1.1`, 'Host: x', `Authorization: Bearer ${people[0]!.token}`, 'Content-Type: application/json']
      const { status } = await raw(server, [...head, 'Content-Length: 99', '', '{"half'].join('\r\n'), { leaving: true })
      assert.ok([0, 400, 401, 403].includes(status), `${status}`)
    }))

  const tooLong = (operation: Described) => operation['x-largest']! + 1

  test('that says it is too large is refused before it comes', () =>
    toAll(
      (operation) =>
        operation.hasBody
          ? right(operation).map((made) => ({
              ...sentFor(operation, made),
              headers: { ...json, 'content-length': String(tooLong(operation)) },
              body: '{',
              unfinished: true,
            }))
          : undefined,
      refusedWith('too_large'),
      1,
    ))

  test('that grows too large without saying so is refused as soon as it has', () =>
    toAll(
      (operation) =>
        operation.hasBody
          ? right(operation).map((made) => ({
              ...sentFor(operation, made),
              headers: { ...json, 'transfer-encoding': 'chunked' },
              body: `{"title":"${'x'.repeat(tooLong(operation) - 10)}`,
              chunked: true,
              unfinished: true,
            }))
          : undefined,
      refusedWith('too_large'),
      1,
    ))

  test('that is nested ten thousand deep is refused', () =>
    toAll((operation) => {
      if (!operation.hasBody) return undefined
      const field = Object.keys(operation.body.properties ?? {})[0] ?? 'field'
      const deep = fc.constantFrom(['[', ']'], ['{"a":', '}'], ['[{"a":', '}]']).chain(([open, close]) => {
        const nested = `${open.repeat(10_000)}1${close.repeat(10_000)}`
        return fc.constantFrom(nested, `{"${field}":${nested}}`, `{"${field}":${open.repeat(10_000)}`)
      })
      return withBody(operation, deep)
    }, refusedWith('malformed')))

  test('that would poison prototypes is refused, at the top, within and in a list', () =>
    toAll((operation) => {
      if (!operation.hasBody) return undefined
      const poison = fc.constantFrom(
        '"__proto__":{"polluted":1}',
        '"constructor":{"prototype":{"polluted":1}}',
        '"\\u005f_proto__":{"polluted":1}',
      )
      const field = fc.constantFrom('x', ...Object.keys(operation.body.properties ?? {}))
      return withBody(
        operation,
        fc
          .tuple(poison, field)
          .chain(([poison, field]) => fc.constantFrom(`{${poison}}`, `{"${field}":{${poison}}}`, `{"${field}":[{"a":{${poison}}}]}`)),
      )
    }, refusedWith('malformed')))

  test('of another kind than JSON is refused as such', () =>
    toAll(
      (operation) =>
        operation.hasBody
          ? withBody(
              operation,
              fc.constantFrom('{}', 'title=x', '--x\r\n\r\n--x--'),
              fc
                .constantFrom(
                  'text/plain',
                  'application/x-www-form-urlencoded',
                  'multipart/form-data; boundary=x',
                  'text/json',
                  'application/xml',
                  'application/octet-stream',
                  'application/jsonp',
                  'application',
                  ';',
                  '*/*',
                )
                .map((type) => ({ 'content-type': type })),
            )
          : undefined,
      refusedWith('not_json'),
    ))

  test('without a word about its kind is refused as such', () =>
    toAll(
      (operation) => (operation.hasBody ? withBody(operation, fc.constant('{}'), fc.constant({})) : undefined),
      refusedWith('not_json'),
      1,
    ))

  test('in another alphabet than it should be is read as it is, or refused', () =>
    toAll((operation) =>
      operation.hasBody
        ? withBody(
            operation,
            right(operation).map(({ body }) => Buffer.from(JSON.stringify(body), 'utf16le')),
            fc
              .constantFrom('application/json; charset=utf-16', 'application/json', 'application/json;charset="\\""')
              .map((type) => ({ 'content-type': type })),
          )
        : undefined,
    ))

  test('is not asked for by a read, and disturbs it not', () =>
    toAll((operation) =>
      operation.hasBody
        ? undefined
        : fc
            .record({
              right: right(operation),
              body: fc.constantFrom('{}', '{', '{"__proto__":{"polluted":1}}', 'x'.repeat(10_000)),
              type: fc.constantFrom('application/json', 'text/plain', ''),
            })
            .map(({ right, body, type }) => ({ ...sentFor(operation, right), body, headers: type ? { 'content-type': type } : {} })),
    ))
})

describe('a field', () => {
  // `wild` stands for what JSON.stringify would not write: it is put in its place in the text.
  const wild = (text: string) => `wild ${text} wild`
  const textWithWild = (value: unknown) =>
    JSON.stringify(value).replace(/"wild (.*?) wild"/g, (_, text: string) => text.replaceAll('\\', ''))
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 0.5, 1e21, 2 ** 53, -(2 ** 31) - 1, wild('1e400'), wild('-1e400'), wild('-0')),
    fc.constantFrom<unknown>([], {}, [[]], [null], { length: 1 }, { toString: 1 }, JSON.parse('{"then":1}'), { toJSON: {} }),
    fc.constantFrom(
      '',
      ' ',
      '\0',
      'a\0b',
      '\ud800',
      '\udfff\ud800',
      'x'.repeat(100_000),
      '\u202e',
      '%00',
      '../../etc/passwd',
      "' or 1=1 --",
      '<script>',
      '${7*7}',
    ),
    fc.constantFrom(
      '2026-02-30T00:00:00Z',
      '2026-13-01',
      '0000-01-01T00:00:00Z',
      '9999-12-31T23:59:60Z',
      '2026-11-20T25:00:00+99:00',
      'now',
      'infinity',
      '-infinity',
      '24:00:00',
      '-P1000000Y',
    ),
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.jsonValue({ maxDepth: 3 }),
  )

  const oddIn = (operation: Described, part: 'places' | 'query' | 'body') => {
    const fields = Object.keys(operation[part].properties ?? {})
    if (fields.length === 0) return undefined
    return fc.record({ right: right(operation), field: fc.constantFrom(...fields), value: odd }).map(({ right, field, value }) => {
      const made = { ...right, [part]: { ...right[part], [field]: value } }
      const sent = sentFor(operation, made)
      return operation.hasBody ? { ...sent, body: textWithWild(made.body) } : sent
    })
  }

  const neitherLongNorUnheardOf = (sent: fc.Arbitrary<Sent> | undefined) => sent?.filter(({ path }) => path.length < 12_000)

  test('of a body with something odd in it is taken or refused, never stumbled over', () =>
    toAll((operation) => oddIn(operation, 'body'), undefined, 1_000))
  test('of a query too', () => toAll((operation) => neitherLongNorUnheardOf(oddIn(operation, 'query')), undefined, 1_000))
  test('of a path too', () => toAll((operation) => neitherLongNorUnheardOf(oddIn(operation, 'places')), undefined, 1_000))

  const textsIn = ({ properties = {} }: JsonSchema) => Object.keys(properties).filter((name) => properties[name]?.type === 'string')

  test('of a query with NUL is refused', () =>
    toAll((operation) => {
      const texts = textsIn(operation.query)
      return texts.length === 0 ? undefined : withQuery(operation, () => fc.constantFrom(...texts).map((name) => `${name}=a%00b`))
    }, refusedWith('invalid_input')))

  test('of a body with NUL or half a surrogate pair is refused, however it is written', () =>
    toAll((operation) => {
      const texts = textsIn(operation.body)
      if (texts.length === 0) return undefined
      return fc
        .record({
          right: right(operation),
          field: fc.constantFrom(...texts),
          half: fc.constantFrom('\\u0000', '\\ud800', '\\uDFFF', '\\udc00\\ud800', '\\\\\\ud83d'),
        })
        .map(({ right, field, half }) => ({
          ...sentFor(operation, right),
          body: JSON.stringify({ ...right.body, [field]: 'WHOLE' }).replace('WHOLE', () => `a${half}b`),
        }))
    }, refusedWith('malformed')))

  test('that is required and missing is refused', () =>
    toAll((operation) => {
      const required = operation.body.required ?? []
      if (required.length === 0) return undefined
      return fc.record({ right: right(operation), missing: fc.constantFrom(...required) }).map(({ right, missing }) => {
        const { [missing]: _gone, ...body } = right.body
        return sentFor(operation, { ...right, body })
      })
    }, refusedWith('invalid_input')))

  test('that nobody asked for is refused, in a body and in a query', async () => {
    const strays = fc.constantFrom(
      'unheard_of',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '',
      ' ',
      'id ',
      'x'.repeat(1_000),
      'role',
      '$where',
      'a[b]',
      'a.b',
    )
    await toAll(
      (operation) =>
        operation.hasBody
          ? withBody(
              operation,
              fc.tuple(right(operation), strays).map(([{ body }, stray]) => JSON.stringify({ ...body, [stray]: 1 })),
            )
          : undefined,
      refusedWith('invalid_input'),
    )
    await toAll(
      (operation) =>
        withQuery(operation, (query) => strays.map((stray) => [query, `${encodeURIComponent(stray)}=1`].filter(Boolean).join('&'))),
      refusedWith('invalid_input'),
    )
  })
})

describe('an address', () => {
  test('whose query would poison prototypes is refused', () =>
    toAll(
      (operation) =>
        withQuery(operation, () =>
          fc.constantFrom(
            '__proto__=1',
            '__proto__[polluted]=1',
            '__proto__.polluted=1',
            'constructor[prototype][polluted]=1',
            'constructor=1',
            'prototype=1',
          ),
        ),
      refusedWith('invalid_input'),
    ))

  test('that says one thing twice is refused, unless it is a list', () =>
    toAll((operation) => {
      const single = Object.entries(operation.query.properties ?? {}).filter(([, { type }]) => type !== 'array')
      if (single.length === 0) return undefined
      return withQuery(operation, () => fc.constantFrom(...single.map(([name]) => name)).map((name) => `${name}=1&${name}=2`))
    }, refusedWith('invalid_input')))

  test('with broken escapes is refused, or taken as it is', () =>
    toAll((operation) => {
      const broken = fc.constantFrom('%', '%z', '%zz', '%c3', '%c3%28', '%ed%a0%80', '%00', '%u0041', '%ff%fe')
      const fields = ['x', ...Object.keys(operation.query.properties ?? {})]
      return fc.oneof(
        withQuery(operation, () => fc.tuple(fc.constantFrom(...fields), broken).map(([name, text]) => `${name}=${text}&${text}`)),
        fc.record({ right: right(operation), text: broken }).map(({ right, text }) => ({
          ...sentFor(operation, right),
          path: operation.path.includes('{') ? operation.path.replace(/\{\w+\}/g, text) : `${operation.path}${text}`,
        })),
      )
    }))

  test('that is twenty thousand letters long is refused', () =>
    toAll((operation) => withQuery(operation, () => fc.constant(`x=${'x'.repeat(20_000)}`)), refusedWith('headers_too_large'), 1))

  test('asked for by a method it does not have holds nothing', () =>
    toAll(
      (operation) => {
        const own = operations.filter(({ path }) => couldBe(path, operation.path)).map(({ method }) => method)
        const others = http.METHODS.filter((method) => ![...own, 'HEAD', 'CONNECT', 'QUERY'].includes(method))
        return fc
          .record({ right: right(operation), method: fc.constantFrom(...others) })
          .map(({ right, method }) => ({ method, path: sentFor(operation, right).path }))
      },
      ({ text }, _who, { path }) => path.includes('{') || assert.match(text, /"not_found"/),
    ))
  // A place in one path may hold what is written out in another.
  const couldBe = (path: string, asked: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked)

  test('that is anything at all is answered', async () => {
    const part = fc.oneof(
      fc.constantFrom('api', 'sample', 'notes', '..', '.', '', 'docs', '%2e%2e', '__proto__', 'openapi.json'),
      fc.string({ maxLength: 10 }).map(encodeURIComponent),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'DELETE'),
        fc.array(part, { maxLength: 6 }),
        async (method, parts) => {
          const heard = await send({ method, path: `/${parts.join('/')}`, headers: from() })
          if (method !== 'HEAD') decent(heard)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('headers', () => {
  test('that are no Authorization are refused and not repeated', () =>
    toAll(
      (operation) =>
        withHeaders(
          operation,
          fc
            .oneof(
              fc.constantFrom(
                '',
                'Bearer',
                'Bearer ',
                'Basic aHVudGVyMjpodW50ZXIy',
                'Bearer hunter2',
                'Bearer hunter2.hunter2.hunter2',
                'bearer a.b.c',
                'Bearer a b',
                'Digest x',
                `Bearer ${'x'.repeat(8_000)}`,
              ),
              fc.base64String({ maxLength: 60 }).map((text) => `Bearer eyJhbGciOiJFUzI1NiJ9.${text}.${text}`),
              fc.json({ maxDepth: 1 }).map((claims) => `Bearer eyJhbGciOiJFUzI1NiJ9.${Buffer.from(claims).toString('base64url')}.AAAA`),
            )
            .map((authorization) => ({ authorization })),
        ),
      ({ status, text }) => assert.deepEqual([status, /"token_not_accepted"/.test(text)], [401, true]),
    ))

  test('with a cookie nobody was given make nobody a person', () =>
    toAll(
      (operation) =>
        withHeaders(
          operation,
          fc.record({
            cookie: fc.oneof(
              fc.stringMatching(/^vivavoce=[\w-]{43}$/),
              fc.constantFrom(
                'vivavoce=',
                'vivavoce',
                '=',
                ';;;',
                '__proto__=1; vivavoce=2',
                `vivavoce=${'x'.repeat(8_000)}`,
                'vivavoce=%00',
              ),
            ),
            'sec-fetch-site': fc.constantFrom('same-origin', 'cross-site', 'none', 'nonsense'),
          }),
        ),
      ({ status }, who, operation) => who !== 'stranger' || operation['x-who'] === 'anyone' || assert.ok(status === 401 || status === 403),
    ))

  test('with an Idempotency-Key that is none are refused where it matters', () =>
    toAll(
      (operation) =>
        operation.method === 'GET'
          ? undefined
          : withHeaders(
              operation,
              fc
                .constantFrom('', 'two words', 'k'.repeat(201), 'k'.repeat(8_000), '\u00e9', '\t')
                .map((key) => ({ 'idempotency-key': key })),
            ),
      ({ text }, who, operation) =>
        who === 'stranger' ||
        refusedWith('invalid_input', 'not_found', ...Object.keys(operation['x-refusals']))(
          { text, status: 0, headers: {} },
          who,
          operation,
        ),
    ))

  test('of other kinds, however odd, change nothing', () =>
    toAll((operation) =>
      withHeaders(
        operation,
        fc.dictionary(
          fc.constantFrom(
            'accept',
            'accept-encoding',
            'accept-language',
            'accept-version',
            'host',
            'origin',
            'range',
            'if-none-match',
            'if-modified-since',
            'te',
            'x-http-method-override',
            'x-forwarded-host',
            'x-forwarded-proto',
            'forwarded',
            'x-request-id',
            'constructor',
            '__proto__',
            'expect',
          ),
          fc.constantFrom(
            '',
            '*',
            'hunter2',
            'null',
            '*/*;q=9',
            'bytes=0-',
            '\u00ff',
            'x'.repeat(2_000),
            'http://evil.example',
            '${jndi:ldap://x}',
          ),
          { maxKeys: 4 },
        ),
      ),
    ))

  test('beyond all measure are refused: ten thousand of them, or one of a hundred thousand letters', () =>
    everyOperation(async ({ method, path }) => {
      for (const headers of ['X-Hunter: hunter2\r\n'.repeat(10_000), `X-Hunter: ${'hunter2'.repeat(15_000)}\r\n`]) {
        const heard = rawlyHeard(await raw(server, `${method} ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`))
        if (heard.status === 0) continue // hung up on while still talking
        assert.equal(heard.status, 431)
        decent(heard)
      }
    }))
})

describe('bytes that are no HTTP', () => {
  const { method, path } = operations.find(({ hasBody }) => hasBody)!
  const head = `${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`
  const garbage: Record<string, string> = {
    'a greeting': 'hello\r\n\r\n',
    'a TLS handshake': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'HTTP/2 without asking': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'another version': 'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
    'a method nobody has': 'HUNTER2 / HTTP/1.1\r\nHost: x\r\n\r\n',
    'no address': 'GET HTTP/1.1\r\nHost: x\r\n\r\n',
    'an address with a space': 'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n',
    'a NUL in the address': 'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n',
    'a header without a name': `${head}: hunter2\r\n\r\n`,
    'a header without a colon': `${head}hunter2\r\n\r\n`,
    'a header with a space before its colon': `${head}X-Hunter : 2\r\n\r\n`,
    'a header with a NUL': `${head}X-Hunter: \0\r\n\r\n`,
    'a folded header': `${head}X-Hunter: 2\r\n 2\r\n\r\n`,
    'two lengths': `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    'a length that is none': `${head}Content-Length: two\r\n\r\n{}`,
    'a length below zero': `${head}Content-Length: -1\r\n\r\n{}`,
    'a length and chunks': `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'chunks not last': `${head}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`,
    'no address to be at': 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n',
  }
  for (const [name, bytes] of Object.entries(garbage))
    test(`(${name}) are refused in so many words, and the connection ends`, async () => {
      const answer = await raw(server, Buffer.from(bytes, 'latin1'))
      assert.deepEqual([answer.status, answer.body['code']], [400, 'malformed'])
      decent(rawlyHeard(answer))
    })

  test('(a chunk whose size is none) end a request that looked right', async () => {
    const { status } = await raw(server, `${head}Transfer-Encoding: chunked\r\n\r\nhunter2\r\n\r\n`)
    assert.ok(status === 400 || status === 401)
  })

  test('are answered or hung up on, whatever they are', async () => {
    // Empty lines are none: a server waits for what comes after them (RFC 9112, 2.2), and here only ends come.
    const emptyLines = (bytes: Uint8Array) => bytes.every((byte) => '\r\n'.includes(String.fromCharCode(byte)))
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 }).filter((some) => !emptyLines(some))
    await fc.assert(
      fc.asyncProperty(bytes, async (bytes) => {
        const { status } = await raw(server, Buffer.concat([bytes, Buffer.from('\r\n\r\n\r\n\r\n')]))
        assert.ok(status === 400 || status === 0)
      }),
      { numRuns: 50 },
    )
  })
})
