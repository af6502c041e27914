import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'

// Many who listen, in a process of their own: told what to do by the bench, and answering with figures.
export type ToListeners =
  | { do: 'open'; address: string; who: { token: string; topics: string[]; from?: string }[]; atOnce: number }
  | { do: 'reset' }
  | { do: 'count'; until: number; patience: number }
  | { do: 'storm'; within: number }
export type Counted = { received: number; seconds: number; p50: number; p99: number; most: number; cpu: number }

type One = { address: string; token: string; topics: Map<string, number | null>; from: string | undefined; ws: WebSocket | undefined }
const all: One[] = []
let received = 0
let first = 0
let last = 0
let latencies: number[] = []
let cpuFrom = process.cpuUsage()

process.on('message', (message: ToListeners) => {
  void obey(message).then((answer) => process.send!(answer ?? {}))
})

async function obey(message: ToListeners): Promise<unknown> {
  if (message.do === 'open') {
    const mine = message.who.map(({ token, topics, from }): One => {
      return { address: message.address, token, topics: new Map(topics.map((topic) => [topic, null])), from, ws: undefined }
    })
    all.push(...mine)
    return { seconds: await openAll(mine, message.atOnce) }
  }
  if (message.do === 'storm') {
    for (const { ws } of all) ws!.terminate()
    const began = performance.now()
    await Promise.all(all.map((one) => pause(Math.random() * message.within).then(() => open(one))))
    return { seconds: (performance.now() - began) / 1_000 }
  }
  if (message.do === 'reset') {
    received = 0
    latencies = []
    cpuFrom = process.cpuUsage()
    return {}
  }
  const late = performance.now() + message.patience
  while (received < message.until && performance.now() < late) await pause(5)
  const { user, system } = process.cpuUsage(cpuFrom)
  const sorted = Float64Array.from(latencies).toSorted()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return {
    received,
    seconds: (last - first) / 1_000,
    p50: at(0.5),
    p99: at(0.99),
    most: at(1),
    cpu: (user + system) / 1_000,
  } satisfies Counted
}

async function openAll(mine: One[], atOnce: number): Promise<number> {
  const began = performance.now()
  const waiting = [...mine]
  const hand = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) await open(one)
  }
  await Promise.all(Array.from({ length: atOnce }, hand))
  return (performance.now() - began) / 1_000
}

// Ready when the server has said so of every topic; the bare server says nothing, so there is nothing to wait for.
async function open(one: One): Promise<void> {
  for (;;) {
    const headers = one.token ? { authorization: `Bearer ${one.token}` } : {}
    const ws = new WebSocket(one.address, { headers, perMessageDeflate: false, ...(one.from ? { localAddress: one.from } : {}) })
    one.ws = ws
    ws.on('error', () => {}) // 'close' follows
    ws.on('message', (data: Buffer) => heard(one, data))
    const opened = await Promise.race([
      once(ws, 'open').then(
        () => true,
        () => false,
      ),
      once(ws, 'close').then(() => false),
    ])
    if (opened && one.topics.size === 0) return
    if (opened && (await ready(one, ws))) return
    ws.terminate()
    await pause(100 + Math.random() * 400)
  }
}

function ready(one: One, ws: WebSocket): Promise<boolean> {
  let missing = one.topics.size
  return new Promise((done) => {
    const look = (data: Buffer) => {
      if (!/"say":"(?:ready|reset)"/.test(data.toString('latin1', 0, 40)) || --missing > 0) return
      ws.off('message', look)
      done(true)
    }
    ws.on('message', look)
    ws.once('close', () => done(false))
    ws.send(JSON.stringify({ say: 'listen', topics: Object.fromEntries(one.topics) }))
  })
}

// The sender's clock stands in the first six bytes of the line's id, as in a UUID of version 7: all are on one machine.
function heard(one: One, data: Buffer): void {
  const text = data.toString('latin1')
  const event = /^{"say":"event","topic":"([^"]+)","seq":(\d+)/.exec(text)
  if (!event) return
  one.topics.set(event[1]!, Number(event[2]))
  received++
  last = performance.now()
  if (received === 1) first = last
  const line = /"line": ?"(\w{8})-(\w{4})-7/.exec(text)
  if (line) latencies.push(performance.timeOrigin + last - Number.parseInt(line[1]! + line[2]!, 16))
}
