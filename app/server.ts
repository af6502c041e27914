import type { AddressInfo } from 'node:net'
import type { Configuration } from '#platform/configuration/environment.ts'
import { keysOf, publicKeysOf } from '#platform/configuration/keys.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import { database } from '#platform/database/acting.ts'
import { connect, type Pools } from '#platform/database/connections.ts'
import { openInstallation, type Installation } from '#platform/database/installation.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { askers } from '#platform/identity/askers.ts'
import { cookies } from '#platform/identity/cookies.ts'
import { waking } from '#platform/jobs/later.ts'
import { supervise } from '#platform/jobs/supervise.ts'
import { serveDocs } from '#platform/operations/docs.ts'
import { serveHealth, serveMetrics } from '#platform/operations/health.ts'
import type { Logger } from '#platform/operations/log.ts'
import { namesOf, openApi } from '#platform/operations/openapi.ts'
import { engine, serveOperations } from '#platform/operations/serve.ts'
import { handlersOf, type Part, type Server } from '#platform/part.ts'
import manifest from '../package.json' with { type: 'json' }

export type Running = { address: string; port: number; stop(): Promise<void> }
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
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const end of stops.splice(0).toReversed()) await end()
  }
  try {
    const installation = await openInstallation(configuration, {
      onLog: (line) => log.info({ line }, 'postgres'),
      onGiveUp: (error) => log.fatal({ err: error }, 'postgres does not start'),
    })
    stops.push(() => installation.close())
    const keys = keysOf(configuration)
    if (configuration.migrate)
      await migrate({ ...installation, url: installation.owner, folders: [...migrationFolders(), ...folders], say })
    const pools = connectTo(installation, configuration, log)
    stops.push(() => pools.close())
    const jobs = parts.flatMap(({ jobs = [] }) => jobs)
    const { prepare, logLevel } = configuration
    const supervisor = await supervise({ entry: worker, jobs, url: installation.worker, prepare, logLevel, log })
    stops.push(() => supervisor.stop())

    const server: Server = {
      configuration,
      keys,
      database: waking(database(pools), supervisor.wake),
      ask: askers(
        { publicKeys: publicKeysOf(keys.jwt), serviceKey: keys.service, anonKey: keys.anon },
        { cookies: cookies(configuration.publicUrl, pools), publicUrl: configuration.publicUrl },
      ),
      log,
    }
    const app = engine({ ...configuration, ...server })
    const handlers = parts.flatMap((part) => handlersOf(part, server))
    const names = namesOf(
      handlers,
      parts.map(({ api = {} }) => api),
    )
    serveHealth(app, readiness(pools))
    serveMetrics(app, keys.service)
    serveDocs(app, openApi(names, { version: manifest.version }))
    serveOperations(app, handlers, server)
    for (const { serve } of parts) serve?.(app, server)
    app.get('/', (_request, reply) => reply.redirect('/api/docs'))
    stops.push(() => app.close())
    await listen(() => app.listen({ port: configuration.port, host: configuration.host }), configuration)
    const { port } = app.server.address() as AddressInfo
    return { address: configuration.port === 0 ? `http://localhost:${port}` : configuration.publicUrl, port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function connectTo({ app, worker }: Installation, { databasePool: most, prepare }: Configuration, log: Logger): Pools {
  return connect({ app, worker, most, prepare, onLost: (code) => log.warn({ code }, 'a database connection was lost') })
}

// Ready: the database answers. Its migrations were applied before the port was opened.
function readiness(pools: Pools) {
  return async () => {
    try {
      await pools.app.query('select 1')
      return { ready: true } as const
    } catch (error) {
      return { ready: false, because: `the database cannot be reached (${(error as { code?: string }).code ?? 'no answer'})` } as const
    }
  }
}

async function listen(open: () => Promise<unknown>, { port, host }: Configuration): Promise<void> {
  try {
    await open()
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EADDRINUSE') throw new CannotStart(`port ${port} on ${host} is already in use; stop the other program or set PORT`)
    if (code === 'EACCES') throw new CannotStart(`port ${port} may not be opened by this user; set PORT to one above 1023`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new CannotStart(`HOST ${host} is not an address of this machine; use 127.0.0.1, or 0.0.0.0 for all`)
    throw error
  }
}
