import { readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { root } from '#platform/configuration/environment.ts'
import { CannotStart, command } from '#platform/configuration/stop.ts'
import { measureDomains, type Figure } from '#tests/bench/domains.ts'
import { measureLive } from '#tests/bench/live.ts'
import { measurePractice } from '#tests/bench/practice.ts'
import { measureServer } from '#tests/bench/server.ts'
import { openWorld, type World } from '#tests/bench/world.ts'

// `npm run bench`: everything is a ratio against a limit measured in the same run, because machines differ and are noisy.
// `-- server`, `-- live`, `-- practice` and `-- data` run one part, `-- data TEXT` the queries whose name holds TEXT, `-- live NAME` a part of it; `--save` writes docs/performance.md.
const page = path.join(root, 'docs/performance.md')
const says = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const keeps = process.argv.includes('--save')

await command(async () => {
  const [half, ...words] = says
  if (half !== undefined && half !== 'server' && half !== 'data' && half !== 'live' && half !== 'practice')
    throw new CannotStart(`npm run bench -- ${half}: say server, live, practice, data or nothing`)
  if (keeps && words.length > 0) throw new CannotStart('a part of a part is not kept: leave its name away, or --save')
  const isWanted = (part: string) => half === undefined || half === part
  if (isWanted('server')) show('The server', ['what', 'figure', 'promised', 'against'], await measureServer())
  if (isWanted('live')) show('Live', ['what', 'figure', 'promised', 'against'], await measureLive(half === 'live' ? words : []))
  if (isWanted('practice')) show('Practice', ['what', 'figure', 'promised', 'against'], await inTheWorld(measurePractice))
  if (isWanted('data')) show('The five domains', ['query', 'rows', 'figure', 'promised'], await domains(words.join(' ')))
})

async function inTheWorld<T>(measure: (world: World) => Promise<T>): Promise<T> {
  const world = await openWorld((line) => console.log(line))
  try {
    return await measure(world)
  } finally {
    await world.stop()
  }
}

function domains(wanted: string): Promise<string[][]> {
  return inTheWorld(async (world) => {
    const figures = await measureDomains(world, wanted, ({ query, times, micros, limitMicros }) =>
      console.log(
        `${times.toFixed(1).padStart(6)} ×  ${micros.toFixed(0).padStart(6)} µs beside ${limitMicros.toFixed(0)} µs  ${query.domain}: ${query.name}`,
      ),
    )
    return figures.map(rowOf)
  })
}

function rowOf({ query: { domain, name, promised }, rows, times }: Figure): string[] {
  const limit = promised === undefined ? 'goal 6 ×' : `≤ ${promised} ×`
  return [`${domain}: ${name}`, rows.toFixed(0), `${times.toFixed(1)} ×`, times <= (promised ?? 6) ? limit : `${limit}: not met`]
}

function show(heading: string, columns: string[], rows: string[][]): void {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const table = [line(columns), `|${columns.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
  console.log(`\n${table}\n`)
  if (!keeps) return
  const machine = `Measured by \`npm run bench -- --save\` on ${new Date().toISOString().slice(0, 10)}: ${os.cpus().length} cores (${os.cpus()[0]?.model}), Node ${process.versions.node}.`
  const section = `## ${heading}\n\n${table}\n\n${machine}`
  const text = readFileSync(page, 'utf8')
  const [before, after] = text.split(new RegExp(`^## ${heading}\\n[^]*?^Measured by .*$`, 'm')) // what people wrote beside it stays
  writeFileSync(page, after === undefined ? `${text.trimEnd()}\n\n${section}\n` : `${before}${section}${after}`)
}
