// PostgreSQL for a server that was given no DATABASE_URL: our own, from the npm platform packages, on a
// Unix socket that nobody else can reach, and gone with this process however it ends.
import { realpathSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import { errno } from '#platform/configuration/errno.ts'
import { binaries, type Major } from './embedded/binaries.ts'
import { openCluster } from './embedded/cluster.ts'
import { launch } from './embedded/launch.ts'
import { endLeftovers, endPostgres, readPostmaster } from './embedded/postmaster.ts'
import { makeSocketFolder, removeSocketFolder } from './embedded/socket.ts'
import { supervise } from './embedded/supervise.ts'

export type Embedded = {
  socket: string
  url(login?: string, database?: string): string
  pid(): number // of the postmaster now: it changes when it had to be started again
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  major?: Major
  settings?: Record<string, string>
  onLog?: (line: string) => void
  onGiveUp?: (error: Error) => void
}

// Modest enough for a machine with 1 GiB.
const modest = { max_connections: '100', shared_buffers: '128MB' }
// DETAIL, statements and their parameters hold people's data: none may reach a log.
const terse = {
  log_error_verbosity: 'terse',
  log_min_messages: 'log', // nor may an error's own words, which quote what was typed; our log has its code (operations/log.ts)
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_line_prefix: '', // who hears the lines stamps them
}
const socketOnly = { listen_addresses: '', port: '5432', unix_socket_permissions: '0700' }

// Call it from the main thread (guard.ts) with DATA_DIR claimed: two first starts on one folder are kept apart there.
export async function startPostgres(folder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const { major = 18, settings, onLog = () => {}, onGiveUp = crash } = options
  const programs = binaries(major)
  const cluster = await openCluster(path.resolve(folder), major, programs)
  const socket = await makeSocketFolder()
  const flags = Object.entries({ ...modest, ...terse, ...settings, ...socketOnly }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const running = await supervise(async (signal) => {
    await endLeftovers(cluster)
    return await launch(programs.postgres, ['-k', socket, ...flags], cluster, signal, onLog)
  }, onGiveUp).catch((error: unknown) => {
    removeSocketFolder(socket)
    throw error
  })

  return {
    socket,
    url: (login = 'vivavoce', database = 'vivavoce') => `postgres://${login}@localhost/${database}?host=${socket}`,
    pid: running.pid,
    async stop() {
      const ended = running.stop()
      await endPostgres(cluster)
      await ended
      removeSocketFolder(socket)
    },
  }
}

// Lets a command join the database of a running server.
export async function runningPostgres(folder: string): Promise<string | undefined> {
  const postmaster = readPostmaster(folder)
  if (postmaster?.status !== 'ready') return undefined
  const client = new Client({ host: postmaster.socket, user: 'vivavoce', database: 'postgres' })
  try {
    await client.connect()
    // A copy of a live folder has a postmaster.pid too, and that one names the original's socket.
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return rows[0]?.data_directory === realpathSync(folder) ? postmaster.socket : undefined
  } catch (error) {
    if (!notThere.includes(errno(error) ?? '')) throw error
    return undefined
  } finally {
    await client.end()
  }
}

// The last: "the database system is shutting down".
const notThere = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', '57P03']

function crash(error: Error): never {
  throw error
}
