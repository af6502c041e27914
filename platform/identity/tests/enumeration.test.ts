import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { newAddress, operator, password, unlimited } from './scene.ts'

// Whether somebody has an account here is theirs to tell: of a place like this one, that they came says something about
// them. So answers to known and unknown addresses are alike, word for word and in how long they take.
const server = await freshServer({}, [unlimited()])
const known = newAddress('known')
await operator(server).auth.admin.createUser({ email: known, password, email_confirm: true })
const pairs = Number(process.env['PAIRS'] ?? 24)

type Answer = { ms: number; status: number; body: string }

async function ask(path: string, body: object): Promise<Answer> {
  const began = performance.now()
  const answer = await fetch(`${server.address}/auth/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-supabase-api-version': '2024-01-01' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  return { ms: performance.now() - began, status: answer.status, body: text }
}

const asks: Record<string, (email: string) => Promise<Answer>> = {
  'a wrong password': (email) => ask('/token?grant_type=password', { email, password: 'not-the-password' }),
  'signing up': (email) => ask('/signup', { email, password, data: { adult: true } }),
  'a new password': (email) => ask('/recover', { email }),
  'a link to sign in': (email) => ask('/otp', { email, create_user: false }),
  'the mail once more': (email) => ask('/resend', { email, type: 'signup' }),
}

describe('A stranger who asks for', { concurrency: 2 }, () => {
  for (const [what, once] of Object.entries(asks))
    test(`${what} cannot tell a known address from an unknown one`, async () => {
      const [knowns, unknowns]: [Answer[], Answer[]] = [[], []]
      for (let at = 0; at < pairs; at++) {
        knowns.push(await once(known))
        unknowns.push(await once(newAddress('unknown')))
      }
      assert.deepEqual(new Set(knowns.map(shape)), new Set(unknowns.map(shape)))
      const [a, b] = [median(knowns), median(unknowns)]
      if (process.env['PAIRS']) console.log(what, a.toFixed(1), b.toFixed(1), `${((Math.abs(a - b) / Math.max(a, b)) * 100).toFixed(2)} %`)
      assert.ok(Math.abs(a - b) / Math.max(a, b) < 0.1, `${a} ms against ${b} ms`)
    })
})

const median = (answers: Answer[]) => answers.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(answers.length / 2)]!

// What differs from one answer to the next anyway: ids, instants, and the address that was asked for.
const shape = ({ status, body }: Answer) =>
  `${status} ${body
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'THEN')
    .replace(/(un)?known\.ID@example\.test/g, 'ADDRESS')}`
