import { globSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { run } from 'node:test'
import { root } from '#platform/configuration/environment.ts'
import { endWithParent } from '#platform/configuration/parent.ts'
import { buildWeb } from '#platform/web/build.ts'
import { makeTemplate, startTestCluster, temporaryRoot } from '#tests/cluster.ts'
import { staleTypes } from '#tests/types.ts'
import { check } from './check.ts'
import { watchOthers } from './others.ts'

// Everything that must always hold. `npm test -- platform/jobs` runs the tests whose path holds that text.
const promised = 8 * 60_000 // alone on two cores (CONTRIBUTING.md, Commands)
const longest = 20 * 60_000
const began = performance.now()
const wanted = process.argv.slice(2)
const isLong = (file: string) => file.includes('.long.') // what `npm run test:faults` holds, and whoever names it
const isInBrowsers = (file: string) => file.endsWith('.e2e.ts')
const room = process.env['RACE_CONNECTIONS'] ? 1 : 4 // processes with tests, or two with browsers and one of another kind: more only wait for each other
const others = watchOthers()
const tally = { passed: 0, failed: 0 }
const through = new Set<string>()
const seconds = (from: number) => `${((performance.now() - from) / 1_000).toFixed(1)} s`

endWithParent(() => process.exit(1))
process.env['TMPDIR'] = temporaryRoot()
const cluster = await startTestCluster()
try {
  await Promise.all([makeTemplate(cluster), buildWeb()])
  if (wanted.length === 0) await quickly()
  await files()
} finally {
  await cluster.stop()
  rmSync(process.env['TMPDIR'], { recursive: true, force: true, maxRetries: 5 })
}

// By the clock, less what others on this machine took from it meanwhile (another clone's tests, say): that is not the suite's fault.
const theirs = others.seconds()
const took = performance.now() - began - (theirs * 1_000) / availableParallelism()
const line = `in ${seconds(began)}, while others used the processor for ${Math.round(theirs)} s`
if (wanted.length === 0) judge('the whole suite ends within 20 minutes', took <= longest, line)
console.log(`\n${line}${wanted.length === 0 && took > promised ? ': longer than the 8 minutes that are promised' : ''}`)
console.log(`${tally.passed} passed, ${tally.failed} failed`)
process.exit(tally.failed === 0 ? 0 : 1)

async function quickly(): Promise<void> {
  const start = performance.now()
  for (const { name, passed, says } of await check()) judge(name, passed, says)
  const stale = await staleTypes(cluster, { write: false })
  judge('the printed types are those of the migrations', stale.length === 0, `npm run types would change ${stale.join(', ')}`)
  console.log(`${seconds(start).padStart(8)}  types, lint, format, printed types`)
}

// What of node:test's events is looked at: https://nodejs.org/api/test.html#class-testsstream
type Failure = Error & { failureType?: string }
type Event =
  | {
      type: 'test:pass' | 'test:fail'
      data: { name: string; nesting: number; file?: string; details: { type?: string; duration_ms: number; error?: Failure } }
    }
  | { type: 'test:stderr'; data: { file: string; message: string } }
  | { type: 'test:diagnostic'; data: { message: string } }

async function files(): Promise<void> {
  const found = globSync('{platform,domains,app,tests}/**/*.{test,e2e}.ts', { cwd: root })
  const chosen = found.filter((file) => (wanted.length === 0 ? !isLong(file) : wanted.some((text) => file.includes(text))))
  const claims = path.join(process.env['TMPDIR']!, 'claims')
  mkdirSync(claims)
  process.env['VIVAVOCE_TEST_CLAIMS'] = claims
  process.env['VIVAVOCE_TEST_SOCKET'] = cluster.socket
  const begun = () => readdirSync(claims).length
  const order = chosen.toSorted().toReversed() // what takes longest is in tests/: begun last, it would end alone
  const [pages, rest] = [order.filter(isInBrowsers), order.filter((file) => !isInBrowsers(file))]
  const orders = pages.length > 0 ? [pages, pages, rest] : [rest, rest, rest, rest]
  await Promise.all(orders.slice(0, Math.min(room, chosen.length)).map((first) => all([...new Set([...first, ...order])])))
  for (const file of chosen) if (!through.has(file)) judge(file, false, 'its process ended before it was through')

  /** In one process, for each of its own would read the server's thousand modules anew; where it ends before its time, in another. */
  async function all(inThisOrder: string[]): Promise<void> {
    for (let before = -1; before < begun() && begun() < chosen.length; ) {
      before = begun()
      await runIn(inThisOrder)
    }
  }
}

async function runIn(some: string[]): Promise<void> {
  let complaints = '' // why a process ended before its time, it says there alone
  const stream = run({
    files: [path.join(root, 'tests/several.ts')],
    argv: some,
    execArgv: ['--import', './tests/end.ts'],
    cwd: root,
  })
  for await (const { type, data } of stream as unknown as AsyncIterable<Event>) {
    if (type === 'test:pass' || type === 'test:fail') {
      const { name, nesting, details } = data
      const isFile = nesting === 1 // within the one test of its process
      const failed = type === 'test:fail'
      if (isFile) through.add(name)
      if (isFile) console.log(`${`${(details.duration_ms / 1_000).toFixed(1)} s`.padStart(8)}  ${name}`)
      const reason = failed ? details.error : undefined
      if ((nesting < 2 || details.type === 'suite') && (!failed || reason?.failureType === 'subtestsFailed')) continue
      const where = data.file && nesting > 1 ? `${path.relative(root, data.file)}: ` : ''
      judge(`${where}${name}`, !failed, `${said(reason)}${nesting < 2 ? `\n${complaints}` : ''}`)
    }
    if (type === 'test:diagnostic' && /^race: |^fault: | hold: | cells of /.test(data.message)) console.log(`          ${data.message}`)
    if (type === 'test:stderr') complaints = `${complaints}${data.message}`.slice(-4_000)
    if (type === 'test:stderr' && process.env['SHOW']) process.stderr.write(data.message)
  }
}

function judge(name: string, passed: boolean, says: string): void {
  tally[passed ? 'passed' : 'failed']++
  if (!passed) console.log(`\nFAILED  ${name}\n${says.replace(/^/gm, '        ')}\n`)
}

// node:test wraps what was thrown; the cause is what one wants to read.
function said(error: Error | undefined): string {
  if (!error) return ''
  const cause = error.cause instanceof Error ? error.cause : error
  return cause.stack ?? cause.message
}
