import pg from 'pg'
import { headOf, headText } from '#platform/audit/chain.ts'
import { faults, verify } from '#platform/audit/verify.ts'
import { configure, environment } from '#platform/configuration/environment.ts'
import { CannotStart, command } from '#platform/configuration/stop.ts'
import { withDatabase } from '#platform/database/installation.ts'

// `npm run audit:verify`, or `npm run audit:verify -- POSITION:HASH` with a head that was noted earlier.
await command(async () => {
  const [argument] = process.argv.slice(2)
  const noted = argument === undefined ? undefined : headOf(argument)
  if (argument !== undefined && !noted)
    throw new CannotStart(`"${argument}" is not a head such as 1042:9f86d081…, as the log notes it every hour`)

  await withDatabase(configure(environment()), async ({ owner }) => {
    const client = new pg.Client({ connectionString: owner, application_name: 'vivavoce audit:verify' })
    await client.connect()
    try {
      const verdict = await verify(client, noted)
      if (verdict.sound) console.log(`${verdict.sealed} entries sealed, ${verdict.waiting} waiting, head ${headText(verdict.head)}`)
      else console.log(`broken at position ${verdict.position}: ${faults[verdict.because]}`)
      if (!verdict.sound) process.exitCode = 1
    } finally {
      await client.end()
    }
  })
})
