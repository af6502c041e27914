import { readdirSync, readFileSync } from 'node:fs'
import { type CaseFile, parseCase } from '../cases/case-file.ts'
import type { ClientBase } from 'pg'
import { formats } from './formats.ts'

const folder = new URL('./cases/', import.meta.url)

export type ShippedCase = CaseFile & { id: string }

/** The cases that come with Vivavoce, in the order of their ids. None is clinical guidance; none is reviewed until a named clinician signs it. */
export const shippedCases = (): ShippedCase[] =>
  (known ??= readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map(shipped)
    .sort((a, b) => a.id.localeCompare(b.id)))
let known: ShippedCase[] | undefined // read when somebody asks: no start waits for it

/** How many came in, were brought up to date, were so already, or were left as people have them. */
export type Shipped = Record<'made' | 'updated' | 'same' | 'kept', number>

/** As the owner, in the caller's transaction. */
export async function shipPractice(db: Pick<ClientBase, 'query'>): Promise<Shipped> {
  const shipped: Shipped = { made: 0, updated: 0, same: 0, kept: 0 }
  const count = (rows: { done: keyof Shipped }[]) => rows.forEach(({ done }) => (shipped[done] += 1))
  // Formats first: cases name them.
  const ofFormats = await db.query<{ done: keyof Shipped }>(
    'select private.ship_format(f) as done from jsonb_array_elements($1) with ordinality t (f, nth) order by nth',
    [JSON.stringify(formats.map(asRows))],
  )
  count(ofFormats.rows)
  const ofCases = await db.query<{ done: keyof Shipped }>(
    'select private.ship_case(c) as done from jsonb_array_elements($1) with ordinality t (c, nth) order by nth',
    [JSON.stringify(shippedCases())],
  )
  count(ofCases.rows)
  return shipped
}

function shipped(file: string): ShippedCase {
  const { id, ...rest } = parseCase(readFileSync(new URL(file, folder), 'utf8'))
  if (!id) throw new Error(`${file} has no id, and a case that is shipped needs one`)
  return { id, ...rest }
}

const asRows = ({ phases, scales, ...format }: (typeof formats)[number], position: number) => ({
  ...format,
  position,
  phases: Object.entries(phases).map(([phase, { seconds, bells = [] }]) => ({ phase, seconds, bells })),
  scales: Object.entries(scales).map(([domain, points]) => ({ domain, points })),
})
