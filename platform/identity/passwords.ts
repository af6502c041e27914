import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { verify as verifyBcrypt } from '@node-rs/bcrypt'
import { ProblemError } from '#platform/operations/problem.ts'
import { queue } from './queue.ts'

// argon2id (its number is 2) as OWASP's Password Storage Cheat Sheet asks for at least: 19 MiB, two passes, one lane. About 20 ms.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const current = '$argon2id$v=19$m=19456,t=2,p=1$'

// Each costs a whole core, and shares Node's four threads with reading files and names. Half the cores, so that everybody
// else's requests still run; and no more waiting than are served before a person gives up.
const turns = queue({ atOnce: Math.max(1, Math.floor(availableParallelism() / 2)), waiting: 200 })

export const longestPassword = 256 // letters: argon2 would take any length, and time to read it

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(normal(password), cost))

/** Whether it is this person's password. Unknown people, and people without one, cost as much time as everybody else. */
export async function isPassword(password: string, hashed: string | null | undefined): Promise<boolean> {
  if (hashed && isBcrypt(hashed)) return inTurn(() => verifyBcrypt(password, hashed))
  const holds = await inTurn(async () => verify(hashed?.startsWith('$argon2') ? hashed : await nobodys, normal(password)))
  return holds && Boolean(hashed)
}

/** A hash from an older home, or from cheaper days: made anew when its person next proves the password. */
export const isOutdated = (hashed: string): boolean => !hashed.startsWith(current)

// The same letters may be typed as different bytes on another keyboard (NIST 800-63B, 5.1.1.2).
const normal = (password: string) => password.normalize('NFKC')
const isBcrypt = (hashed: string) => /^\$2[abxy]?\$/.test(hashed)
const nobodys = hash('nobody has this password', cost)

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = turns(work)
  if (!turn) throw new ProblemError('busy')
  return turn
}
