import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { freshServer } from '#tests/server.ts'
import { asking, questions } from './asking.ts'
import { distinct, type Timed } from './attacker.ts'
import { unlimited } from './scene.ts'

const server = await freshServer({}, [unlimited()])

describe('Whether an address has an account here, one cannot tell by how long an answer takes', { concurrency: true }, () => {
  // A difference that is there shows in every round; one that the machine's noise made, in one or two. PAIRS=200 takes the
  // whole number at once.
  const pairs = Number(process.env['PAIRS'] ?? 30)
  const rounds = 5
  for (const [how, question] of Object.entries(questions))
    test(how, async () => {
      const asked = await asking(server, question)
      const seen: string[] = []
      for (let round = 0; round < rounds; round++) {
        const { knowns, unknowns, shapes } = await asked.pairs(pairs)
        assert.ok(knowns.length >= pairs && unknowns.length >= pairs)
        assert.equal(distinct(shapes).length, 1, JSON.stringify(distinct(shapes), null, 2))
        const [a, b] = [median(knowns), median(unknowns)]
        if (Math.abs(a - b) / Math.max(a, b) < 0.1) return
        seen.push(`${a} ms for a known address, ${b} ms for an unknown one`)
      }
      assert.fail(seen.join('; '))
    })

  const median = (answers: Timed[]) => answers.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor(answers.length / 2)]!
})
