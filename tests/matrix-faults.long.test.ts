import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { cellsIn, matrix, readCells, setScenes, type WrittenCells } from './matrix.ts'
import { plantable } from './planted.ts'
import { readWritten } from './rules.ts'
import type { Cells, TableCells } from './rules/cells.ts'

const { owner, planted } = await plantable({ demo: true })
const cells = await readCells()
const rules = await readWritten()
await setScenes(owner, cells)

// A matrix that never finds anything proves nothing.
describe('the matrix finds', () => {
  const notes = cells.get('sample.notes')!
  const withCells = (change: Partial<TableCells>): WrittenCells =>
    new Map([...cells, ...cellsIn('its/cells.ts', { 'sample.notes': { ...notes.cells, ...change } } satisfies Cells)])
  const seen = (whose: string) =>
    `alter policy "owners see their notes, everybody signed in sees shared ones" on sample.notes using (${whose})`

  type Fault = { sql?: string; written?: WrittenCells; table?: string; says: RegExp }
  const faults: Record<string, Fault> = {
    'a policy that shows what is foreign': {
      sql: seen('true'),
      says: /^jonas sees 1 row of sample\.notes that stands "foreign" to them: tests\/sample\/cells\.ts allows none$/,
    },
    'a policy that hides what is shared': {
      sql: seen('owner_id = (select auth.uid())'),
      says: /^hana sees not 1 row of sample\.notes that stands "shared" to them: tests\/sample\/cells\.ts allows all$/,
    },
    'a policy under which others change a row': {
      sql: `alter policy "owners change their notes" on sample.notes using (true) with check (true)`,
      says: /^amara can update 1 row of sample\.notes that stands "shared" to them/,
    },
    'a policy under which others change a row that they do not see': {
      sql: 'alter policy "people change which mails they want" on mail.preferences using (true) with check (true)',
      table: 'mail.preferences',
      says: /^amara can update 1 row of mail\.preferences that stands "foreign" to them/,
    },
    'a policy under which nobody changes a row': {
      sql: `alter policy "owners change their notes" on sample.notes using (false)`,
      says: /^jonas cannot update 1 row of sample\.notes that stands "shared"|^jonas cannot update 2 rows of sample\.notes that stand "own"/,
    },
    'a policy under which others delete a row': {
      sql: 'alter policy "people unblock" on safety.blocks using (true); alter policy "people see whom they block" on safety.blocks using (true)',
      table: 'safety.blocks',
      says: /^robin can delete \d+ rows? of safety\.blocks that stands? "foreign" to them/,
    },
    "a row that is written in somebody else's name": {
      sql: `alter policy "people write notes of their own" on sample.notes with check (true); grant insert (owner_id) on sample.notes to authenticated`,
      says: /^sample\.notes: amara can insert a row in the name of jonas \(owner_id\), which stands "foreign" to them/,
    },
    'a row that is given to somebody else': {
      sql: `alter policy "owners change their notes" on sample.notes with check (true); grant update (owner_id) on sample.notes to authenticated;
        alter policy "owners see their notes, everybody signed in sees shared ones" on sample.notes using (true)`,
      says: /^amara can give a row of sample\.notes that is theirs to jonas \(owner_id\)/,
    },
    'a row that nobody can write': {
      sql: `alter policy "people write notes of their own" on sample.notes with check (false)`,
      says: /^sample\.notes: amara cannot insert with "insert into sample\.notes \(title\)/,
    },
    'a row that stands otherwise than is said': {
      written: withCells({
        person: { ...notes.cells.person, insert: [{ as: 'amara', makes: 'shared', sql: `insert into sample.notes (title) values ('x')` }] },
      }),
      says: /^sample\.notes: "insert into .*" makes a row that stands "own" to amara, not "shared"/,
    },
    'what should be refused, and is not': {
      written: withCells({
        person: {
          ...notes.cells.person,
          insert: [
            {
              as: 'amara',
              makes: 'own',
              sql: `insert into sample.notes (title) values ('x')`,
              never: [`insert into sample.notes (title) values ('y')`],
            },
          ],
        },
      }),
      says: /^sample\.notes: amara is not refused "insert into/,
    },
    'a column granted by accident': {
      sql: 'grant select (secret) on sample.notes to authenticated',
      says: /^authenticated can select sample\.notes\.secret, which tests\/sample\/rules\.ts does not say$/,
    },
    'a column that everybody got': {
      sql: 'grant update (secret) on sample.notes to public',
      says: /^service_role can update sample\.notes\.secret/,
    },
    'a column that is refused, and should not be': {
      sql: 'revoke select (title) on sample.notes from authenticated',
      says: /^authenticated cannot select sample\.notes\.title, as tests\/sample\/rules\.ts says$/,
    },
    TRUNCATE: { sql: 'grant truncate on sample.notes to authenticated', says: /^authenticated is not refused "truncate sample\.notes"$/ },
    'the server kept from its rows': {
      sql: `alter policy "the server counts notes" on sample.notes using (kind = 'shared')`,
      says: /^the server sees not 2 rows of sample\.notes/,
    },
    'a stranger let in': {
      sql: `grant usage on schema sample to anon; grant select (title) on sample.notes to anon; create policy "all see" on sample.notes for select to anon using (true)`,
      says: /^a stranger sees 2 rows of sample\.notes that stand "foreign"/,
    },
    'a table without cells': {
      written: new Map([...cells].filter(([name]) => name !== 'sample.notes')),
      says: /^sample\.notes has no cells: say in/,
    },
    'cells of a table that is not there': {
      written: new Map([...cells, ...cellsIn('its/cells.ts', { 'sample.drafts': { stands: {} } })]),
      table: '',
      says: /^its\/cells\.ts has cells for sample\.drafts, which does not exist/,
    },
    'a relation in which nobody stands to any row': {
      written: withCells({ stands: { ...notes.cells.stands, blocked: 'false' } }),
      says: /^sample\.notes: no row of relation blocked to prove it/,
    },
    'a relation that is not told': {
      written: withCells({ person: { ...notes.cells.person, select: ['own', 'shared, closed'] } }),
      says: /^its\/cells\.ts names a relation "shared, closed" of sample\.notes that its stands does not tell/,
    },
    'a right of which the cells say nothing': {
      written: withCells({ person: { select: ['own', 'shared'], insert: notes.cells.person!.insert! } }),
      says: /^authenticated is granted update on sample\.notes, and its\/cells\.ts does not say which rows/,
    },
    'a right that the cells give and nobody has': {
      written: withCells({ anon: { select: ['shared'] } }),
      says: /^its\/cells\.ts lets anon select rows of sample\.notes, which nothing grants/,
    },
    "a condition that is the policy's own": {
      written: withCells({ stands: { own: 'owner_id = private.asker()' } }),
      says: /^its\/cells\.ts asks a helper of the policies how rows of sample\.notes stand/,
    },
    'a condition that is none': {
      written: withCells({ stands: { own: 'owner = :me' } }),
      says: /^its\/cells\.ts cannot tell how the rows of sample\.notes stand: column "owner" does not exist/,
    },
  }
  for (const [fault, { says, sql = '', written = cells, table = 'sample.notes' }] of Object.entries(faults))
    test(fault, async () => {
      const { findings } = await planted(sql, () => matrix(owner, written, rules, table))
      assert.ok(
        findings.some((finding) => says.test(finding)),
        findings.join('\n') || 'nothing',
      )
    })
})
