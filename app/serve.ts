import type { Configuration } from '#platform/configuration/environment.ts'
import { logger } from '#platform/operations/log.ts'
import { buildWeb } from '#platform/web/build.ts'
import { web } from '#platform/web/server.ts'
import { parts } from './domains.ts'
import { run } from './run.ts'

/** Everything that is served, in this process. */
export async function serve(configuration: Configuration, { inTheMaking }: { inTheMaking: boolean }): Promise<void> {
  await run({
    configuration,
    parts: [...parts, inTheMaking ? await pagesInTheMaking() : await pages()],
    worker: new URL('./worker.ts', import.meta.url),
    log: logger(configuration.logLevel),
    say: console.error,
  })
}

async function pages() {
  await buildWeb(console.error)
  return web
}

async function pagesInTheMaking() {
  return (await import('#platform/web/dev.ts')).webInTheMaking
}
