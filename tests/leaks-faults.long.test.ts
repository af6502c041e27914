import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { indexesLost, loginsHoldNothing, oracles, worksPerRow } from './leaks.ts'
import { cellsIn, readCells, setScenes, type WrittenCells } from './matrix.ts'
import { plantable } from './planted.ts'
import type { Cells, TableCells } from './rules/cells.ts'

const { owner, planted } = await plantable({ demo: true })
const cells = await readCells()
await setScenes(owner, cells)

// A probe that never finds anything proves nothing.
describe('the probes find', () => {
  const notes = cells.get('sample.notes')!
  const withCells = (change: Partial<TableCells>): WrittenCells =>
    new Map([...cells, ...cellsIn('its/cells.ts', { 'sample.notes': { ...notes.cells, ...change } } satisfies Cells)])
  const only = 'sample.notes'
  const probes = {
    oracles: (written: WrittenCells) => oracles(owner, written, only),
    indexesLost: (written: WrittenCells) => indexesLost(owner, written, only),
    worksPerRow: (written: WrittenCells) => worksPerRow(owner, written, only),
  }

  const faults: Record<string, { probe: keyof typeof probes; sql?: string; written?: WrittenCells; says: RegExp }> = {
    'a foreign key to rows that are not seen': {
      probe: 'oracles',
      sql: 'alter table sample.notes add column about uuid references safety.reports; grant insert (about) on sample.notes to authenticated',
      says: /^amara can insert sample\.notes so that notes_about_fkey tells whether a row of safety\.reports exists that they do not see: take the right away, or give the reason in tests\/sample\/cells\.ts, under tells$/,
    },
    'the same, by an update': {
      probe: 'oracles',
      sql: 'alter table sample.notes add column about uuid references safety.reports; grant update (about) on sample.notes to authenticated',
      says: /^amara can update sample\.notes so that notes_about_fkey tells/,
    },
    'the same, with a policy that knows better: nothing': {
      probe: 'oracles',
      sql: `alter table sample.notes add column about uuid references safety.reports; grant insert (about) on sample.notes to authenticated;
        alter policy "people write notes of their own" on sample.notes
          with check (owner_id = (select auth.uid()) and (about is null or about = any (array(select id from safety.reports))))`,
      says: /^nothing$/,
    },
    'a unique key over the rows of all': {
      probe: 'oracles',
      sql: 'alter table sample.notes add constraint one_title unique (title)',
      says: /^amara can insert sample\.notes so that one_title tells by a violation and by ON CONFLICT whether a row of sample\.notes exists that they do not see/,
    },
    'a unique index, by an update': {
      probe: 'oracles',
      sql: 'create unique index one_title on sample.notes (title); revoke insert on sample.notes from authenticated',
      says: /^amara can update sample\.notes so that one_title tells/,
    },
    'a reason for what tells nothing': {
      probe: 'oracles',
      written: withCells({ tells: { title_taken: 'because' } }),
      says: /^its\/cells\.ts says that title_taken of sample\.notes tells something, and it does not: strike it out$/,
    },
    'a filter whose operator may not run before the policy': {
      probe: 'indexesLost',
      sql: `create type sample.mood as enum ('calm', 'tense'); alter table sample.notes add column mood sample.mood;
        create index notes_mood_idx on sample.notes (mood); grant select (mood) on sample.notes to authenticated`,
      says: /^notes_mood_idx of sample\.notes is of no use to a person who filters by mood \(sample\.mood\)/,
    },
    'an expression that may not either': {
      probe: 'indexesLost',
      sql: 'create index notes_lower_idx on sample.notes (lower(title))',
      says: /^notes_lower_idx of sample\.notes is of no use to a person who filters by lower\(title\) \(text\)/,
    },
    'a function that is called for every row': {
      probe: 'worksPerRow',
      sql: `alter policy "owners see their notes, everybody signed in sees shared ones" on sample.notes using (title <> sample.role())`,
      says: /^a policy of sample\.notes calls sample\.role\(\) for every row/,
    },
    'a subquery that is asked for every row': {
      probe: 'worksPerRow',
      sql: `alter policy "owners see their notes, everybody signed in sees shared ones" on sample.notes
        using (exists (select from safety.blocks b where b.blocked_id = owner_id and b.blocked_at > created_at))`,
      says: /^a policy of sample\.notes asks a subquery for every row/,
    },
    'an index of JSON, which no person can use': {
      probe: 'indexesLost',
      sql: 'alter table sample.notes add column more jsonb; create index notes_more_idx on sample.notes using gin (more); grant select (more) on sample.notes to authenticated',
      says: /^notes_more_idx of sample\.notes is of no use to a person who filters by more/,
    },
    'a reason for an index that is of use': {
      probe: 'indexesLost',
      written: withCells({ unused: { notes_owner_created_idx: 'because' } }),
      says: /^its\/cells\.ts says that notes_owner_created_idx of sample\.notes is of no use, and it is/,
    },
  }
  for (const [fault, { probe, sql = '', written = cells, says }] of Object.entries(faults))
    test(fault, async () => {
      const { findings } = await planted(sql, () => probes[probe](written))
      if (says.test('nothing')) assert.deepEqual(findings, [])
      else
        assert.ok(
          findings.some((finding) => says.test(finding)),
          findings.join('\n') || 'nothing',
        )
    })

  test('a login with a right of its own', async () =>
    assert.deepEqual(
      await planted('grant usage on schema sample to vivavoce_app; grant select (title) on sample.notes to vivavoce_app', () =>
        loginsHoldNothing(owner),
      ),
      ['the login vivavoce_app is not refused "select from sample.notes limit 0"'],
    ))
})
