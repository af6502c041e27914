import { startTestCluster } from '#tests/cluster.ts'
import { databaseOf, owners } from '#tests/owners.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { connect } from '#platform/database/connections.ts'
import { database } from '#platform/database/acting.ts'
import { theServer } from '#tests/database.ts'
import { later } from '../later.ts'
import { audit } from '#platform/audit/append.ts'
import { seal } from '#platform/audit/seal.ts'
import { verify } from '#platform/audit/verify.ts'
import { supervise } from '../supervise.ts'
import { logger } from '#platform/operations/log.ts'
import { trial, writes, throws } from './trial.ts'
import pg from 'pg'
for (const major of [15, 18] as const) for (const owner of owners) {
  const cluster = await startTestCluster(major)
  const d = await databaseOf(owner, cluster)
  await migrate({ url: d.url, folders: migrationFolders(), say: console.log })
  const c = new pg.Client({ connectionString: d.url }); await c.connect()
  await c.query('create schema trial'); await c.query('create table trial.notes (id bigint generated always as identity, what text, note text)')
  await c.query('grant usage on schema trial to service_role'); await c.query('grant select, insert on trial.notes to service_role')
  const pools = connect({ app: d.app, worker: d.worker, most: 4, prepare: true, onLost() {} })
  const db = database(pools)
  await db.write(theServer, async (tx) => { await later(tx, writes, { note: 'x' }); await later(tx, throws, { note: 'y' }); audit(tx, { action: 'a.b', subject: { kind: 'x', id: 'y' } }) })
  const s = await supervise({ entry: new URL('./thread.ts', import.meta.url), jobs: trial, url: d.worker, prepare: true, logLevel: 'silent', log: logger('warn') })
  const until = performance.now() + 15000
  let r: any
  do { r = (await c.query(`select (select count(*) from trial.notes) as notes, (select string_agg(code, ',') from jobs.dead_letters) as dead`)).rows[0]; await new Promise(r => setTimeout(r, 100)) } while (!r.dead && performance.now() < until)
  await seal({ read: (run) => db.read(theServer, run), write: (run) => db.write(theServer, run) })
  const v = await verify(c)
  const [{ super: su, bypass }] = (await c.query(`select rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user`)).rows
  const refused = await c.query('truncate audit.seals cascade').then(() => 'no', (e) => e.constraint)
  console.log(major, owner, { su, bypass }, r, v.sound && v.sealed, refused)
  await s.stop(); await pools.close(); await c.end(); await cluster.stop()
}
process.exit(0)
