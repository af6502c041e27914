import { Registry } from 'prom-client'
import type { Configuration } from '#platform/configuration/environment.ts'
import { keysOf, publicKeysOf } from '#platform/configuration/keys.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import { database } from '#platform/database/acting.ts'
import { connect, type Pools } from '#platform/database/connections.ts'
import { wakeDemo } from '#platform/demo/load.ts'
import { reachLogins } from '#platform/database/reach.ts'
import { openInstallation, type Installation } from '#platform/database/installation.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { purposesByName } from '#platform/files/purposes.ts'
import { askers } from '#platform/identity/askers.ts'
import { offerSetUp } from '#platform/identity/administration/setup.ts'
import { cookies } from '#platform/identity/cookies.ts'
import { ended } from '#platform/identity/ended.ts'
import { waking } from '#platform/jobs/later.ts'
import { supervise } from '#platform/jobs/supervise.ts'
import { databaseBus, wakingAfterWrites } from '#platform/live/bus.ts'
import { mailKinds } from '#platform/mail/kind.ts'
import { serveDocs } from '#platform/operations/docs.ts'
import { serveHealth, serveMetrics } from '#platform/operations/health.ts'
import type { Logger } from '#platform/operations/log.ts'
import { namesOf, openApi } from '#platform/operations/openapi.ts'
import { engine, serveOperations } from '#platform/operations/serve.ts'
import { handlersOf, type Part, type Server } from '#platform/part.ts'
import { contentAtFirst } from './content.ts'
import { listen } from './listen.ts'
import { missingSteps, readiness } from './ready.ts'
import { served } from './served.ts'
import manifest from '../package.json' with { type: 'json' }

export type Running = {
  address: string
  port: number
  /** Resolves when the embedded database is gone for good, and with it the reason to live. */
  gaveUp: Promise<void>
  stop(): Promise<void>
}
export type Serving = {
  configuration: Configuration
  parts: readonly Part[]
  worker: URL
  folders?: string[]
  log: Logger
  say: (line: string) => void
}

/** Everything, from an empty folder to an open port; and back, in the opposite order. */
export async function start({ configuration, parts, worker, folders = [], log, say }: Serving): Promise<Running> {
  const gaveUp = Promise.withResolvers<void>()
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const end of stops.splice(0).toReversed()) await end()
  }
  try {
    const installation = await openInstallation(configuration, {
      onLog: (line) => log.info({ line }, 'postgres'),
      onGiveUp: (error) => {
        log.fatal({ err: error }, 'postgres does not start')
        gaveUp.resolve()
      },
    })
    stops.push(() => installation.close())
    const keys = keysOf(configuration)
    const all = [...migrationFolders(), ...folders]
    if (configuration.migrate) await migrate({ ...installation, url: installation.owner, folders: all, say })
    const pools = connectTo(installation, configuration, log)
    stops.push(() => pools.close())
    await reachLogins(pools)
    if ((await missingSteps(pools, all)) > 0)
      throw new CannotStart('the database is not migrated to this version; run "npm run migrate", or set MIGRATE=1')
    const jobs = parts.flatMap(({ jobs = [] }) => jobs)
    const { tls: _, ...forJobs } = configuration
    const supervisor = await supervise({ entry: worker, jobs, url: installation.worker, configuration: forJobs, log })
    stops.push(() => supervisor.stop())

    const bus = databaseBus({ database: database(pools), url: installation.worker, log })
    stops.push(() => bus.stop())
    const acting = waking(wakingAfterWrites(database(pools), bus.wake), supervisor.wake)
    if (configuration.databaseUrl === undefined) await contentAtFirst(installation.owner, parts)
    if (await wakeDemo({ configuration, owner: installation.owner, database: acting, parts }))
      say('this is a demo world: nobody in it is real; look around from the sign-in page, and end it by: npm run demo -- leave')
    const browsers = cookies(configuration.publicUrl, pools)
    const over = configuration.supabaseUrl ? undefined : ended(acting)
    const server: Server = {
      configuration,
      keys,
      database: acting,
      cookies: browsers,
      ask: askers({ publicKeys: publicKeysOf(keys.jwt), serviceKey: keys.service, anonKey: keys.anon }, browsers, over),
      ended: over,
      bus,
      metrics: new Registry(),
      log,
      mails: mailKinds(parts.flatMap(({ mails = [] }) => mails)),
      purposes: purposesByName(parts.flatMap(({ purposes = [] }) => purposes)),
    }
    const app = engine({ ...configuration, ...server })
    const answering = served(parts, configuration)
    const handlers = answering.flatMap((part) => handlersOf(part, server))
    const names = namesOf(
      handlers,
      answering.map(({ api = {} }) => api),
    )
    serveHealth(app, readiness(pools, all))
    serveMetrics(app, keys.service, server.metrics)
    serveDocs(app, () => openApi(names, { version: manifest.version }))
    serveOperations(app, handlers, server)
    for (const { serve } of answering) serve?.(app, server)
    stops.push(() => app.close())
    const port = await listen(app, configuration)
    const address = configuration.port === 0 ? `http://localhost:${port}` : configuration.publicUrl
    const setUp = await offerSetUp(server.database, address)
    if (setUp)
      say(`nobody administrates this installation yet: whoever opens this link first does, within a day and until the next start: ${setUp}`)
    return { address, port, gaveUp: gaveUp.promise, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function connectTo({ app, worker }: Installation, { databasePool: most, prepare }: Configuration, log: Logger): Pools {
  return connect({ app, worker, most, prepare, onLost: (code) => log.warn({ code }, 'a database connection was lost') })
}
