import * as z from 'zod/mini'

// What a backup says of itself: first what it is, and last, when everything has gone in, how much.
export type Label = z.output<typeof Label>
export const Label = z.object({
  format: z.literal(1),
  made_at: z.iso.datetime(),
  vivavoce: z.string(),
  postgres: z.string(),
  /** The migrations that made the tables: a restoration begins by making them alike. */
  steps: z.array(z.object({ file: z.string(), step: z.int(), checksum: z.string() })),
  /** The rows of a section are those of this table, in these columns. */
  rows: z.array(z.object({ section: z.string(), table: z.string(), columns: z.array(z.string()) })),
  sequences: z.array(z.object({ name: z.string(), last_value: z.string(), is_called: z.boolean() })),
})

export type Totals = z.output<typeof Totals>
export const Totals = z.object({
  rows: z.record(z.string(), z.int()),
  keys: z.int(),
  files: z.int(),
  /** Of these files only so much counts (files.ts). */
  shortened: z.record(z.string(), z.int()),
})

export function inWords({ rows, keys, files }: Totals): string {
  const of = (kind: string) => Object.entries(rows).filter(([section]) => section.startsWith(`${kind}/`))
  const sum = (sections: [string, number][]) => sections.reduce((sum, [, rows]) => sum + rows, 0)
  const tables = `${some(of('tables').length, 'table')} with ${some(sum(of('tables')), 'row')}`
  return `${tables}, ${some(sum(of('unfinished')), 'unfinished job')}, ${some(keys, 'key')} and ${some(files, 'file')}`
}

const some = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`
