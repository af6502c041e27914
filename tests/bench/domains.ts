import { CompiledQuery } from 'kysely'
import pg from 'pg'
import { database, type Database } from '#platform/database/acting.ts'
import type { Statement } from '#platform/database/batch.ts'
import { connect } from '#platform/database/connections.ts'
import { actingAs, aStranger } from '#tests/database.ts'
import { median } from './figures.ts'
import { hotQueries, type Asked, type HotQuery } from './queries.ts'
import type { World } from './world.ts'

// Each hot query beside `select 1` in its place: the same batch, settings, role and connections, in turns of a few hundred
// milliseconds, so that whatever slows this machine down slows both.
const connections = 4
const rounds = 9
const milliseconds = 250

export type Figure = { query: HotQuery; times: number; micros: number; limitMicros: number; rows: number }

export async function measureDomains(world: World, wanted: string, each: (figure: Figure) => void): Promise<Figure[]> {
  const pools = connect({
    app: world.url('vivavoce_app'),
    worker: world.url('vivavoce_worker'),
    most: connections,
    prepare: true,
    onLost: () => {},
  })
  const owner = new pg.Client({ connectionString: world.url() })
  await owner.connect()
  try {
    const figures: Figure[] = []
    for (const query of hotQueries.filter(({ domain, name }) => `${domain}: ${name}`.includes(wanted))) {
      const figure = await measure(database(pools), query, await askers(owner, query))
      figures.push(figure)
      each(figure)
    }
    return figures
  } finally {
    await forgetWhatWasRecorded(owner)
    await owner.end()
    await pools.close()
  }
}

export type Asker = { acting: typeof aStranger | ReturnType<typeof actingAs>; statements: Statement[] }

export async function askers(owner: pg.Client, query: HotQuery): Promise<Asker[]> {
  const { rows } = await owner.query<Asked>(query.asked)
  if (rows.length === 0) throw new Error(`nobody asks: ${query.name}`)
  return rows.map((row) => ({ acting: query.as === 'anon' ? aStranger : actingAs(row.person!), statements: query.ask(row) }))
}

async function measure(db: Database, query: HotQuery, asking: Asker[]): Promise<Figure> {
  let turn = 0
  let rows = 0
  const ask = async (statements?: Statement[]) => {
    const { acting, statements: own } = asking[turn++ % asking.length]!
    const queries = (statements ?? own).map(({ text, values }) => ({ compile: () => CompiledQuery.raw(text, [...(values ?? [])]) }))
    const answers = await (query.recorded
      ? db.write(acting, (tx) => tx.all(...queries))
      : db.read(acting, (reader) => reader.all(...queries)))
    rows += answers.flat().length
  }
  const limit = () => pace(() => ask([{ text: 'select 1' }]))
  const ours = () => pace(() => ask())
  await ours()
  await limit()
  const pairs: [number, number][] = []
  let answered = 0
  for (let round = 0; round < rounds; round++) {
    const bare = await limit()
    rows = 0
    const mine = await ours()
    answered = mine.answered
    pairs.push([mine.micros, bare.micros])
  }
  const of = (figure: (pair: [number, number]) => number) => median(pairs.map(figure))
  return {
    query,
    times: of(([mine, bare]) => mine / bare),
    micros: of(([mine]) => mine),
    limitMicros: of(([, bare]) => bare),
    rows: rows / answered,
  }
}

/** Microseconds of one answer, as all connections together give them. */
async function pace(ask: () => Promise<void>): Promise<{ micros: number; answered: number }> {
  let answered = 0
  const began = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - began < milliseconds) {
        await ask()
        answered++
      }
    }),
  )
  return { micros: ((performance.now() - began) * 1_000) / answered, answered }
}

// So that the world kept is the world that was made. Entries of the audit stay otherwise, whoever asks.
async function forgetWhatWasRecorded(owner: pg.Client): Promise<void> {
  await owner.query('begin')
  await owner.query(`set local session_replication_role = replica`)
  await owner.query('truncate audit.entries, audit.unsealed, audit.seals')
  await owner.query('commit')
}
