import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import pg from 'pg'
import { database, type Acting } from '../acting.ts'
import { send, type Result } from '../batch.ts'
import { connect } from '../connections.ts'
import { actingAs, aStranger, freshDatabase, someone, theServer } from '#tests/database.ts'

const db = await freshDatabase()

describe('A batch', () => {
  const inOneTrip = async (...statements: Parameters<typeof send>[2]): Promise<Result[]> => {
    const client = await db.pools.app.connect()
    try {
      return await send(client, 'test', statements)
    } finally {
      client.release()
    }
  }

  test('gives each statement its own rows, typed as values.ts says', async () => {
    const [first, second] = await inOneTrip(
      { text: `select 1::int8 as id, null as nothing, true as yes, '{a,"b,c",NULL}'::text[] as words` },
      {
        text: 'select $1::timestamptz as at, $2::date as day, $3::jsonb as doc, $4::int[] as list',
        values: ['2026-11-20 10:00:00.123456+01', '2026-02-03', { a: [1] }, [1, 2]],
      },
    )
    assert.deepEqual(first!.rows, [{ id: 1, nothing: null, yes: true, words: ['a', 'b,c', null] }])
    assert.deepEqual(second!.rows, [{ at: '2026-11-20T09:00:00.123456Z', day: '2026-02-03', doc: { a: [1] }, list: [1, 2] }])
  })

  test('is one transaction: what fails in the second statement undoes the first', async () => {
    await db.sql('create table public.marks (n int primary key); grant all on public.marks to vivavoce_app')
    await assert.rejects(inOneTrip({ text: 'insert into public.marks values (1)' }, { text: 'select 1/0' }), { code: '22012' })
    assert.deepEqual(await db.sql('select * from public.marks'), [])
  })

  test('does not resolve before a deferred constraint had its say', async () => {
    await db.sql(
      'create table public.pairs (a int primary key, b int references public.pairs deferrable initially deferred); grant all on public.pairs to vivavoce_app',
    )
    await assert.rejects(inOneTrip({ text: 'insert into public.pairs values (1, 99)' }), { code: '23503' })
    assert.deepEqual(await db.sql('select * from public.pairs'), [])
  })

  test('can be tried again on the same connection after a statement failed, parsed or not', async () => {
    const pool = new pg.Pool({ connectionString: db.url('vivavoce_app'), max: 1 })
    const once = async (text: string, values: unknown[] = []) => {
      const client = await pool.connect()
      try {
        return (await send(client, 'test', [{ text: 'select 1' }, { text, values }]))[1]!.rows
      } finally {
        client.release()
      }
    }
    for (let attempt = 0; attempt < 3; attempt++) {
      await assert.rejects(once('select 10 / $1::int as n', [0]), { code: '22012' })
      await assert.rejects(once('select nonsense'), { code: '42703' })
      assert.deepEqual(await once('select 10 / $1::int as n', [5]), [{ n: 2 }])
    }
    await pool.end()
  })

  test('a plan gone stale is prepared anew, unseen by the caller: after DDL, and after somebody deallocated it', async () => {
    await db.sql(`create table sample.changing (a int); insert into sample.changing values (1); grant select on sample.changing to authenticated;
      alter table sample.changing enable row level security; create policy "all read" on sample.changing for select to authenticated using (true)`)
    const pools = connect({ app: db.url('vivavoce_app'), worker: db.url('vivavoce_worker'), most: 1, prepare: true, onLost: () => {} })
    const one = database(pools)
    const ada = actingAs((await someone(db)).id)
    const read = () =>
      one.read(ada, (reader) => reader.all({ compile: () => ({ sql: 'select * from sample.changing', parameters: [] }) } as never))
    assert.deepEqual(await read(), [[{ a: 1 }]])
    await db.sql(`alter table sample.changing add b text default 'new'`)
    assert.deepEqual(await read(), [[{ a: 1, b: 'new' }]])
    await pools.app.query('deallocate all')
    assert.deepEqual(await read(), [[{ a: 1, b: 'new' }]])
    const written = await one.write(
      ada,
      async (tx) => (await tx.insertInto('sample.notes').values({ title: 'kept' }).returning('title').execute())[0],
    )
    await pools.app.query('deallocate all')
    const again = await one.write(
      ada,
      async (tx) => (await tx.insertInto('sample.notes').values({ title: 'kept too' }).returning('title').execute())[0],
    )
    assert.deepEqual([written, again], [{ title: 'kept' }, { title: 'kept too' }])
    await pools.close()
  })

  test('works without prepared statements, for poolers that share connections by transaction', async () => {
    const pools = connect({ app: db.url('vivavoce_app'), worker: db.url('vivavoce_worker'), most: 2, prepare: false, onLost: () => {} })
    const ada = actingAs((await someone(db)).id)
    for (let n = 0; n < 3; n++) assert.equal(await database(pools).read(ada, (reader) => reader.call('sample.count_notes', {})), 0)
    assert.deepEqual((await pools.app.query('select name from pg_prepared_statements')).rows, [])
    await pools.close()
  })
})

describe('A reader', () => {
  test('cannot write, whatever is tried', async () => {
    const ada = await someone(db)
    const sneak = db.database.read(ada.acting, (reader) =>
      (reader as unknown as Parameters<Parameters<typeof db.database.write<'authenticated', unknown>>[1]>[0])
        .insertInto('sample.notes')
        .values({ title: 'x' })
        .execute(),
    )
    await assert.rejects(sneak, { code: '25006' })
  })
})

describe('A write', () => {
  test('that throws leaves nothing behind', async () => {
    const ada = await someone(db)
    const failing = db.database.write(ada.acting, async (tx) => {
      await tx.insertInto('sample.notes').values({ title: 'gone' }).execute()
      throw new Error('changed my mind')
    })
    await assert.rejects(failing, { message: 'changed my mind' })
    assert.deepEqual(await db.sql('select * from sample.notes where owner_id = $1', [ada.id]), [])
  })

  test('takes along what was put off, and drops it with a rollback', async () => {
    const ada = await someone(db)
    const wish = { text: `insert into sample.notes (title) values ($1)`, values: ['put off'] }
    await db.database.write(ada.acting, async (tx) => tx.later(wish))
    await assert.rejects(
      db.database.write(ada.acting, async (tx) => (tx.later({ ...wish, values: ['never'] }), Promise.reject(new Error('no')))),
    )
    assert.deepEqual(await db.sql('select title from sample.notes where owner_id = $1', [ada.id]), [{ title: 'put off' }])
  })

  test('whose put-off part fails at COMMIT is refused and undone', async () => {
    const ada = await someone(db)
    const doubled = db.database.write(ada.acting, async (tx) => {
      await tx.insertInto('sample.notes').values({ title: 'same' }).execute()
      tx.later({ text: `insert into sample.notes (title) values ('same')` })
    })
    await assert.rejects(doubled, { constraint: 'title_taken' })
    assert.deepEqual(await db.sql('select title from sample.notes where owner_id = $1', [ada.id]), [])
  })
})

describe('Nothing leaks from one request into the next on the same connection', () => {
  test('role, claims, settings and time-outs end with their transaction, also after an error', async () => {
    const pools = connect({ app: db.url('vivavoce_app'), worker: db.url('vivavoce_worker'), most: 1, prepare: true, onLost: () => {} })
    const one = database(pools)
    const ada = await someone(db)
    const asks = [
      () => one.read(ada.acting, (reader) => reader.selectFrom('sample.notes').select('id').execute()),
      () => one.write(ada.acting, (tx) => tx.insertInto('sample.notes').values({ title: 'mine' }).execute()),
      () => one.write(ada.acting, (tx) => tx.insertInto('sample.notes').values({ title: 'mine' }).execute()).catch(() => 'refused'),
      () => one.read(ada.acting, (reader) => reader.call('sample.finish', { note: null })).catch(() => 'refused'),
    ]
    for (const ask of asks) {
      await ask()
      const { rows } = await pools.app.query(
        `select current_user as role, coalesce(current_setting('request.jwt.claims', true), '') as claims,
           current_setting('statement_timeout') as patience, current_setting('transaction_read_only') as reading`,
      )
      assert.deepEqual(rows, [{ role: 'vivavoce_app', claims: '', patience: '0', reading: 'off' }])
    }
    await pools.close()
  })

  test('200 people interleaved on 4 connections each see only their own', { timeout: 120_000 }, async () => {
    const rounds = process.env['LONG'] ? 300 : 40 // half a minute, and two seconds
    const pools = connect({ app: db.url('vivavoce_app'), worker: db.url('vivavoce_worker'), most: 4, prepare: true, onLost: () => {} })
    const shared = database(pools)
    const people = await Promise.all(Array.from({ length: 200 }, (_, n) => someone(db, `p${n}`)))
    await db.sql(`insert into sample.notes (owner_id, title) select unnest($1::uuid[]), 'mine'`, [people.map(({ id }) => id)])
    const live = async ({ id, acting }: { id: string; acting: Acting<'authenticated'> }) => {
      for (let n = 0; n < rounds; n++) {
        const mine = await shared.read(acting, (reader) => reader.selectFrom('sample.notes').select(['owner_id', 'title']).execute())
        assert.ok(mine.length >= 1 && mine.every(({ owner_id }) => owner_id === id), 'somebody saw what is not theirs')
        if (n % 5 === 0)
          await shared.write(acting, (tx) =>
            tx
              .insertInto('sample.notes')
              .values({ title: `more ${n}` })
              .execute(),
          )
        if (n % 7 === 0)
          await assert.rejects(
            shared.write(acting, (tx) => tx.insertInto('sample.notes').values({ title: 'mine' }).execute()),
            { constraint: 'title_taken' },
          )
        if (n % 11 === 0)
          await assert.rejects(
            shared.read(aStranger, (reader) =>
              (reader as never as { selectFrom: (t: string) => { select: (c: string) => { execute: () => Promise<unknown> } } })
                .selectFrom('sample.notes')
                .select('id')
                .execute(),
            ),
            { code: '42501' },
          )
      }
    }
    await Promise.all(people.map(live))
    const strays = await db.sql(`select count(*)::int as n from sample.notes where title like 'more %' and owner_id <> all ($1)`, [
      people.map(({ id }) => id),
    ])
    assert.deepEqual(strays, [{ n: 0 }])
    await pools.close()
  })

  test('the server acts through its own login only, and that one is nobody else', async () => {
    assert.equal(
      await db.database.read(
        theServer,
        async (reader) =>
          (await reader.all({ compile: () => ({ sql: 'select session_user, current_user', parameters: [] }) } as never)).length,
      ),
      1,
    )
    await assert.rejects(db.pools.app.query('set role service_role'), { code: '42501' })
    await assert.rejects(db.pools.worker.query('set role authenticated'), { code: '42501' })
    await assert.rejects(db.pools.app.query('select * from sample.notes'), { code: '42501' })
  })
})
