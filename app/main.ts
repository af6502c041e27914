import { configure, environment } from '#platform/configuration/environment.ts'
import { command } from '#platform/configuration/stop.ts'
import { logger } from '#platform/operations/log.ts'
import { buildWeb } from '#platform/web/build.ts'
import { web } from '#platform/web/server.ts'
import { parts } from './domains.ts'
import { run } from './run.ts'

const pages = process.argv.includes('--dev') ? inTheMaking : finished

await command(async () => {
  const configuration = configure(environment())
  await run({
    configuration,
    parts: [...parts, await pages()],
    worker: new URL('./worker.ts', import.meta.url),
    log: logger(configuration.logLevel),
    say: console.error,
  })
})

async function finished() {
  await buildWeb(console.error)
  return web
}

async function inTheMaking() {
  return (await import('#platform/web/dev.ts')).webInTheMaking
}
