import { parts } from '#app/domains.ts'
import { run } from '#app/run.ts'
import { configure, environment } from '#platform/configuration/environment.ts'
import { command } from '#platform/configuration/stop.ts'
import { logger } from '#platform/operations/log.ts'
import { sampleFolder } from '../cluster.ts'
import { sample } from './server.ts'

// The real server, with the sample beside the real parts: for the bench and for tests that kill it; with --pages, the web app as it was built.
await command(async () => {
  const configuration = configure(environment())
  const pages = process.argv.includes('--pages') ? [(await import('#platform/web/server.ts')).web] : []
  await run({
    configuration,
    parts: [...parts, ...pages, sample],
    worker: new URL('./worker.ts', import.meta.url),
    folders: [sampleFolder],
    log: logger(configuration.logLevel),
    say: console.error,
  })
})
