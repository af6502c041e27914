import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

// How long answers take at a steady pace: every 5 ms a request, whether or not those before are answered. `node pace.ts PORT
// SECONDS` reads the requests ({ path, token } as JSON, one a line) from stdin and prints { answered, refused, p50, p99 }.
const [port, seconds] = process.argv.slice(2).map(Number)
const requests = (await Array.fromAsync(process.stdin))
  .join('')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { path: string; token: string })
const every = 5
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const taken: number[] = []
let refused = 0

const once = (nth: number) =>
  new Promise<number>((resolve, reject) => {
    const { path, token } = requests[nth % requests.length]!
    const began = performance.now()
    const asking = request({ port, host: '127.0.0.1', agent, path, headers: { authorization: `Bearer ${token}` } }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        if (answer.statusCode !== 200) refused++
        resolve(performance.now() - began)
      })
    })
    asking.on('error', reject)
    asking.end()
  })

for (let nth = 0; nth < 200; nth++) await once(nth)
const began = performance.now()
const under: Promise<unknown>[] = []
for (let nth = 0; nth * every < seconds! * 1_000; nth++) {
  under.push(once(200 + nth).then((ms) => taken.push(ms)))
  await pause(Math.max(0, began + (nth + 1) * every - performance.now()))
}
await Promise.all(under)
agent.destroy()
const sorted = taken.toSorted((a, b) => a - b)
const at = (share: number) => sorted[Math.floor(sorted.length * share)]!
console.log(JSON.stringify({ answered: taken.length, refused, p50: at(0.5), p99: at(0.99) }))
