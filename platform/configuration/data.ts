import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { errno } from './errno.ts'
import { CannotStart } from './stop.ts'

// One server at a time may use the folder: until release(), or until its process is gone.
export async function claimDataDir(folder: string): Promise<{ release(): void }> {
  if (inspectDataDir(folder) === 'missing') create(folder)
  if (inspectDataDir(folder) === 'foreign')
    throw new CannotStart(`${folder} holds files that are not Vivavoce's; set DATA_DIR to an empty folder`)

  const lock = takeLock(folder)
  const holder = path.join(folder, holderName)
  try {
    writeFileSync(holder, `${process.pid}\n`)
  } catch (error) {
    unlock(lock)
    throw notWritable(folder, error)
  }
  return {
    release() {
      rmSync(holder, { force: true })
      unlock(lock)
    },
  }
}

const lockName = 'vivavoce.lock'
const holderName = 'vivavoce.pid'
const marks = ['postgres', 'keys', 'files', lockName]

export function inspectDataDir(folder: string): 'missing' | 'empty' | 'ours' | 'foreign' {
  try {
    const names = readdirSync(folder).filter((name) => name !== 'lost+found') // every fresh volume has one
    if (names.length === 0) return 'empty'
    return names.some((name) => marks.includes(name)) ? 'ours' : 'foreign'
  } catch (error) {
    if (errno(error) === 'ENOENT') return 'missing'
    if (errno(error) === 'ENOTDIR') throw new CannotStart(`${folder} is not a folder; set DATA_DIR to one`)
    throw new CannotStart(`cannot read ${folder} (${reason(error)}); let this user read and write it, or set another DATA_DIR`)
  }
}

function create(folder: string): void {
  try {
    makeWithParents(folder)
  } catch (error) {
    throw new CannotStart(`cannot create ${folder} (${reason(error)}); create it for this user, or set another DATA_DIR`)
  }
}

// Node's own `recursive` tries for ever where a folder exists that takes no other, such as /proc.
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return
  makeWithParents(path.dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

// A lock of the kernel's, which even kill -9 of its holder releases. Node itself offers none, SQLite takes one
// (fcntl). Never open this file otherwise in this process: closing it would drop the lock; so the pid has its own file.
function takeLock(folder: string): DatabaseSync {
  try {
    const lock = new DatabaseSync(path.join(folder, lockName))
    lock.exec('begin exclusive')
    held.add(lock)
    return lock
  } catch (error) {
    if (!isBusy(error)) throw notWritable(folder, error)
    throw new CannotStart(`another server already uses ${folder} (pid ${holderOf(folder)}); stop it or set another DATA_DIR`)
  }
}

function unlock(lock: DatabaseSync): void {
  held.delete(lock)
  lock.close()
}

// Else the garbage collector would close it and so release the lock.
const held = new Set<DatabaseSync>()

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5 // SQLITE_BUSY
}

function holderOf(folder: string): string {
  const file = path.join(folder, holderName)
  return (existsSync(file) && readFileSync(file, 'utf8').trim()) || 'unknown' // it may be writing it just now
}

function notWritable(folder: string, error: unknown): CannotStart {
  return new CannotStart(`cannot write to ${folder} (${reason(error)}); let this user write there, or set another DATA_DIR`)
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
