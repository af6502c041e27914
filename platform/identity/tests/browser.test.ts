import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { createPerson } from '../people.ts'
import { hashPassword } from '../passwords.ts'
import { theServer } from '../the-server.ts'

const server = await freshServer()
const password = 'a perfectly fine passphrase'
const ours = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }

async function someoneNew(name: string): Promise<string> {
  const email = `${name}@example.test`
  const passwordHash = await hashPassword(password)
  await server.db.database.write(theServer, (db) => createPerson(db, { email, passwordHash, data: { adult: true }, confirmed: true }))
  return email
}

type Cookie = { cookie: string; header: string; body: Record<string, unknown> }
async function signIn(email: string, headers: Record<string, string> = {}): Promise<Cookie> {
  const answer = await fetch(`${server.address}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { ...ours, 'x-session': 'cookie', ...headers },
    body: JSON.stringify({ email, password }),
  })
  const header = answer.headers.get('set-cookie') ?? ''
  return { cookie: header.split(';')[0]!, header, body: (await answer.json()) as Record<string, unknown> }
}

const ask = (path: string, cookie: string, init: RequestInit = {}) =>
  fetch(`${server.address}${path}`, { ...init, headers: { ...ours, cookie, ...(init.headers as Record<string, string>) } })
const count = (cookie: string, headers: Record<string, string> = {}) => ask('/api/sample/count', cookie, { headers })
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

describe('A browser that signs in with a cookie', () => {
  test('is given an opaque word that no script can read, and no token at all', async () => {
    const { header, body } = await signIn(await someoneNew('ada'))
    assert.match(header, /^vivavoce=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
    assert.deepEqual(Object.keys(body), ['user'])
    assert.ok(!JSON.stringify(body).includes('token'))
  })

  test('is somebody with it, in operations and in the account', async () => {
    const { cookie } = await signIn(await someoneNew('bo'))
    assert.deepEqual(await (await count(cookie)).json(), { count: 0 })
    const user = (await (await ask('/auth/v1/user', cookie)).json()) as { email: string }
    assert.equal(user.email, 'bo@example.test')
  })

  test('is signed out at once when it signs out, and the cookie is taken away', async () => {
    const { cookie } = await signIn(await someoneNew('cy'))
    assert.equal((await count(cookie)).status, 200)
    const out = await ask('/auth/v1/logout?scope=local', cookie, { method: 'POST' })
    assert.equal(out.status, 204)
    assert.match(out.headers.get('set-cookie') ?? '', /^vivavoce=; .*Max-Age=0$/)
    const after = await count(cookie)
    assert.deepEqual([after.status, await codeOf(after)], [401, 'not_signed_in'])
  })

  test('is signed out at its next step when another device ends its session', async () => {
    const email = await someoneNew('di')
    const [phone, desk] = [await signIn(email), await signIn(email)]
    assert.equal((await count(phone.cookie)).status, 200)
    assert.equal((await ask('/auth/v1/logout?scope=others', desk.cookie, { method: 'POST' })).status, 204)
    assert.equal((await count(phone.cookie)).status, 401)
    assert.equal((await count(desk.cookie)).status, 200)
  })

  test('that is suspended is shut out at once', async () => {
    const { cookie } = await signIn(await someoneNew('ed'))
    assert.equal((await count(cookie)).status, 200)
    await server.db.sql(
      `update identity.accounts a set suspended_at = now() from auth.users u where u.id = a.user_id and u.email = 'ed@example.test'`,
    )
    assert.equal((await count(cookie)).status, 401)
  })

  test('cannot be used from another site, whatever that site makes it ask', async () => {
    const { cookie } = await signIn(await someoneNew('fay'))
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const answer = await count(cookie, headers)
      assert.deepEqual([answer.status, await codeOf(answer)], [403, 'cross_site'])
    }
    const posted = await fetch(`${server.address}/api/sample/notes`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
      body: '{"title":"theirs"}',
    })
    assert.equal(await codeOf(posted), 'cross_site')
  })

  test('cannot be made to sign in as somebody else by another site', async () => {
    const { header, body } = await signIn(await someoneNew('gus'), { 'sec-fetch-site': 'cross-site' })
    assert.equal(header, '')
    assert.equal(body['user'], undefined)
  })

  test('cannot bring a word of its own choosing', async () => {
    const email = await someoneNew('hal')
    const chosen = `vivavoce=${'a'.repeat(43)}`
    const { cookie } = await signIn(email, { cookie: chosen })
    assert.notEqual(cookie, chosen)
    assert.equal((await count(chosen)).status, 401)
  })

  test('is nobody with a word that is cut, changed or made up', async () => {
    const { cookie } = await signIn(await someoneNew('ida'))
    for (const wrong of [cookie.slice(0, -1), `${cookie}x`, cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 'vivavoce=']) {
      assert.equal((await count(wrong)).status, 401, wrong)
    }
  })

  test('leaves nothing in the database by which it could be impersonated', async () => {
    const { cookie } = await signIn(await someoneNew('joy'))
    const word = cookie.split('=')[1]!
    const rows = await server.db.sql<{ row: string }>('select b::text as row from identity.browser_sessions b')
    assert.ok(rows.length > 0 && rows.every(({ row }) => !row.includes(word)))
    assert.ok(server.log.every((line) => !line.includes(word)))
  })

  test('with a second factor is nobody until it is proved', async () => {
    const email = await someoneNew('kim')
    const { cookie } = await signIn(email)
    await server.db.sql(
      `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at)
       select gen_random_uuid(), id, 'app', 'totp', 'verified', now(), now() from auth.users where email = $1`,
      [email],
    )
    const answer = await count(cookie)
    assert.deepEqual([answer.status, await codeOf(answer)], [403, 'second_factor_needed'])
    assert.equal((await ask('/auth/v1/user', cookie)).status, 200, 'but it can see whom it has yet to prove to be')
  })

  test('follows what changes of its person: the address it says, the ban, the end', async () => {
    const { cookie } = await signIn(await someoneNew('leo'))
    const change = (what: string) => server.db.sql(`update auth.users set ${what} where id = $1`, [leo])
    const leo = (await whoIs('leo@example.test'))[0]!.id
    await change(`email = 'leo"s-new@example.test'`)
    const [row] = await server.db.sql<{ claims: string }>('select claims from identity.browser_sessions where user_id = $1', [leo])
    assert.equal((JSON.parse(row!.claims) as { email: string }).email, 'leo"s-new@example.test')
    assert.equal((await count(cookie)).status, 200)
    await change(`banned_until = now() + interval '1 hour'`)
    assert.equal((await count(cookie)).status, 401)
  })

  test('and is let in beside a suspension or a new second factor never escapes it, whoever is first', async () => {
    const outcomes = Array.from({ length: 12 }, async (_, nth) => {
      const email = await someoneNew(`mia${nth}`)
      const [{ id } = { id: '' }] = await whoIs(email)
      const meanwhile =
        nth % 2 === 0
          ? server.db.sql('update identity.accounts set suspended_at = now() where user_id = $1', [id])
          : server.db.sql(
              `insert into auth.mfa_factors (id, user_id, friendly_name, factor_type, status, created_at, updated_at)
               values (gen_random_uuid(), $1, 'app', 'totp', 'verified', now(), now())`,
              [id],
            )
      const [{ cookie }] = await Promise.all([signIn(email), meanwhile])
      return (await count(cookie || 'vivavoce=none')).status
    })
    assert.deepEqual(
      (await Promise.all(outcomes)).filter((status) => status === 200),
      [],
    )
  })
})

const whoIs = (email: string) => server.db.sql<{ id: string }>('select id from auth.users where email = $1', [email])
