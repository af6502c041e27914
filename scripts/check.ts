import { execFile } from 'node:child_process'
import path from 'node:path'
import { root } from '#platform/configuration/environment.ts'

// Types, lint and format, in seconds. `npm run format` is this with --write.
export type Finding = { name: string; passed: boolean; says: string }

const write = process.argv.includes('--write')

/** Format first: it may write what the others read. */
export async function check(): Promise<Finding[]> {
  const format = await found('format', 'biome', write ? ['format', '--write', '.'] : ['format', '.'])
  const others = await Promise.all([
    found('types', 'tsc', ['--checkers', '1']), // beside the lint; several would find out much of it twice
    found('lint', 'oxlint', ['--type-aware', '--deny-warnings', 'app', 'domains', 'platform', 'scripts', 'tests']),
  ])
  return [...others, format]
}

function found(name: string, tool: string, args: string[]): Promise<Finding> {
  const program = path.join(root, 'node_modules/.bin', tool)
  // Both that are written in Go collect no garbage before it is worth it: a third of their time.
  const env = { ...process.env, GOGC: 'off', GOMEMLIMIT: '3GiB' }
  return new Promise((settle) =>
    execFile(process.execPath, [program, ...args], { cwd: root, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      settle({ name, passed: !error, says: `${stdout}${stderr}${stdout || stderr ? '' : (error?.message ?? '')}`.trim() }),
    ),
  )
}

if (import.meta.main) {
  const findings = await check()
  for (const { name, passed, says } of findings) console.log(passed ? `${name}: fine` : `${name}:\n${says}`)
  process.exit(findings.every(({ passed }) => passed) ? 0 : 1)
}
