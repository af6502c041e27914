import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { alive } from '#platform/configuration/parent.ts'

const mine = new Set<string>()

// Its name tells which server made it. As root it stays root's own: PostgreSQL reaches it all the same
// (guard.ts), and whatever else runs as nobody does not.
export async function makeSocketFolder(): Promise<string> {
  const parent = suits(os.tmpdir()) ? os.tmpdir() : '/tmp'
  await sweep(parent)
  const folder = mkdtempSync(path.join(parent, `vivavoce-${process.pid}-`))
  mine.add(folder)
  return folder
}

export function removeSocketFolder(folder: string): void {
  mine.delete(folder)
  rmSync(folder, { recursive: true, force: true })
}

// A container gives the same number to each of its servers, so that ours may also be a dead one's.
export function serverLives(folder: string): boolean {
  const pid = Number(/^vivavoce-(\d+)-/.exec(path.basename(folder))?.[1] ?? 0)
  return pid === process.pid ? mine.has(folder) : pid > 0 && alive(pid)
}

// An address of a Unix socket holds 107 bytes on Linux and 103 on macOS; the name stands bare in a URL and in a list.
function suits(folder: string): boolean {
  const longest = path.join(folder, 'vivavoce-4194304-XXXXXX/.s.PGSQL.5432')
  return longest.length <= 103 && /^\/[\w/.-]*$/.test(folder) && existsSync(folder)
}

// A server in another container may share this folder but not our process numbers: so ask who listens, too.
async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const folder = path.join(parent, name)
    if (!/^vivavoce-\d+-/.test(name) || serverLives(folder)) continue
    if (lstatSync(folder, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue
    if (!(await listens(folder))) rmSync(folder, { recursive: true, force: true })
  }
}

async function listens(folder: string): Promise<boolean> {
  const socket = connect(path.join(folder, '.s.PGSQL.5432'))
  const answer = await new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)))
  socket.destroy()
  return answer
}
