import { loadContent } from '#app/content.ts'
import { parts } from '#app/domains.ts'
import { configure, environment } from '#platform/configuration/environment.ts'
import { CannotStart, command } from '#platform/configuration/stop.ts'
import { withDatabase } from '#platform/database/installation.ts'

// No such schema, function, table or column.
const notMigrated = new Set(['3F000', '42883', '42P01', '42703'])

// `npm run content` loads what is shipped, or brings it up to date, also beside a running server.
await command(async () => {
  const { made, updated, same, kept } = await withDatabase(configure(environment()), async ({ owner }) => {
    try {
      return await loadContent(owner, parts)
    } catch (error) {
      if (!notMigrated.has((error as { code?: string }).code ?? '')) throw error
      throw new CannotStart('the database is not migrated to this version; run "npm run migrate" first')
    }
  })
  console.log(`content: ${made} new, ${updated} updated, ${same} as they were, ${kept} left as people changed them`)
})
