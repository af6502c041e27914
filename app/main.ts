import { configure, environment } from '#platform/configuration/environment.ts'
import { command } from '#platform/configuration/stop.ts'

await command(async () => {
  const configuration = configure(environment())
  const { serve } = await import('./serve.ts') // not before: whoever set something wrong need not wait until all of it is loaded
  await serve(configuration, { inTheMaking: process.argv.includes('--dev') })
})
