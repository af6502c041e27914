import { statfs } from 'node:fs/promises'
import type { Configuration } from '#platform/configuration/environment.ts'
import type { Server } from '#platform/part.ts'
import manifest from '../../package.json' with { type: 'json' }
import { readSystem } from './api.ts'
import { handle } from './handle.ts'
import { isPersonal } from './here.ts'
import type { OutputOf } from './operation.ts'

const started_at = new Date().toISOString()

/** What the database knows comes first: it is what says whether somebody may ask. */
export const systemHandler = ({ configuration }: Server) =>
  handle(readSystem, async ({ db }) => {
    const state = await db.call('private.system_state', {})
    return {
      version: manifest.version,
      node: process.version,
      started_at,
      public_url: configuration.publicUrl,
      tls: tlsOf(configuration),
      personal: isPersonal(configuration),
      registration: configuration.registration,
      database: {
        embedded: configuration.databaseUrl === undefined,
        version: state.postgres!,
        bytes: state.bytes!,
        connections: state.connections!,
        most_connections: state.most_connections!,
        steps: state.steps!,
        migrated_at: state.migrated_at,
      },
      disk: await diskOf(configuration.dataDir),
      jobs: { counted_at: state.jobs_counted_at, oldest_at: state.oldest_job_at, dead_letters: state.dead_letters! },
      audit: { waiting: state.unsealed!, waiting_since: state.unsealed_since },
      mail: {
        by: mailsGo(configuration),
        from: configuration.mailFrom.address,
        waiting: state.mails_waiting!,
        failed: state.mails_failed!,
      },
      reports: { open: state.reports_open!, mine: state.reports_mine! },
      administrators: state.administrators as OutputOf<typeof readSystem>['administrators'],
    }
  })

const tlsOf = ({ tls, publicUrl }: Configuration) =>
  tls ? ('here' as const) : publicUrl.startsWith('https:') ? ('proxy' as const) : ('none' as const)

// As platform/mail decides it (keepsOutbox).
const mailsGo = ({ smtpUrl, ...own }: Configuration) =>
  smtpUrl !== undefined ? ('smtp' as const) : isPersonal(own) ? ('outbox' as const) : ('nowhere' as const)

async function diskOf(folder: string) {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { folder, free: bavail * bsize, size: blocks * bsize }
}
