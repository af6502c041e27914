import { hash } from '@node-rs/argon2'

// The limit of signing in: nothing but argon2id, at the cost and as many at once as in platform/identity/passwords.ts.
// `node hashes.ts AT_ONCE SECONDS`
const [atOnce = 1, seconds = 1] = process.argv.slice(2).map(Number)
const once = () => hash('seven-oysters-in-a-kettle', { algorithm: 2, memoryCost: 7_168, timeCost: 5, parallelism: 1 })
await once()

let answered = 0
const cpu = process.cpuUsage()
const began = performance.now()
const until = began + seconds * 1_000
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (performance.now() < until) {
      await once()
      answered++
    }
  }),
)
const { user, system } = process.cpuUsage(cpu)
console.log(JSON.stringify({ answered, refused: 0, seconds: (performance.now() - began) / 1_000, cpu: (user + system) / 1_000 }))
