import { WebSocket, WebSocketServer } from 'ws'

// The limit: a `ws` server that does nothing but send. Told how often to send a frame of the same size to everybody.
const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
wss.on('listening', () => process.send!({ port: (wss.address() as { port: number }).port }))
process.on('message', ({ times }: { times: number }) => void broadcast(times))

async function broadcast(times: number): Promise<void> {
  const cpu = process.cpuUsage()
  for (let time = 0; time < times; time++) {
    const frame = Buffer.from(
      `{"say":"event","topic":"00000000-0000-4000-8000-000000000000","seq":${time},"kind":"sample.said","body":{"by": "00000000-0000-4000-8000-000000000000", "line": "00000000-0000-4000-8000-000000000000"},"at":"2026-11-20T10:14:37.123456Z"}`,
    )
    for (const ws of wss.clients) if (ws.readyState === WebSocket.OPEN) ws.send(frame, { binary: false })
    await new Promise(setImmediate)
  }
  const { user, system } = process.cpuUsage(cpu)
  process.send!({ cpu: (user + system) / 1_000 })
}
