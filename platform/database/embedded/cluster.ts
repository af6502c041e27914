import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { CannotStart } from '#platform/configuration/stop.ts'
import type { Binaries, Major } from './binaries.ts'
import { asRoot, nobody } from './guard.ts'
import { run } from './launch.ts'

// Answers the real path of the cluster in this folder, made on the first start.
export async function openCluster(folder: string, major: Major, programs: Binaries): Promise<string> {
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o700 })
  sweepUnfinished(folder)
  const held = majorIn(folder)
  if (held === undefined) await create(folder, major, programs)
  else if (held !== major)
    throw new CannotStart(
      `${folder} holds a database of PostgreSQL ${held}, and this version runs PostgreSQL ${major}; ` +
        'run "npm run backup -- FILE" with the old version of Vivavoce, move the folder away, then "npm run restore -- FILE" with this one',
    )
  return realpathSync(folder)
}

function majorIn(folder: string): number | undefined {
  const version = path.join(folder, 'PG_VERSION')
  if (existsSync(version)) return Number(readFileSync(version, 'utf8'))
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CannotStart(`${folder} holds files but no PostgreSQL database; move it away and start again`)
  return undefined
}

// Under another name until it is whole: a killed initdb leaves a PG_VERSION behind as well.
async function create(folder: string, major: Major, { initdb, postgres }: Binaries): Promise<void> {
  const unfinished = mkdtempSync(folder + unfinishedMark)
  const identity = ['-U', 'vivavoce', '-A', 'trust', '-E', 'UTF8', '--locale=C']
  // Text then sorts and folds alike on every machine. 15 and 16 do not know it.
  const locale = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : []
  const single = ['--single', '-F', '-D', unfinished, '-c', 'exit_on_error=on', 'postgres']
  try {
    if (asRoot) chownSync(unfinished, nobody, nobody)
    await run(initdb, ['-D', unfinished, ...identity, ...locale, '--no-sync', '--no-instructions'])
    await run(postgres, single, 'create database vivavoce\n')
    await run(initdb, ['-D', unfinished, '--sync-only'])
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    throw error
  }
}

// The initdb of a killed server may be dying only now, hence the retries.
function sweepUnfinished(folder: string): void {
  const left = readdirSync(path.dirname(folder)).filter((name) => name.startsWith(path.basename(folder) + unfinishedMark))
  for (const name of left) rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true, maxRetries: 5 })
}

const unfinishedMark = '.unfinished-'
