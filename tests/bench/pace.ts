import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

// How long answers take at a steady pace: every 20 ms a request, whether or not those before are answered. `node pace.ts PORT
// SECONDS TOKEN PATH…` prints { answered, refused, p50, p99 }.
const [port = '', seconds = '', token = '', ...paths] = process.argv.slice(2)
const every = 20
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
const headers = { authorization: `Bearer ${token}` }
const taken: number[] = []
let refused = 0

const once = (path: string, count: boolean) =>
  new Promise<void>((resolve, reject) => {
    const began = performance.now()
    const asking = request({ port, host: '127.0.0.1', agent, path, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        if (count) taken.push(performance.now() - began)
        if (answer.statusCode !== 200) refused++
        resolve()
      })
    })
    asking.on('error', reject)
    asking.end()
  })

for (const path of paths.slice(0, 20)) await once(path, false)
const began = performance.now()
const under: Promise<void>[] = []
for (let at = 0; at * every < Number(seconds) * 1_000; at++) {
  under.push(once(paths[at % paths.length]!, true))
  await pause(Math.max(0, began + (at + 1) * every - performance.now()))
}
await Promise.all(under)
agent.destroy()
const sorted = taken.toSorted((a, b) => a - b)
const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
console.log(JSON.stringify({ answered: taken.length, refused, p50: at(0.5), p99: at(0.99) }))
