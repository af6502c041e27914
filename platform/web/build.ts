import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { root } from '#platform/configuration/environment.ts'
import { errno } from '#platform/configuration/errno.ts'
import { CannotStart } from '#platform/configuration/stop.ts'

// The web app is built when what it is made of has changed, and kept beside the installed packages. Another folder each
// time, put in place by one rename: a server that runs is never without its pages.
export const built = path.join(root, 'node_modules/.cache/web')

export async function buildWeb(say: (line: string) => void = () => {}): Promise<void> {
  const wanted = fingerprint()
  if (isBuilt(wanted)) return
  say('building the web app …')
  const unfinished = place()
  try {
    await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, 'make.ts'), unfinished])
    writeFileSync(path.join(unfinished, 'fingerprint'), wanted)
    rmSync(built, { recursive: true, force: true })
    renameSync(unfinished, built)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!isBuilt(wanted)) throw error // else another process was faster
  }
}

function place(): string {
  try {
    mkdirSync(path.dirname(built), { recursive: true })
    return mkdtempSync(`${built}.`)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(errno(error) ?? '')) throw error
    throw new CannotStart(
      `the pages are not built, and ${path.dirname(built)} cannot be written; build them as its owner (docs/operating.md, First start)`,
    )
  }
}

const isBuilt = (wanted: string) => {
  const file = path.join(built, 'fingerprint')
  return existsSync(file) && readFileSync(file, 'utf8') === wanted
}

const sources = [
  'app/web/**',
  '{platform,domains}/**/web/**',
  '{platform,domains}/**/{api.ts,api/**}',
  'platform/{web,operations}/**',
  'package-lock.json',
]

function fingerprint(): string {
  const files = globSync(sources, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((file) => path.join(file.parentPath, file.name)).sort()
  const all = createHash('sha256')
  for (const file of new Set(paths))
    if (!file.includes('/tests/')) all.update(path.relative(root, file)).update('\0').update(readFileSync(file))
  return all.digest('hex')
}
