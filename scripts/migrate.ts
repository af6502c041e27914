import { configure, environment } from '#platform/configuration/environment.ts'
import { command } from '#platform/configuration/stop.ts'
import { withDatabase } from '#platform/database/installation.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'

// Brings the database to this version and ends. What only an administrator can do is printed.
await command(async () => {
  const { applied } = await withDatabase(configure(environment()), (installation) =>
    migrate({ ...installation, url: installation.owner, folders: migrationFolders(), say: console.error }),
  )
  console.log(applied === 0 ? 'the database is up to date' : `applied ${applied} steps`)
})
