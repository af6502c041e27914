import { command } from '#platform/configuration/stop.ts'
import { printTypesOfThisVersion } from '#tests/types.ts'

// Prints every folder's tables.gen.ts from a fresh database with all migrations of this version.
await command(async () => {
  const changed = await printTypesOfThisVersion({ write: true })
  console.log(changed.length === 0 ? 'types are up to date' : `printed ${changed.join(', ')}`)
})
