import { hkdfSync } from 'node:crypto'
import path from 'node:path'
import { claimDataDir } from '#platform/configuration/data.ts'
import type { Configuration } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { runningPostgres, startPostgres } from './embedded.ts'
import type { Passwords } from './logins.ts'

// Where this installation's data is and how each of the three logins reaches it. `owner` migrates and does nothing else.
export type Installation = {
  owner: string
  app: string
  worker: string
  /** Only a database that asks for passwords gets them: the embedded one trusts whoever reaches its socket. */
  passwords?: Passwords
  close(): Promise<void>
}
type Here = Pick<Configuration, 'dataDir' | 'secrets' | 'databaseUrl' | 'appDatabaseUrl' | 'workerDatabaseUrl'>
export type Watching = { onLog?: (line: string) => void; onGiveUp?: (error: Error) => void }

/** For the server: holds DATA_DIR, and runs the embedded database unless another one is given. */
export async function openInstallation(here: Here, watching: Watching = {}): Promise<Installation> {
  const claim = await claimDataDir(here.dataDir)
  try {
    if (here.databaseUrl) return { ...external(here, here.databaseUrl), close: async () => claim.release() }
    const postgres = await startPostgres(clusterIn(here.dataDir), watching)
    const close = () => postgres.stop().finally(() => claim.release())
    return { owner: postgres.url(), app: postgres.url('vivavoce_app'), worker: postgres.url('vivavoce_worker'), close }
  } catch (error) {
    claim.release()
    throw error
  }
}

/** For a command: joins a running server's embedded database by its socket, or runs it for as long as the work takes. */
export async function withDatabase<T>(here: Here, work: (installation: Installation) => Promise<T>): Promise<T> {
  if (here.databaseUrl) return work({ ...external(here, here.databaseUrl), close: async () => {} })
  const socket = await runningPostgres(clusterIn(here.dataDir))
  const url = (login: string) => `postgres://${login}@localhost/vivavoce?host=${socket}`
  if (socket) return work({ owner: url('vivavoce'), app: url('vivavoce_app'), worker: url('vivavoce_worker'), close: async () => {} })
  const installation = await openInstallation(here)
  try {
    return await work(installation)
  } finally {
    await installation.close()
  }
}

export const clusterIn = (dataDir: string) => path.join(dataDir, 'postgres')

// Our two logins are the owner's address with another name. Their passwords follow from SECRETS_KEY, so nobody has to
// keep them, and two nodes with the same key agree. An operator who made the logins otherwise says so by their URLs.
function external(here: Here, owner: string): Omit<Installation, 'close'> {
  const { secrets } = keysOf(here)
  const passwords = { app: passwordOf('vivavoce_app', secrets), worker: passwordOf('vivavoce_worker', secrets) }
  const app = here.appDatabaseUrl ?? as(owner, 'vivavoce_app', passwords.app)
  const worker = here.workerDatabaseUrl ?? as(owner, 'vivavoce_worker', passwords.worker)
  const given = here.appDatabaseUrl !== undefined && here.workerDatabaseUrl !== undefined
  return { owner, app, worker, ...(given ? {} : { passwords }) }
}

const passwordOf = (login: string, secret: Buffer) => Buffer.from(hkdfSync('sha256', secret, '', login, 24)).toString('base64url')

function as(url: string, login: string, password: string): string {
  const address = new URL(url)
  address.username = login
  address.password = password
  return address.href
}
