import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { ClientBase } from 'pg'
import { root } from '#platform/configuration/environment.ts'
import { type Catalogue, readCatalogue } from './catalogue.ts'
import { factsOf, proseOf } from './facts.ts'
import { differing, type Proof, type Proofs, proofs as byHand } from './proofs.ts'
import { listed, type Seed } from './seed.ts'

/** Every fact of the seeds, against the catalogue: as the seed says or as the departure beside it says. Asked as the owner, inside a transaction. */
export async function conformance(db: ClientBase, seeds: Seed[], proofs: Proofs = byHand) {
  const catalogue = await readCatalogue(db)
  const findings: string[] = []
  const facts = seeds.flatMap((seed) => factsOf(seed, catalogue))
  const differs = new Set<string>()
  for (const { id, no, covered } of facts) {
    if (no === null) continue
    differs.add(id)
    if (covered.length === 0) findings.push(`${id}: ${no}, and no departure says so`)
    // A departure that is another type says all there is to know; of others a hand must say which facts they change.
    else if (!covered.some((departure) => no === `is ${departure['we do']}`) && !differing.includes(id))
      findings.push(`${id}: ${no}, which a departure may mean: tests/conformance/proofs.ts does not say that it does`)
  }
  for (const id of differing)
    if (!differs.has(id)) findings.push(`${id}: is as the seed says, and tests/conformance/proofs.ts says that it differs`)

  const prose = seeds.flatMap(proseOf)
  const used = new Map<string, number>()
  const proven = prose.map(({ of, what, says }) => {
    const place = `${of} | ${what}`
    const nth = used.get(place) ?? 0
    used.set(place, nth + 1)
    return { id: `${of}: ${what}: ${says}`, proof: [proofs[of]?.[what] ?? []].flat()[nth] ?? ofItself(catalogue, of, what, says) }
  })
  const yes = (proof: Proof | undefined) => (typeof proof === 'string' ? proof : proof?.yes)
  const questions = new Set(proven.map(({ proof }) => yes(proof)).filter((question) => question !== undefined))
  const refuted = (await allYes(db, [...questions])) ? new Map<string, string>() : await whyNot(db, questions)
  for (const { id, proof } of proven) {
    const no = proof
      ? (refuted.get(yes(proof) ?? '') ?? (typeof proof === 'string' ? undefined : missing(proof)))
      : 'nobody has written a proof of it'
    if (no) findings.push(`${id}: ${no} (tests/conformance/proofs.ts)`)
  }
  const all = Object.entries(proofs).flatMap(([of, its]) =>
    Object.entries(its).map(([what, proof]) => ({ place: `${of} | ${what}`, many: [proof].flat().length })),
  )
  for (const { place, many } of all)
    if (many > (used.get(place) ?? 0)) findings.push(`${place}: tests/conformance/proofs.ts proves what no seed says`)
  const said = facts.length + prose.length
  return { facts: said, holds: said - findings.length, findings }
}

// A departure that is another type says all there is to prove.
function ofItself({ relations }: Catalogue, of: string, what: string, says: string): Proof | undefined {
  if (!what.startsWith('departure ') || says !== 'timestamp with time zone') return undefined
  const columns = listed(what.replace('departure ', ''))
  return String(columns.every((column) => relations.get(of)?.columns.get(column)?.type === says))
}

// All in one trip, as long as they hold.
async function allYes(db: ClientBase, questions: string[]): Promise<boolean> {
  await db.query('savepoint proof')
  try {
    const { rows } = await db.query<{ yes: boolean | null }>(
      `select ${questions.map((question) => `coalesce((${question}), false)`).join(' and ')} as yes`,
    )
    return rows[0]!.yes === true
  } catch {
    return false // and whyNot says why
  } finally {
    await db.query('rollback to proof; release proof')
  }
}

async function whyNot(db: ClientBase, questions: Set<string>): Promise<Map<string, string>> {
  const answers = new Map<string, string>()
  for (const question of questions) {
    await db.query('savepoint proof')
    try {
      const { rows } = await db.query<{ yes: boolean | null }>(`select (${question}) as yes`)
      if (rows[0]!.yes !== true) answers.set(question, `the database does not say yes to "${question.replace(/\s+/g, ' ').trim()}"`)
    } catch (error) {
      answers.set(question, `the database cannot say: ${(error as Error).message}`)
    } finally {
      await db.query('rollback to proof; release proof')
    }
  }
  return answers
}

function missing({ test, says }: Exclude<Proof, string>): string | null {
  const file = path.join(root, test)
  if (!existsSync(file)) return `${test} is not there`
  return readFileSync(file, 'utf8').includes(says) ? null : `${test} has no test "${says}"`
}
