import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { backUp } from '#platform/backup/backup.ts'
import { inWords } from '#platform/backup/label.ts'
import { configure, environment } from '#platform/configuration/environment.ts'
import { CannotStart, command } from '#platform/configuration/stop.ts'
import { clusterIn, withDatabase } from '#platform/database/installation.ts'
import { migrationFolders } from '#platform/database/migrate.ts'

// Everything of this installation in one file, also while a server runs.
await command(async () => {
  const [name, ...rest] = process.argv.slice(2)
  if (!name || rest.length > 0) throw new CannotStart('say where to: npm run backup -- FILE')
  const file = path.resolve(process.env['INIT_CWD'] ?? '.', name) // npm itself works from the folder of package.json
  const here = configure(environment())
  const { dataDir, databaseUrl, secrets } = here
  if (!databaseUrl && !existsSync(clusterIn(dataDir))) throw new CannotStart(`${dataDir} holds no database, so there is nothing to back up`)

  const began = performance.now()
  const totals = await withDatabase(here, ({ owner, worker }) =>
    backUp({ owner, worker, dataDir, file, folders: migrationFolders(), say: console.error }),
  )
  console.log(`backed up ${inWords(totals)}`)
  console.log(
    `${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB in ${((performance.now() - began) / 1_000).toFixed(1)} s; it holds people's data and keys, so keep it safe`,
  )
  if (secrets.jwtKeys || secrets.secretsKey) console.log('the keys of the environment are not in it: keep them too')
})
