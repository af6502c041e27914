import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { claimDataDir } from '#platform/configuration/data.ts'
import type { Configuration } from '#platform/configuration/environment.ts'
import { startPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { advance, asMigrator } from '#platform/database/migrate.ts'
import { shimFolder } from '#platform/database/shim.ts'
import { readSteps } from '#platform/database/steps.ts'
import { checkBackup, type Backup } from './check.ts'
import { refuseWhileServed } from './idle.ts'
import { load } from './load.ts'
import { placing } from './place.ts'

export type Restoring = { here: Here; file: string; folders: string[]; overwrite: boolean; say: (line: string) => void }
type Here = Pick<Configuration, 'dataDir' | 'databaseUrl' | 'secrets'>

/** Makes an installation what a backup says. First the backup is read to its end; nothing is touched before. */
export async function restore({ here, file, folders, overwrite, say }: Restoring): Promise<Backup & { applied: number }> {
  const claim = await claimDataDir(here.dataDir)
  try {
    const known = await readSteps([shimFolder, ...folders])
    const backup = await checkBackup(file, known)
    return await withOwner(here, (url) =>
      // No server starts meanwhile: it would wait for its turn to migrate.
      asMigrator({ url, say }, async (client) => {
        await refuseWhileServed(client)
        const belongings = placing(here.dataDir, say)
        const left = await load(client, belongings, { backup, known, folders, overwrite, say }).catch((error: unknown) => {
          belongings.discard()
          throw error
        })
        if (left.length > 0) say(`left in the backup, because Vivavoce makes no such tables here: ${left.join(', ')}`)
        await belongings.place()
        warnOfAnotherKey(here, backup, say)
        const { applied } = await advance(client, { folders, say })
        return { ...backup, applied }
      }),
    )
  } finally {
    claim.release()
  }
}

function warnOfAnotherKey({ dataDir, secrets }: Here, { totals }: Backup, say: Restoring['say']): void {
  const file = path.join(dataDir, 'keys/secrets.key')
  if (!secrets.secretsKey || totals.keys === 0 || !existsSync(file)) return
  if (readFileSync(file, 'utf8').trim() !== secrets.secretsKey)
    say(`SECRETS_KEY is not the key of this backup, which is in ${file}: what that one sealed cannot be opened`)
}

async function withOwner<T>({ databaseUrl, dataDir }: Here, work: (url: string) => Promise<T>): Promise<T> {
  if (databaseUrl) return work(databaseUrl)
  const postgres = await startPostgres(clusterIn(dataDir))
  try {
    return await work(postgres.url())
  } finally {
    await postgres.stop()
  }
}
