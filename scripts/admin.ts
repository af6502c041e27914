import pg from 'pg'
import { configure, environment } from '#platform/configuration/environment.ts'
import { CannotStart, command } from '#platform/configuration/stop.ts'
import { withDatabase } from '#platform/database/installation.ts'

// `npm run admin -- EMAIL` makes an administrator of somebody who has an account.
await command(async () => {
  const [email] = process.argv.slice(2)
  if (!email?.includes('@')) throw new CannotStart('say who: npm run admin -- EMAIL')
  const became = await withDatabase(configure(environment()), async ({ owner }) => {
    const client = new pg.Client({ connectionString: owner, application_name: 'vivavoce admin' })
    await client.connect()
    try {
      const { rows } = await client.query<{ appoint: Became }>('select private.appoint($1)', [email])
      return rows[0]!.appoint
    } finally {
      await client.end()
    }
  })
  if (became === 'nobody') throw new CannotStart('nobody has an account with this address; let them sign up first')
  console.log(became === 'made' ? `${email} is an administrator now` : `${email} is an administrator already`)
})

type Became = 'made' | 'is_one_already' | 'nobody'
