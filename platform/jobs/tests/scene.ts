import { after } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { configure } from '#platform/configuration/environment.ts'
import { logger } from '#platform/operations/log.ts'
import { freshDatabase, type TestDatabase } from '#tests/database.ts'
import type { Job } from '../job.ts'
import { openQueue, type Queue } from '../queue.ts'
import { supervise, type Limits, type Supervisor } from '../supervise.ts'
import { trial } from './trial.ts'

export type Scene = TestDatabase & {
  /** What the jobs noted down, in order. */
  notes(what: string): Promise<string[]>
  /** The code by which each dead letter died, by its data's note. */
  dead(): Promise<Record<string, string>>
  queue(): Promise<Queue>
  /** A node as in a server: a supervisor in this process and its thread. */
  node(limits?: Partial<Limits>, jobs?: Job[], entry?: URL): Promise<Supervisor & { log: string[] }>
}

export async function scene(): Promise<Scene> {
  const ends: (() => Promise<void>)[] = []
  after(async () => void (await Promise.all(ends.map((end) => end())))) // before the database goes: hooks run as they were made
  const db = await freshDatabase()
  await db.sql(`create schema trial`)
  await db.sql(`create table trial.notes (id bigint generated always as identity, what text not null, note text not null)`)
  await db.sql(`grant usage on schema trial to service_role`)
  await db.sql(`grant select, insert on trial.notes to service_role`)
  const url = db.url('vivavoce_worker')
  return {
    ...db,
    async notes(what) {
      const rows = await db.sql<{ note: string }>('select note from trial.notes where what = $1 order by id', [what])
      return rows.map(({ note }) => note)
    },
    async dead() {
      const rows = await db.sql<{ note: string; code: string }>(`select data ->> 'note' as note, code from jobs.dead_letters`)
      return Object.fromEntries(rows.map(({ note, code }) => [note, code]))
    },
    async queue() {
      const queue = await openQueue({ url, log: logger('silent'), cronSeconds: 30 })
      ends.push(() => queue.close())
      return queue
    },
    async node(limits, jobs = trial, entry = new URL('./thread.ts', import.meta.url)) {
      const log: string[] = []
      const supervisor = await supervise({
        entry,
        jobs,
        url,
        configuration: configure({ LOG_LEVEL: 'silent' }),
        log: logger('info', { write: (line) => void log.push(line) }),
        limits: { memoryMb: 128, longestPauseSeconds: 0.1, goodbyeSeconds: 3, ...limits },
      })
      let stopped: Promise<void> | undefined
      const stop = () => (stopped ??= supervisor.stop())
      ends.push(stop)
      return { ...supervisor, stop, log }
    },
  }
}

/** Looks again until it is so. */
export async function until(isSo: () => Promise<boolean>, seconds = 90): Promise<void> {
  const deadline = performance.now() + seconds * 1_000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`it was still not so after ${seconds} s: ${isSo.toString()}`)
    await pause(20)
  }
}
