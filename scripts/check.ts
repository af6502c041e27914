import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { root } from '#platform/configuration/environment.ts'

// Types, lint and format, in seconds. `npm run format` is this with --write.
export type Finding = { name: string; passed: boolean; says: string }

const tool = (name: string) => path.join(root, 'node_modules/.bin', name)
const write = process.argv.includes('--write')
const checks: [name: string, program: string, args: string[]][] = [
  ['types', tool('tsc'), []],
  ['lint', tool('oxlint'), ['--type-aware', '--deny-warnings', 'app', 'domains', 'platform', 'scripts', 'tests']],
  ['format', tool('biome'), write ? ['format', '--write', '.'] : ['format', '.']],
]

export function check(): Finding[] {
  return checks.map(([name, program, args]) => {
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    return { name, passed: status === 0, says: `${stdout}${stderr}${error?.message ?? ''}`.trim() }
  })
}

if (import.meta.main) {
  const findings = check()
  for (const { name, passed, says } of findings) console.log(passed ? `${name}: fine` : `${name}:\n${says}`)
  process.exit(findings.every(({ passed }) => passed) ? 0 : 1)
}
