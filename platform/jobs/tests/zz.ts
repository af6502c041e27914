import { startTestCluster, makeTemplate, asSuperuser, template } from '#tests/cluster.ts'
import { connect } from '#platform/database/connections.ts'
import { database } from '#platform/database/acting.ts'
import { theServer } from '#tests/database.ts'
import { later, waking } from '../later.ts'
import { supervise } from '../supervise.ts'
import { logger } from '#platform/operations/log.ts'
import { trial, writes } from './trial.ts'
import pg from 'pg'
const cluster: any = await startTestCluster()
await makeTemplate(cluster)
await asSuperuser(cluster.url(), `create database bench template ${template}`)
const url = (l?: string) => cluster.url(l, 'bench')
const c = new pg.Client({ connectionString: url() }); await c.connect()
await c.query('create schema trial'); await c.query('create table trial.notes (id bigint generated always as identity, what text, note text, at timestamptz default clock_timestamp())')
await c.query('grant usage on schema trial to service_role'); await c.query('grant select, insert on trial.notes to service_role')
const pools = connect({ app: url('vivavoce_app'), worker: url('vivavoce_worker'), most: 16, prepare: true, onLost() {} })
const s = await supervise({ entry: new URL('./thread.ts', import.meta.url), jobs: trial, url: url('vivavoce_worker'), prepare: true, logLevel: 'silent', log: logger('warn') })
const db = waking(database(pools), s.wake)
const count = async () => Number((await c.query('select count(*) from trial.notes')).rows[0].count)
const until = async (n: number) => { while (await count() < n) await new Promise(r => setTimeout(r, 10)) }
await db.write(theServer, (tx) => later(tx, writes, { note: 'warm' })); await until(1)
// latency
const lat = []
for (let i = 0; i < 20; i++) { const before = await count(); const t = performance.now(); await db.write(theServer, (tx) => later(tx, writes, { note: 'l' })); while (await count() === before) await new Promise(r => setTimeout(r, 1)); lat.push(performance.now() - t) }
lat.sort((a, b) => a - b); console.log('commit to done, ms: median', lat[10]!.toFixed(1), 'worst', lat[19]!.toFixed(1))
// idle
let cpu = process.cpuUsage(); await new Promise(r => setTimeout(r, 5000)); cpu = process.cpuUsage(cpu); console.log('idle cpu of the process: ', ((cpu.user + cpu.system) / 5e6 * 100).toFixed(2), '%')
const base = await count()
const N = 5000
let t = performance.now()
cpu = process.cpuUsage()
await Promise.all(Array.from({ length: 10 }, async (_, w) => { for (let i = 0; i < N / 10; i++) await db.write(theServer, (tx) => later(tx, writes, { note: `${w}.${i}` })) }))
console.log('queued in', Math.round(performance.now() - t), 'ms')
await until(base + N)
cpu = process.cpuUsage(cpu)
console.log(N, 'jobs in', Math.round(performance.now() - t), 'ms =', Math.round(N / (performance.now() - t) * 1000), '/s; cpu ms per job', ((cpu.user + cpu.system) / 1000 / N).toFixed(2))
await s.stop(); await pools.close(); await c.end(); await cluster.stop()
process.exit(0)
