import { randomUUID } from 'node:crypto'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { keysOf, newSigningKey, type Keys } from '#platform/configuration/keys.ts'
import { configure, root } from '#platform/configuration/environment.ts'
import { startPostgres } from '#platform/database/embedded.ts'
import { migrate, migrationFolders } from '#platform/database/migrate.ts'
import { sampleFolder } from './cluster.ts'

export type Node = { process: ChildProcess; pid: number; address: string }
export type Nodes = {
  keys: Keys
  sql: pg.Pool
  url: (login?: string) => string
  postgres: () => number
  start(): Promise<Node>
  end(node: Node, signal?: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}

/** One database, and as many servers on it as are wanted, with the sample. */
export async function openNodes(settings: Record<string, string> = {}): Promise<Nodes> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-nodes-'))
  const postgres = await startPostgres(path.join(folder, 'postgres'), { settings: { max_connections: '300', ...settings } })
  const url = (login = 'vivavoce') => postgres.url(login, 'vivavoce')
  await migrate({ url: url(), folders: [...migrationFolders(), sampleFolder], say: () => {} })
  const sql = new pg.Pool({ connectionString: url(), max: 4 })
  sql.on('error', () => {}) // whoever asks next is told
  // Somebody administrates it: else each node says how to set it up.
  await sql.query(`with somebody as (insert into auth.users (id, email) values (gen_random_uuid(), 'ruth@example.test') returning id)
    insert into identity.admins (user_id, reason) select id, 'the first' from somebody`)
  const JWT_KEYS = JSON.stringify({ keys: [newSigningKey()] })
  const running = new Set<Node>()

  async function end(node: Node, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    running.delete(node)
    if (node.process.exitCode !== null || node.process.signalCode !== null) return
    node.process.kill(signal)
    await once(node.process, 'exit')
  }

  return {
    keys: keysOf(configure({ DATA_DIR: path.join(folder, 'keys'), JWT_KEYS })),
    sql,
    url,
    postgres: postgres.pid,
    end,

    async start() {
      const env = {
        ...process.env,
        DATA_DIR: path.join(folder, randomUUID()),
        DATABASE_URL: url(),
        APP_DATABASE_URL: url('vivavoce_app'),
        WORKER_DATABASE_URL: url('vivavoce_worker'),
        MIGRATE: '0',
        PORT: '0',
        LOG_LEVEL: 'fatal',
        JWT_KEYS,
      }
      const child = spawn(process.execPath, [path.join(root, 'tests/sample/main.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
      for await (const line of createInterface({ input: child.stdout })) {
        const port = /^http:\/\/localhost:(\d+)$/.exec(line)?.[1]
        if (!port) continue
        const node = { process: child, pid: child.pid!, address: `http://127.0.0.1:${port}` }
        running.add(node)
        return node
      }
      throw new Error('a node did not start')
    },

    async stop() {
      await Promise.all([...running].map((node) => end(node)))
      await sql.end()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
