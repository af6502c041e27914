import { parts } from '#app/domains.ts'
import { configure, environment } from '#platform/configuration/environment.ts'
import { CannotStart, command } from '#platform/configuration/stop.ts'
import { database } from '#platform/database/acting.ts'
import { connect } from '#platform/database/connections.ts'
import { withDatabase } from '#platform/database/installation.ts'
import { leaveDemo } from '#platform/demo/leave.ts'
import { logger } from '#platform/operations/log.ts'

// `npm run demo -- leave` ends the demo world, also beside a running server.
await command(async () => {
  if (process.argv.slice(2).join(' ') !== 'leave') throw new CannotStart('say what: npm run demo -- leave ends the demo world')
  const configuration = configure(environment())
  const left = await withDatabase(configuration, async (installation) => {
    const pools = connect({ ...installation, most: 4, prepare: configuration.prepare, onLost: () => {} })
    try {
      return await leaveDemo({
        ...installation,
        database: database(pools),
        people: parts.flatMap(({ people = [] }) => people),
        configuration,
        log: logger(configuration.logLevel),
      })
    } finally {
      await pools.close()
    }
  })
  if (!left) throw new CannotStart('there is no demo world here, so there is nothing to leave')
  console.log('the demo world is gone: its people are erased, and what real people made is still here')
})
