import assert from 'node:assert/strict'
import { createHmac, createPublicKey } from 'node:crypto'
import { describe, test } from 'node:test'
import { importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { newSigningKey, type Keys } from '#platform/configuration/keys.ts'
import { freshServer, tokenFor } from '#tests/server.ts'
import { asking, bearer, holdNotes, person, theOperator, until, type Answer } from './asking.ts'

const server = await freshServer()
const { db, keys, log } = server
const stranger = asking(server)
const operator = theOperator(server)
const ana = await person(server, 'ana')
const bo = await person(server, 'bo')

const is = ({ status, body }: Answer, code: string, expected: number) =>
  assert.deepEqual([status, body['code'], body['status']], [expected, code, expected])

describe('a refusal', () => {
  test('of a constraint reaches the caller by its name', async () => {
    await ana('POST /api/sample/notes', { title: 'Cough' })
    const refused = await ana('POST /api/sample/notes', { title: 'Cough' })
    assert.deepEqual(refused.body, {
      type: '/api/docs#title_taken',
      title: 'Title taken',
      status: 409,
      code: 'title_taken',
      request: refused.headers.get('x-request-id'),
    })
    assert.equal(refused.status, 409)
    assert.equal(refused.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  })

  test("of the database's own says its name in the same way", async () => {
    is(await ana('POST /api/sample/notes/00000000-0000-4000-8000-000000000000/finish'), 'nothing_to_finish', 409)
  })

  test('of the handler says its name too', async () => {
    is(await ana('GET /api/sample/notes/00000000-0000-4000-8000-000000000000'), 'no_such_note', 404)
  })

  test('of the input names each field, but not what was in it', async () => {
    const refused = await ana('POST /api/sample/notes', { kind: 'hunter2', body: 7, titel: 'Cough' })
    is(refused, 'invalid_input', 400)
    assert.deepEqual(refused.body['errors'], [{ field: 'titel', says: 'is not a field of this operation' }])
    const wrong = await ana('POST /api/sample/notes', { title: '', kind: 'hunter2', body: 7 })
    assert.deepEqual(
      (wrong.body['errors'] as { field: string }[]).map(({ field }) => field),
      ['title', 'body', 'kind'],
    )
    assert.doesNotMatch(wrong.text, /hunter2/)
  })
})

test('a text may speak of characters it could not hold, and hold those that take two halves', async () => {
  const { body } = await ana('POST /api/sample/notes', String.raw`{"title":"\\u0000 is not \ud83d\ude00"}`)
  assert.equal((await ana(`GET /api/sample/notes/${String(body['id'])}`)).body['title'], String.raw`\u0000 is not 😀`)
})

describe('what nobody foresaw', () => {
  const unforeseen = async (ask: typeof ana) => {
    const before = log.length
    const answer = await ask(`POST /api/sample/notes/${crypto.randomUUID()}/finish`)
    const line = log.slice(before).find((line) => line.includes('"failed"')) ?? '{}'
    return { answer, line, said: JSON.parse(line) as { level?: number; reqId?: string; err?: Record<string, unknown> } }
  }

  const finishDoes = (body: string) =>
    db.sql(
      `create or replace function sample.finish(note uuid) returns void language plpgsql set search_path = '' as $$ begin ${body} end $$`,
    )

  test('is our fault: a refusal that the operation does not list is logged by its name, and the caller hears nothing of it', async () => {
    await finishDoes(`perform private.refuse('never_listed');`)
    const { answer, said } = await unforeseen(ana)
    is(answer, 'our_fault', 500)
    assert.doesNotMatch(answer.text, /never_listed|VV001/)
    assert.deepEqual([said.level, said.err?.['code'], said.err?.['constraint']], [50, 'VV001', 'never_listed'])
    assert.equal(said.reqId, answer.body['request'])
  })

  test('is logged without the DETAIL, the message and the query, for they hold what people wrote', async () => {
    await finishDoes(
      `raise exception using errcode = '23505', constraint = 'twice_ill', message = 'hunter2', detail = 'Key (name)=(hunter2)', hint = 'hunter2';`,
    )
    const { answer, line, said } = await unforeseen(ana)
    is(answer, 'our_fault', 500)
    assert.doesNotMatch(answer.text + line, /hunter2|Key|select/)
    assert.deepEqual([said.err?.['code'], said.err?.['constraint']], ['23505', 'twice_ill'])
    assert.match(String(said.err?.['stack']), /^ +at /)
  })

  test('holds for a token whose person has no account: the missing row is not spelled out', async () => {
    const id = crypto.randomUUID()
    const nobody = asking(server, bearer(await tokenFor(keys, id)))
    const before = log.length
    const answer = await nobody('POST /api/sample/notes', { title: 'Cough' })
    is(answer, 'our_fault', 500)
    const lines = log.slice(before).join('')
    assert.match(lines, /notes_owner_id_fkey/)
    assert.doesNotMatch(answer.text + lines, new RegExp(`${id}|auth.users`))
  })

  test('but a statement that waited too long is only a busy moment, and the log says why', async () => {
    const notes = await holdNotes(server)
    const before = log.length
    const answering = ana('POST /api/sample/notes', { title: 'Rash' })
    const [pid] = await notes.waiting()
    await db.sql('select pg_cancel_backend($1)', [pid]) // as a time-out does
    const answer = await answering
    await notes.release()
    is(answer, 'busy', 503)
    assert.equal(answer.headers.get('retry-after'), '1')
    assert.match(log.slice(before).join(''), /"code":"57014".*"busy"/)
    assert.equal((await ana('POST /api/sample/notes', { title: 'Rash' })).status, 200)
  })
})

describe('who may ask', () => {
  test('a stranger is asked to sign in, where an operation is for a person', async () => {
    const answer = await stranger('GET /api/sample/count')
    is(answer, 'not_signed_in', 401)
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
  })

  test('a stranger is heard where anyone may ask, and acts as anon', async () => {
    assert.deepEqual((await stranger('POST /api/sample/visits')).body, { role: 'anon' })
  })

  test('a person acts as authenticated, and the operator with SERVICE_KEY as service_role', async () => {
    assert.deepEqual((await ana('POST /api/sample/visits')).body, { role: 'authenticated' })
    assert.deepEqual((await operator('POST /api/sample/visits')).body, { role: 'service_role' })
  })

  test('ANON_KEY makes nobody more than a stranger', async () => {
    const anonymous = asking(server, bearer(keys.anon))
    assert.deepEqual((await anonymous('POST /api/sample/visits')).body, { role: 'anon' })
    is(await anonymous('GET /api/sample/count'), 'not_signed_in', 401)
  })

  test('what is for the operator is for no stranger, for no person, and for SERVICE_KEY', async () => {
    is(await stranger('GET /api/sample/everything'), 'not_signed_in', 401)
    is(await ana('GET /api/sample/everything'), 'not_allowed', 403)
    const answer = await operator('GET /api/sample/everything')
    assert.equal(answer.status, 200)
    assert.equal(typeof answer.body['count'], 'number')
  })

  test('the operator is no person: what is for a person is not for SERVICE_KEY', async () => {
    is(await operator('GET /api/sample/count'), 'not_signed_in', 401)
  })

  test('what the database does not grant is not allowed', async () => {
    await db.sql('revoke insert on sample.notes from authenticated')
    is(await ana('POST /api/sample/notes', { title: 'Fever' }), 'not_allowed', 403)
    await db.sql('grant insert (title, body, kind) on sample.notes to authenticated')
  })

  test("Bo neither reads nor renames Ana's private note, and cannot tell that there is one", async () => {
    const { body } = await ana('POST /api/sample/notes', { title: 'Mine' })
    is(await bo(`GET /api/sample/notes/${String(body['id'])}`), 'no_such_note', 404)
    is(await bo(`PATCH /api/sample/notes/${String(body['id'])}`, { title: 'His' }), 'no_such_note', 404)
    assert.deepEqual(await db.sql('select title from sample.notes where id = $1', [body['id']]), [{ title: 'Mine' }])
  })

  test('there is nothing where there is nothing', async () => {
    is(await ana('GET /api/sample/nothing'), 'not_found', 404)
    is(await ana('DELETE /api/sample/notes'), 'not_found', 404)
    is(await stranger('GET /nowhere'), 'not_found', 404)
  })

  test('somebody whom an operation is not for is refused before the body is read', async () => {
    is(await stranger('POST /api/sample/notes', '{"half of it'), 'not_signed_in', 401)
    is(await ana('POST /api/sample/notes', '{"half of it'), 'malformed', 400)
  })
})

describe('a token', () => {
  const claims = { sub: ana.id, role: 'authenticated', aud: 'authenticated', exp: inSeconds(3_600) }
  const signed = async (payload: Record<string, unknown>, key = keys.jwt[0]!, header: Record<string, unknown> = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: keys.jwt[0]!.kid, ...header }).sign(await importJWK({ ...key }, 'ES256'))

  test('that is right in everything is accepted', async () => {
    assert.equal((await asking(server, bearer(await signed(claims)))('GET /api/sample/count')).status, 200)
  })

  const { sub: _sub, ...withoutSub } = claims
  const { exp: _exp, ...withoutExp } = claims
  const wrong: [string, () => string | Promise<string>][] = [
    ['has expired', () => signed({ ...claims, exp: inSeconds(-1) })],
    ['never expires', () => signed(withoutExp)],
    ['is not valid yet', () => signed({ ...claims, nbf: inSeconds(60) })],
    ['is for another audience', () => signed({ ...claims, aud: 'somewhere-else' })],
    ['names nobody', () => signed(withoutSub)],
    ['names somebody who is no id', () => signed({ ...claims, sub: `${ana.id}' or true --` })],
    ['claims to be service_role', () => signed({ ...claims, role: 'service_role' })],
    ['claims to be anon', () => signed({ ...claims, role: 'anon' })],
    ['claims no role', () => signed({ ...claims, role: undefined })],
    ['is signed by nobody (alg none)', () => new UnsecuredJWT(claims).encode()],
    ['is signed by our public key as if it were a secret', () => signedBySecret(claims, keys)],
    ['is signed by another key', () => signed(claims, newSigningKey())],
    ['is signed by another key that comes with it', () => signedByItself(claims)],
    ['was changed after it was signed', async () => changed(await signed(claims))],
    ['is cut short', async () => (await signed(claims)).slice(0, -4)],
    ['is no token', () => 'a.b.c'],
    ['is empty in all its parts', () => '..'],
    ['is sealed, not signed', () => 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.a.b.c.d'],
    ['is as long as the headers may be', () => 'x'.repeat(15_000)],
    ['is almost SERVICE_KEY', () => `${keys.service.slice(0, -1)}_`],
  ]
  for (const [how, make] of wrong)
    test(`that ${how} is not accepted, not even where anyone may ask`, async () => {
      const ask = asking(server, bearer(await make()))
      is(await ask('GET /api/sample/count'), 'token_not_accepted', 401)
      is(await ask('GET /api/sample/everything'), 'token_not_accepted', 401)
      is(await ask('GET /api/sample/greeting'), 'token_not_accepted', 401)
    })

  for (const authorization of ['Bearer', 'Bearer ', 'Basic YTpi', ana.token, `Bearer ${ana.token} ${ana.token}`, `Bearer, ${ana.token}`])
    test(`is expected as one word after Bearer, not as "${authorization.replaceAll(ana.token, '<token>')}"`, async () => {
      is(await asking(server, { authorization })('GET /api/sample/count'), 'token_not_accepted', 401)
    })

  test('that was accepted and remembered is refused from the second in which it expires', async () => {
    const exp = inSeconds(2)
    const ask = asking(server, bearer(await signed({ ...claims, exp })))
    assert.equal((await ask('GET /api/sample/count')).status, 200)
    const accepted = async () => (await ask('GET /api/sample/count')).status === 200
    await until(async () => !(await accepted()), 'the end of the token', 5_000)
    assert.ok(Date.now() >= exp * 1_000)
    is(await ask('GET /api/sample/count'), 'token_not_accepted', 401)
  })
})

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1_000) + seconds
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

// The classic: whoever verifies HS256 with the public key as the secret accepts what anybody can make.
function signedBySecret(claims: Record<string, unknown>, { jwt: [key] }: Keys): string {
  const { d: _private, ...jwk } = key!
  const secret = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' })
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid: key!.kid })}.${part(claims)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

async function signedByItself(claims: Record<string, unknown>): Promise<string> {
  const key = newSigningKey()
  const { d: _private, ...jwk } = key
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid, jwk }).sign(await importJWK({ ...key }, 'ES256'))
}

function changed(token: string): string {
  const [head, payload, signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as Record<string, unknown>
  return `${head}.${part({ ...claims, sub: bo.id })}.${signature}`
}
