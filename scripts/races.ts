import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '#platform/configuration/environment.ts'
import { command } from '#platform/configuration/stop.ts'

// `npm run test:races`: every race, hard. `--save` keeps what was seen in docs/races.md.
await command(async () => {
  const env = { ...process.env, RACE_ROUNDS: '20', RACE_CONNECTIONS: '200' }
  const child = spawn(process.execPath, ['scripts/test.ts', 'races.test'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (piece: Buffer) => {
    said += String(piece)
    process.stdout.write(piece)
  })
  const code = await new Promise<number | null>((done) => child.on('close', done))
  if (process.argv.includes('--save')) writeFileSync(path.join(root, 'docs/races.md'), page(said))
  process.exitCode = code ?? 1
})

function page(said: string): string {
  return `# Races

What \`npm run test:races\` saw: each race 20 times with 200 connections that start at once, each on a transaction of its own.
Anything but success and the refusals shown here (a deadlock, say) would have ended it.

\`\`\`
${said.trim()}
\`\`\`
`
}
