import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '#platform/configuration/environment.ts'
import { command } from '#platform/configuration/stop.ts'

// `npm run test:faults`: everything that breaks, at length, and every other long test. `--save` keeps what was seen in docs/faults.md.
await command(async () => {
  const env = { ...process.env, FAULTS: 'full' }
  const child = spawn(process.execPath, ['scripts/test.ts', '.long.'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (piece: Buffer) => {
    said += String(piece)
    process.stdout.write(piece)
  })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  if (process.argv.includes('--save')) writeFileSync(path.join(root, 'docs/faults.md'), page(said))
  process.exitCode = code ?? 1
})

function page(said: string): string {
  return `# Faults

What \`npm run test:faults\` saw: servers and databases killed, lines cut, held and made thin, while people send and listen. What each
listener saw is written down and read afterwards by a checker (tests/faults/history.ts): each acknowledged line is there and heard once, in order, without
a gap, or after one reset.

\`\`\`
${said.trim()}
\`\`\`
`
}
