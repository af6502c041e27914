import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { ProblemError } from '#platform/operations/problem.ts'
import { hashing, type Task } from './hashing.ts'
import { queue } from './queue.ts'

// argon2id (its number is 2), one lane. Of the settings that OWASP's Password Storage Cheat Sheet calls equally strong, the one that
// fills least memory (7 MiB, five passes, about 20 ms): it stays in the processor's cache, so that everybody else keeps theirs.
const cost = { algorithm: 2, memoryCost: 7_168, timeCost: 5, parallelism: 1 } as const
const current = '$argon2id$v=19$m=7168,t=5,p=1$'

// Each costs a whole core, in a process that steps back for all others. Half the cores, so that everybody else's requests
// still run; and no more waiting than are served before a person gives up.
const turns = queue({ atOnce: Math.max(1, Math.floor(availableParallelism() / 2)), waiting: 200 })
const hash = hashing()

export const longestPassword = 256 // letters: argon2 would take any length, and time to read it

export const hashPassword = (password: string): Promise<string> => inTurn<string>({ what: 'hash', password: normal(password), cost })

/** Whether it is this person's password. Unknown people, and people without one, cost as much time as everybody else. */
export async function isPassword(password: string, hashed: string | null | undefined): Promise<boolean> {
  if (hashed && isBcrypt(hashed)) return inTurn<boolean>({ what: 'bcrypt', password, hashed })
  const kept = hashed?.startsWith('$argon2') ? hashed : nobodys
  const holds = await inTurn<boolean>({ what: 'verify', password: normal(password), hashed: kept })
  return holds && Boolean(hashed)
}

/** A hash from an older home, or from cheaper days: made anew when its person next proves the password. */
export const isOutdated = (hashed: string): boolean => !hashed.startsWith(current)

// The same letters may be typed as different bytes on another keyboard (NIST 800-63B, 5.1.1.2).
const normal = (password: string) => password.normalize('NFKC')
const isBcrypt = (hashed: string) => /^\$2[abxy]?\$/.test(hashed)

const nobodys = `${current}${encoded(16)}$${encoded(32)}` // no password leads to it

async function inTurn<T extends string | boolean>(task: Task): Promise<T> {
  const turn = turns(() => hash(task))
  if (!turn) throw new ProblemError('busy')
  return turn as Promise<T>
}

function encoded(bytes: number): string {
  return randomBytes(bytes).toString('base64').replaceAll('=', '')
}
