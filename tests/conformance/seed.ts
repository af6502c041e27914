import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '#platform/configuration/environment.ts'

// docs/seeds/*.md, read as docs/seeds/README.md says: every row of every table is a fact or a departure from one.

export type Seed = {
  file: string
  tables: SeedTable[]
  enums: Named[]
  views: Named[]
  functions: Named[]
  everywhere: Facts
  disagreements: Cells[]
}
export type SeedTable = Facts & { name: string; columns: Cells[] }
export type Facts = { others: Cells[]; policies: Cells[]; departures: Cells[] }
/** An enum, a view or a function, by the header of its own table; departures that name it stand below. */
export type Named = { name: string; cells: Cells; departures: Cells[] }
export type Cells = Record<string, string>

export const domains = ['practice', 'care', 'speaking', 'mentoring', 'interviews']

export function readSeeds(folder = path.join(root, 'docs/seeds')): Seed[] {
  const files = readdirSync(folder).filter((file) => file !== 'README.md')
  return files.map((file) => parse(file, readFileSync(path.join(folder, file), 'utf8')))
}

export function parse(file: string, text: string): Seed {
  const seed: Seed = { file, tables: [], enums: [], views: [], functions: [], everywhere: noFacts(), disagreements: [] }
  for (const part of text.split(/^## /m).slice(1)) {
    const heading = part.slice(0, part.indexOf('\n'))
    if (heading === 'Tables')
      for (const piece of part.split(/^### /m).slice(1)) {
        const name = /^`([\w.]+)`/.exec(piece)![1]!
        const rows = tablesIn(file, piece)
        seed.tables.push({ name, columns: rows.filter(has('column, type, null, default, key')).flatMap(its), ...facts(file, rows) })
      }
    else {
      const rows = tablesIn(file, part)
      const { departures } = facts(
        file,
        rows.filter(({ header }) => header.startsWith('departure')),
      )
      const under = (header: string): Named[] =>
        rows
          .filter(({ header: h }) => h.startsWith(`${header}, `))
          .flatMap(its)
          .map((cells) => {
            const name = cells[header]!
            return { name, cells, departures: departures.filter(({ departure }) => listed(departure!).includes(name)) }
          })
      if (heading === 'Enums') seed.enums = under('enum')
      else if (heading === 'Views') seed.views = under('view')
      else if (heading === 'Functions') seed.functions = under('function')
      else if (heading === 'For every table') seed.everywhere = facts(file, rows)
      else if (heading.startsWith('Where the document disagrees')) seed.disagreements = rows.flatMap(its)
      else throw new Error(`${file} has a part "${heading}" that nobody reads`)
    }
  }
  return seed
}

/** Of `a, b, c`. */
export const listed = (cell: string): string[] =>
  cell
    .split(/,\s*(?![^(]*\))/)
    .map((word) => word.trim())
    .filter(Boolean)

type Rows = { header: string; rows: Cells[] }
const has = (header: string) => (table: Rows) => table.header === header
const its = ({ rows }: Rows) => rows
const noFacts = (): Facts => ({ others: [], policies: [], departures: [] })

function facts(file: string, tables: Rows[]): Facts {
  const known = ['column, type, null, default, key', 'kind, name, on, says', 'policy for, who, rule', 'departure, seed says, we do, reason']
  for (const { header } of tables) if (!known.includes(header)) throw new Error(`${file} has a table of "${header}" that nobody reads`)
  return {
    others: tables.filter(has(known[1]!)).flatMap(its),
    policies: tables.filter(has(known[2]!)).flatMap(its),
    departures: tables.filter(has(known[3]!)).flatMap(its),
  }
}

function tablesIn(file: string, text: string): Rows[] {
  const blocks = text.split(/\n(?!\|)/).map((block) => block.split('\n').filter((line) => line.startsWith('|')))
  return blocks
    .filter((lines) => lines.length > 1)
    .map(([head, , ...lines]) => {
      const header = cellsOf(head!)
      return {
        header: header.join(', '),
        rows: lines.map((line) => {
          const cells = cellsOf(line)
          if (cells.length !== header.length) throw new Error(`${file}: "${line}" has ${cells.length} cells, not ${header.length}`)
          return Object.fromEntries(header.map((name, i) => [name, cells[i]!]))
        }),
      }
    })
}

const cellsOf = (line: string) =>
  line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim())
