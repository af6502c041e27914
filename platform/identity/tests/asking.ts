import { randomInt } from 'node:crypto'
import type { TestServer } from '#tests/server.ts'
import { keptConnection, shapeOf, type Timed } from './attacker.ts'
import { adult, newAddress, operator, password, somebody } from './scene.ts'

// What a stranger may ask about an address, in turns of one that is known and one that is not.
export type Question = { path: string; body: (email: string) => object; method?: string; asPerson?: true }
export const questions: Record<string, Question> = {
  'by a wrong password': { path: '/token?grant_type=password', body: (email) => ({ email, password: 'not-the-password' }) },
  'by signing up': { path: '/signup', body: (email) => ({ email, password, ...adult }) },
  'by asking for a new password': { path: '/recover', body: (email) => ({ email }) },
  'by asking for a link': { path: '/otp', body: (email) => ({ email, create_user: false }) },
  'by asking for a first link': { path: '/otp', body: (email) => ({ email, ...adult }) },
  'by asking for the mail again': { path: '/resend', body: (email) => ({ email, type: 'signup' }) },
  'by taking it for one’s own': { path: '/user', method: 'PUT', body: (email) => ({ email }), asPerson: true },
}

const lanes = 3 // more at once, and passwords queue: their wait would drown what is measured

export async function asking(server: TestServer, { path, body, method = 'POST', asPerson }: Question) {
  const known = newAddress('bo')
  await operator(server).auth.admin.createUser({ email: known, password, email_confirm: true })
  const token = asPerson ? (await somebody(server)).session.access_token : undefined

  /** At least so many of each, and what all the answers look like. */
  async function pairs(number: number): Promise<{ knowns: Timed[]; unknowns: Timed[]; shapes: object[] }> {
    const [knowns, unknowns, shapes]: [Timed[], Timed[], object[]] = [[], [], []]
    const lane = async () => {
      const { ask, close } = keptConnection(server)
      const once = async (email: string, kept: Timed[]) => {
        const answer = await ask(`/auth/v1${path}`, body(email), { method, token })
        kept.push(answer)
        shapes.push(shapeOf(answer, email))
      }
      for (let at = 0; at < number / lanes; at++) {
        const pair = [() => once(known, knowns), () => once(newAddress('bo'), unknowns)]
        for (const turn of randomInt(2) === 0 ? pair : pair.toReversed()) await turn()
      }
      close()
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    return { knowns, unknowns, shapes }
  }
  return { pairs }
}
