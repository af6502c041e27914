import { configure, environment } from '#platform/configuration/environment.ts'
import { command } from '#platform/configuration/stop.ts'
import { logger } from '#platform/operations/log.ts'
import { buildWeb } from '#platform/web/build.ts'
import { web } from '#platform/web/server.ts'
import { parts } from './domains.ts'
import { run } from './run.ts'

await command(async () => {
  const configuration = configure(environment())
  await buildWeb(console.error)
  await run({
    configuration,
    parts: [...parts, web],
    worker: new URL('./worker.ts', import.meta.url),
    log: logger(configuration.logLevel),
    say: console.error,
  })
})
