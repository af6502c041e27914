import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import { job, type Job, type JobDatabase } from '../job.ts'
import { later } from '../later.ts'

// Jobs that end in every way a job can. Each first notes that it began: so a test can count the attempts.
const data = z.object({ note: z.string() })
const once = { data, retries: 0, timeoutSeconds: 30 }

async function note(database: JobDatabase, what: string, note: string): Promise<void> {
  await database.write((db) => sql`insert into trial.notes (what, note) values (${what}, ${note})`.execute(db))
}

export const writes = job({
  ...once,
  name: 'trial.writes',
  run: ({ data, database }) => note(database, 'wrote', data.note),
})

export const dawdles = job({
  ...once,
  name: 'trial.dawdles',
  async run({ data, database }) {
    await note(database, 'began', data.note)
    await pause(500)
    await note(database, 'wrote', data.note)
  },
})

export const queuesAnother = job({
  ...once,
  name: 'trial.queues-another',
  run: ({ data, database }) => database.write((db) => later(db, writes, data)),
})

export const succeedsAtLast = job({
  ...once,
  name: 'trial.succeeds-at-last',
  retries: 1,
  async run({ data, database }) {
    await note(database, 'began', data.note)
    const begun = await database.read((db) =>
      sql<{ n: number }>`select count(*)::int as n from trial.notes where note = ${data.note}`.execute(db),
    )
    if (begun.rows[0]?.n === 1) throw new Error('not yet')
    await note(database, 'wrote', data.note)
  },
})

export const throws = job({
  ...once,
  name: 'trial.throws',
  retries: 1,
  async run({ data, database }) {
    await note(database, 'began', data.note)
    throw Object.assign(new Error(`about ${data.note}, in words that nobody may see`), { code: 'no_luck' })
  },
})

export const isRefused = job({
  ...once,
  name: 'trial.is-refused',
  run: ({ database }) => database.write((db) => db.call('private.refuse', { name: 'seat_taken' })),
})

export const hangs = job({
  ...once,
  name: 'trial.hangs',
  timeoutSeconds: 0.25,
  run: () => new Promise(() => {}),
})

// Takes no notice of its signal and would write when its time is long up.
export const wakesTooLate = job({
  ...once,
  name: 'trial.wakes-too-late',
  timeoutSeconds: 0.25,
  async run({ data, database }) {
    await pause(500)
    await database.write((db) => later(db, writes, data))
  },
})

export const loops = job({
  ...once,
  name: 'trial.loops',
  async run({ data, database }) {
    await note(database, 'began', data.note)
    for (;;);
  },
})

export const exits = job({
  ...once,
  name: 'trial.exits',
  retries: 1,
  async run({ data, database }) {
    await note(database, 'began', data.note)
    process.exit(0)
  },
})

export const crashes = job({
  ...once,
  name: 'trial.crashes',
  async run({ data, database }) {
    await note(database, 'began', data.note)
    setImmediate(() => {
      throw new Error('nobody catches this')
    })
    await pause(1_000)
  },
})

// The worst of its kind: a Map doubles in one allocation, at which V8 ends a process that is at its limit.
export const eats = job({
  ...once,
  name: 'trial.eats',
  async run({ data, database }) {
    await note(database, 'began', data.note)
    const eaten = new Map<number, number>()
    for (let count = 0; ; count++) eaten.set(count, count)
  },
})

export const ticks = job({
  name: 'trial.ticks',
  data: z.object({}),
  retries: 0,
  timeoutSeconds: 5,
  cron: '* * * * *',
  run: ({ database }) => note(database, 'ticked', ''),
})

export const trial: Job[] = [
  writes,
  dawdles,
  queuesAnother,
  succeedsAtLast,
  throws,
  isRefused,
  hangs,
  wakesTooLate,
  loops,
  exits,
  crashes,
  eats,
]
