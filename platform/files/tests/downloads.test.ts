import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { asking, raw } from '#platform/operations/tests/asking.ts'
import { theServer } from '#tests/database.ts'
import { linkTo } from '../links.ts'
import { pathOf } from '../objects.ts'
import { rangeIn } from '../range.ts'
import { encoded, pdf, pixels } from './making.ts'
import { is, scene, type Someone } from './scene.ts'

const there = await scene()
const { db, keys } = there
const stranger = asking(there)
const ada = await there.somebody('ada')
const bo = await there.somebody('bo')

const letter = pdf('x'.repeat(1_000))
const paperOf = async (one: Someone, name = 'Arztbrief für Müller.pdf') => (await one.upload('sample_paper', name, letter)).id
const linkOf = async (one: Someone, id: string) => String((await one(`POST /api/files/${id}/link`)).body['url'])
const get = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
  const answer = await fetch(there.address + url, { method, headers })
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

describe('a link', () => {
  test('leads to the file, which is saved and not shown, by its name', async () => {
    const id = await paperOf(ada)
    const { status, body } = await ada(`POST /api/files/${id}/link`)
    assert.equal(status, 200)
    const until = Date.parse(String(body['expiresAt'])) - Date.now()
    assert.ok(until > 9 * 60_000 && until <= 10 * 60_000)
    const { status: found, headers, bytes } = await get(String(body['url']))
    assert.equal(found, 200)
    assert.deepEqual(bytes, letter)
    assert.equal(headers.get('content-type'), 'application/pdf')
    assert.equal(
      headers.get('content-disposition'),
      `attachment; filename="Arztbrief-fur-Muller.pdf"; filename*=UTF-8''Arztbrief%20f%C3%BCr%20M%C3%BCller.pdf`,
    )
    assert.equal(
      headers.get('content-security-policy'),
      "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
  })

  test('shows pictures where they are, and nothing else', async () => {
    const { id } = await ada.upload(
      'sample_picture',
      'me.png',
      await encoded(
        'image/png',
        pixels(8, 8, () => [1, 2, 3, 255]),
      ),
    )
    assert.match((await get(await linkOf(ada, id))).headers.get('content-disposition')!, /^inline; filename="me\.png"/)
    const page = await ada.upload('sample_paper', 'x.html', Buffer.from('<script>alert(1)</script>'))
    const { headers } = await get(await linkOf(ada, page.id))
    assert.deepEqual(
      [headers.get('content-type'), headers.get('content-disposition')!.split(';')[0]],
      ['text/plain; charset=utf-8', 'attachment'],
    )
  })

  test('holds no id of anybody', async () => {
    const id = await paperOf(ada)
    const [, word] = /^\/files\/d\/([^/]+)\//.exec(await linkOf(ada, id))!
    for (const part of word!.split('.')) {
      const text = Buffer.from(part, 'base64url')
      for (const secret of [id, ada.id]) assert.ok(!text.includes(secret) && !text.includes(Buffer.from(secret.replaceAll('-', ''), 'hex')))
    }
  })

  test('gives the pieces that are asked for', async () => {
    const url = await linkOf(ada, await paperOf(ada))
    for (const [range, from, to] of [
      ['bytes=0-0', 0, 0],
      ['bytes=100-199', 100, 199],
      ['bytes=1000-', 1_000, letter.length - 1],
      ['bytes=-10', letter.length - 10, letter.length - 1],
      ['bytes=5-99999', 5, letter.length - 1],
    ] as const) {
      const { status, headers, bytes } = await get(url, { range })
      assert.deepEqual([status, headers.get('content-range')], [206, `bytes ${from}-${to}/${letter.length}`])
      assert.deepEqual(bytes, letter.subarray(from, to + 1))
    }
    for (const range of [`bytes=${letter.length}-`, 'bytes=-0']) {
      const { status, headers, bytes } = await get(url, { range })
      assert.deepEqual([status, headers.get('content-range'), bytes.length], [416, `bytes */${letter.length}`, 0])
    }
    for (const range of ['bytes=2-1', 'bytes=a-b', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=-'])
      assert.deepEqual((await get(url, { range })).bytes, letter)
  })

  test('gives a piece only of what the asker has the rest of', async () => {
    const url = await linkOf(ada, await paperOf(ada))
    const etag = (await get(url)).headers.get('etag')!
    assert.equal((await get(url, { range: 'bytes=0-9', 'if-range': etag })).status, 206)
    assert.equal((await get(url, { range: 'bytes=0-9', 'if-range': '"another"' })).status, 200)
  })

  test('says to HEAD what GET would bring', async () => {
    const { status, headers, bytes } = await get(await linkOf(ada, await paperOf(ada)), {}, 'HEAD')
    assert.deepEqual([status, headers.get('content-length'), bytes.length], [200, `${letter.length}`, 0])
  })
})

describe('a link leads nowhere', () => {
  test('when its time is over', async () => {
    const id = await paperOf(ada)
    const late = withClock(Date.now() - 11 * 60_000, () => linkTo(keys.secrets, { id, name: 'a.pdf' }, ada.id))
    is(await stranger(`GET ${late.url}`), 'link_has_expired', 410)
  })

  test('when a letter of it was changed, or somebody else made it', async () => {
    const id = await paperOf(ada)
    const url = await linkOf(ada, id)
    const word = url.split('/')[3]!
    for (const at of [3, 12, 30, word.length - 1]) {
      const other = `${word.slice(0, at)}${word[at] === 'A' ? 'B' : 'A'}${word.slice(at + 1)}`
      is(await stranger(`GET ${url.replace(word, other)}`), 'no_such_link', 404)
    }
    const forged = linkTo(Buffer.alloc(32, 7), { id, name: 'Arztbrief für Müller.pdf' }, ada.id)
    is(await stranger(`GET ${forged.url}`), 'no_such_link', 404)
    for (const word of ['x', 'v1.a.b.c', 'v1...', '%00']) is(await stranger(`GET /files/d/${word}/a.pdf`), 'no_such_link', 404)
  })

  test('by another name', async () => {
    const url = await linkOf(ada, await paperOf(ada))
    for (const name of ['evil.exe', '..%2f..%2f..%2fetc%2fpasswd', '%00', 'Arztbrief-fur-Muller.pdf.exe'])
      is(await stranger(`GET ${url.replace(/[^/]+$/, name)}`), 'no_such_link', 404)
  })

  test('above the folder of links', async () => {
    for (const url of ['/files/d/../../../../etc/passwd', '/files/d/%2e%2e/%2e%2e/etc/passwd', '/files/d/x/../../../../keys/jwt.json'])
      assert.equal((await raw(there, `GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).status, 404)
  })

  test('when the file was thrown away', async () => {
    const id = await paperOf(ada)
    const url = await linkOf(ada, id)
    assert.equal((await ada(`DELETE /api/files/${id}`)).status, 200)
    is(await stranger(`GET ${url}`), 'no_such_file', 404)
    await there.until(() => !there.onDisk().some((file) => file.endsWith(id)))
  })

  test('while the file is being scanned, and for ever when it is in quarantine', async () => {
    const id = await paperOf(ada)
    const url = await linkOf(ada, id)
    await db.sql(`update files.objects set state = 'scanning' where id = $1`, [id])
    is(await stranger(`GET ${url}`), 'file_is_being_scanned', 409)
    is(await ada(`POST /api/files/${id}/link`), 'file_is_being_scanned', 409)
    await db.database.write(theServer, (tx) => tx.call('private.scanned', { file: id, clean: false }))
    is(await stranger(`GET ${url}`), 'file_is_quarantined', 409)
    is(await ada(`POST /api/files/${id}/link`), 'file_is_quarantined', 409)
    await assert.rejects(
      db.database.write(theServer, (tx) => tx.call('private.scanned', { file: id, clean: true })),
      { constraint: 'no_such_file' },
    )
  })

  test('when the object is gone, and the log says which', async () => {
    const id = await paperOf(ada)
    const url = await linkOf(ada, id)
    rmSync(path.join(there.dataDir, 'files/objects', pathOf(id)))
    is(await stranger(`GET ${url}`), 'file_is_lost', 404)
    assert.ok(there.log.some((line) => line.includes('a file is lost') && line.includes(id)))
  })

  for (const [what, sql] of [
    ['has left', 'update auth.users set deleted_at = now() where id = $1'],
    ['is banned', `update auth.users set banned_until = 'infinity' where id = $1`],
    ['is suspended', 'update identity.accounts set suspended_at = now() where user_id = $1'],
  ] as const)
    test(`when the person for whom it was made ${what}`, async () => {
      const one = await there.somebody('one')
      const url = await linkOf(one, await paperOf(one))
      assert.equal((await get(url)).status, 200)
      await db.sql(sql, [one.id])
      is(await stranger(`GET ${url}`), 'no_such_file', 404)
    })

  test('for a file that is still coming', async () => {
    const { id } = await ada.begin({ length: 10 })
    is(await ada(`POST /api/files/${id}/link`), 'no_such_file', 404)
  })
})

describe('somebody else’s file', () => {
  test('cannot be seen, linked or thrown away by Bo, and a stranger is asked to sign in', async () => {
    const id = await paperOf(ada)
    is(await bo(`GET /api/files/${id}`), 'no_such_file', 404)
    is(await bo(`POST /api/files/${id}/link`), 'no_such_file', 404)
    is(await bo(`DELETE /api/files/${id}`), 'no_such_file', 404)
    is(await stranger(`POST /api/files/${id}/link`), 'not_signed_in', 401)
    assert.equal((await ada(`GET /api/files/${id}`)).status, 200)
  })

  test('can be had through a link that somebody passes on, as long as it lasts: it is theirs who made it', async () => {
    assert.equal((await get(await linkOf(ada, await paperOf(ada)))).status, 200)
  })

  // What a part does whose purpose this is: one function beside its own tables.
  test('can be had where the part it belongs to says so, and no longer than it says so', async () => {
    const id = await paperOf(ada)
    await db.sql(`create table sample.readers (file uuid, reader uuid)`)
    await db.sql(`create function private.may_download_sample_paper(file uuid) returns boolean language sql stable security definer set search_path = '' as
      $$ select exists (select from sample.readers r where r.file = may_download_sample_paper.file and r.reader = (select auth.uid())) $$`)
    is(await bo(`POST /api/files/${id}/link`), 'no_such_file', 404)
    await db.sql('insert into sample.readers values ($1, $2)', [id, bo.id])
    const url = await linkOf(bo, id)
    assert.deepEqual((await get(url)).bytes, letter)
    await db.sql('delete from sample.readers')
    is(await stranger(`GET ${url}`), 'no_such_file', 404)
    is(await bo(`GET /api/files/${id}`), 'no_such_file', 404)
    assert.equal((await get(await linkOf(ada, id))).status, 200)
  })
})

test('a range is what RFC 9110 says, or the whole, and never beyond the file', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.string({ unit: fc.constantFrom(...'bytes=0123456789-, '.split('')) }),
      (size, text) => {
        const range = rangeIn(text.startsWith('bytes=') ? text : `bytes=${text}`, size)
        if (range) assert.ok(range.from >= 0 && range.from <= range.to && range.to < size)
      },
    ),
    { numRuns: 2_000 },
  )
})

function withClock<T>(now: number, work: () => T): T {
  const real = Date.now
  Date.now = () => now
  try {
    return work()
  } finally {
    Date.now = real
  }
}
