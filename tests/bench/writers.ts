import { randomUUID } from 'node:crypto'
import { database } from '#platform/database/acting.ts'
import { connect } from '#platform/database/connections.ts'
import { wakingAfterWrites } from '#platform/live/bus.ts'
import { openLine } from '#platform/live/line.ts'
import { logger } from '#platform/operations/log.ts'

// Commits as fast as they go: `node writers.ts URL CONCURRENCY SECONDS FUNCTION live|off`; topics and who may write there come
// from stdin, one `topic person` a line. Prints { commits, seconds }.
const [url = '', concurrency, seconds, name = '', mode] = process.argv.slice(2)
const pairs = (await Array.fromAsync(process.stdin))
  .join('')
  .trim()
  .split('\n')
  .map((line) => line.split(' ') as [string, string])
const log = logger('warn')
const pools = connect({ app: url, worker: url, most: 16, prepare: true, onLost: () => {} })
const line = openLine({ url, node: randomUUID(), log, onWake: () => {}, onWords: () => {} })
const db = mode === 'live' ? wakingAfterWrites(database(pools), line.wake) : database(pools)
let commits = 0
const began = performance.now()
const until = began + Number(seconds) * 1_000
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (performance.now() < until) {
      const [talk, person] = pairs[Math.floor(Math.random() * pairs.length)]!
      const acting = { role: 'authenticated', claims: JSON.stringify({ sub: person, role: 'authenticated' }) } as const
      await db.write(acting, (tx) => tx.call(name as 'private.sample_say', { talk, client_id: randomUUID(), words: 'Good morning' }))
      commits++
    }
  }),
)
console.log(JSON.stringify({ commits, seconds: (performance.now() - began) / 1_000 }))
await line.stop()
await pools.close()
