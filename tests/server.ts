import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after } from 'node:test'
import { importJWK, SignJWT } from 'jose'
import { parts } from '#app/domains.ts'
import { start } from '#app/server.ts'
import { configure } from '#platform/configuration/environment.ts'
import { keysOf, type Keys } from '#platform/configuration/keys.ts'
import { logger } from '#platform/operations/log.ts'
import type { Part } from '#platform/part.ts'
import { sampleFolder } from './cluster.ts'
import { freshDatabase, type TestDatabase } from './database.ts'
import { sample } from './sample/server.ts'

export type TestServer = { address: string; keys: Keys; db: TestDatabase; log: string[]; said: string[]; stop: () => Promise<void> }

/** The real server with the sample beside the real parts, on a free port and a database of its own. A part may be given anew, with other rules, or one more. */
export async function freshServer(env: Record<string, string> = {}, anew: Part[] = []): Promise<TestServer> {
  const db = await freshDatabase()
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-data-'))
  const configuration = configure({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: db.url(),
    APP_DATABASE_URL: db.url('vivavoce_app'),
    WORKER_DATABASE_URL: db.url('vivavoce_worker'),
    MIGRATE: '0',
    ...env,
  })
  const log: string[] = []
  const said: string[] = []
  const running = await start({
    configuration,
    parts: [...parts.map((part) => anew.find(({ name }) => name === part.name) ?? part), ...anew.filter(isNew), sample],
    worker: new URL('./sample/worker.ts', import.meta.url),
    folders: [sampleFolder],
    log: logger('info', { write: (line) => void log.push(line) }),
    say: (line) => void said.push(line),
  })
  after(async () => {
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { address: `http://127.0.0.1:${running.port}`, keys: keysOf(configuration), db, log, said, stop: running.stop }
}

const isNew = ({ name }: Part) => !parts.some((part) => part.name === name)

/** A token such as identity gives, signed with the server's key. */
export async function tokenFor({ jwt: [key] }: Keys, sub: string, claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT({ role: 'authenticated', aal: 'aal1', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key!.kid })
    .setSubject(sub)
    .setAudience('authenticated')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK({ ...key! }, 'ES256'))
}
