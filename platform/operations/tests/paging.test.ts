import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { actingAs } from '#tests/database.ts'
import { freshServer } from '#tests/server.ts'
import { page } from '../paging.ts'
import { person, type Answer } from './asking.ts'

const server = await freshServer()
const { db } = server
const ana = await person(server, 'ana')

// Twenty notes of three instants, a microsecond apart: most of them tie, and no JavaScript Date could tell them apart.
await db.sql(
  `insert into sample.notes (owner_id, title, created_at)
   select $1, 'Note ' || n, timestamptz '2026-11-20T10:14:37.123456Z' + (n % 3) * interval '1 microsecond' from generate_series(1, 20) n`,
  [ana.id],
)
const inOrder = (await db.sql<{ id: string }>('select id from sample.notes order by created_at, id')).map(({ id }) => id)

type Page = { items: { id: string }[]; next: string | null }

async function walk(pageAfter: (cursor: string | null) => Promise<Page>): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const { items, next } = await pageAfter(cursor)
    pages.push(items.map(({ id }) => id))
    cursor = next
    assert.ok(pages.length <= 30, 'the pages never end')
  } while (cursor !== null)
  return pages
}

const throughTheApi = (limit: number) => async (cursor: string | null) => {
  const { status, body } = await ana(`GET /api/sample/notes?limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`)
  assert.equal(status, 200)
  return body as Page
}
const fromTheLast = (limit: number) => async (cursor: string | null) =>
  db.database.read(actingAs(ana.id), (reader) =>
    page(
      reader.selectFrom('sample.notes').select(['id', 'created_at']),
      { by: ['created_at', 'id'], descending: true },
      { limit, cursor: cursor ?? undefined },
    ),
  )

describe('walking a list page by page', () => {
  for (const limit of [1, 3, 7, 20, 100]) {
    test(`of ${limit} meets each row once and in order, ties and microseconds included`, async () => {
      const pages = await walk(throughTheApi(limit))
      assert.deepEqual(pages.flat(), inOrder)
      assert.deepEqual(
        pages.slice(0, -1).filter(({ length }) => length !== limit),
        [],
      )
    })

    test(`of ${limit} backwards meets each row once and in the opposite order`, async () => {
      assert.deepEqual((await walk(fromTheLast(limit))).flat(), inOrder.toReversed())
    })
  }

  test('ends without a last empty page when the rows fill the pages', async () => {
    assert.deepEqual(
      (await walk(throughTheApi(10))).map(({ length }) => length),
      [10, 10],
    )
  })

  test('keeps its place while rows before and behind it come and go', async () => {
    const first = await throughTheApi(10)(null)
    await db.sql('delete from sample.notes where id = $1', [inOrder[9]]) // the very row the cursor names
    await db.sql(`insert into sample.notes (owner_id, title, created_at) values ($1, 'Early', '2020-01-01T00:00:00Z')`, [ana.id])
    const second = await throughTheApi(10)(first.next)
    assert.deepEqual(
      second.items.map(({ id }) => id),
      inOrder.slice(10),
    )
  })

  test('an empty list is one empty page', async () => {
    const bo = await person(server, 'bo')
    assert.deepEqual((await bo('GET /api/sample/notes')).body, { items: [], next: null })
  })
})

describe('a page', () => {
  const refused = ({ status, body }: Answer, field: string, why: string) =>
    assert.deepEqual([status, body['code'], (body['errors'] as { field: string }[])[0]?.field], [400, 'invalid_input', field], why)

  test('has 1 to 100 rows, and 50 unless asked', async () => {
    await db.sql(`insert into sample.notes (owner_id, title) select $1, 'More ' || n from generate_series(1, 100) n`, [ana.id])
    const rows = async (query: string) => ((await ana(`GET /api/sample/notes${query}`)).body as Page).items.length
    assert.deepEqual([await rows(''), await rows('?limit=1'), await rows('?limit=100')], [50, 1, 100])
    for (const limit of ['0', '101', '-1', '1.5', '1e2', 'ten', '', '99999999999999999999', '1&limit=2'])
      refused(await ana(`GET /api/sample/notes?limit=${limit}`), 'limit', limit)
  })

  const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const uuid = '00000000-0000-4000-8000-000000000000'

  for (const [name, cursor] of Object.entries({
    'no base64': '%F0%9F%91%BB',
    'no JSON': Buffer.from('[half').toString('base64url'),
    'no list': cursorOf({ created_at: 'now', id: uuid }),
    empty: '',
    'too short a list': cursorOf(['2026-11-20T10:14:37Z']),
    'too long a list': cursorOf(['2026-11-20T10:14:37Z', uuid, uuid]),
    'a list of lists': cursorOf([['2026-11-20T10:14:37Z'], [uuid]]),
    'a list of nulls': cursorOf([null, null]),
    'a NUL': cursorOf(['2026-11-20T10:14:37Z\0', uuid]),
    'no instant': cursorOf(['tomorrow at noon', uuid]),
    'no such day': cursorOf(['2026-02-30T00:00:00Z', uuid]),
    'no such year': cursorOf(['0000-01-01T00:00:00Z', uuid]),
    'no such offset': cursorOf(['2026-11-20T10:14:37+99:00', uuid]),
    'no such zone': cursorOf(['2026-11-20 10:14:37 Middle/Earth', uuid]),
    'no id': cursorOf(['2026-11-20T10:14:37Z', "' or true --"]),
    numbers: cursorOf([1, 2]),
    'too large a number': cursorOf([1e300, uuid]),
    'more than a cursor can be': 'x'.repeat(1_001),
  }))
    test(`that starts behind a made-up cursor (${name}) is refused`, async () => {
      refused(await ana(`GET /api/sample/notes?cursor=${cursor}`), 'cursor', name)
    })

  test('is found, empty or refused, whatever a cursor holds, and never shows more than the policies do', async () => {
    const bo = await person(server, 'bo')
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.double(),
      fc.constantFrom('now', 'infinity', '-infinity', 'epoch', uuid),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 3 }), async (values) => {
        const { status, body } = await bo(`GET /api/sample/notes?cursor=${cursorOf(values)}`)
        if (status === 200) assert.deepEqual(body, { items: [], next: null })
        else assert.deepEqual([status, body['code']], [400, 'invalid_input'])
      }),
      { numRuns: 100 },
    )
  })
})
