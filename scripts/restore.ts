import path from 'node:path'
import { inWords } from '#platform/backup/label.ts'
import { restore } from '#platform/backup/restore.ts'
import { configure, environment } from '#platform/configuration/environment.ts'
import { CannotStart, command } from '#platform/configuration/stop.ts'
import { migrationFolders } from '#platform/database/migrate.ts'

// Makes this installation what a backup says; with --overwrite even if it holds data.
await command(async () => {
  const [name, option, ...rest] = process.argv.slice(2)
  if (!name || (option ?? '--overwrite') !== '--overwrite' || rest.length > 0)
    throw new CannotStart('say where from: npm run restore -- FILE [--overwrite]')
  const file = path.resolve(process.env['INIT_CWD'] ?? '.', name) // npm itself works from the folder of package.json

  const began = performance.now()
  const { label, totals, applied } = await restore({
    here: configure(environment()),
    file,
    folders: migrationFolders(),
    overwrite: option !== undefined,
    say: console.error,
  })
  console.log(`restored ${inWords(totals)}`)
  console.log(
    `as of ${label.made_at}, from Vivavoce ${label.vivavoce} on PostgreSQL ${label.postgres}, in ${((performance.now() - began) / 1_000).toFixed(1)} s`,
  )
  if (applied > 0) console.log(`and brought them to this version in ${applied} steps`)
})
