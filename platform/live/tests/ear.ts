import { WebSocket } from 'ws'
import type { FromClient, FromServer, LiveEvent } from '#platform/live/protocol.ts'

// A program that listens, for tests: keeps what it heard, in order.
export type Ear = {
  heard: FromServer[]
  ws: WebSocket
  say(message: FromClient): void
  /** Resolves with the first message, of those heard already or still to come, that is so. */
  hears<S extends FromServer['say']>(
    say: S,
    is?: (message: Extract<FromServer, { say: S }>) => boolean,
  ): Promise<Extract<FromServer, { say: S }>>
  events(topic: string): LiveEvent[]
  closed: Promise<{ code: number; reason: string }>
  close(): void
}

export async function listen(address: string, headers: Record<string, string>): Promise<Ear> {
  const ws = new WebSocket(`${address.replace(/^http/, 'ws')}/live`, { headers, perMessageDeflate: false })
  const heard: FromServer[] = []
  const waiting = new Set<() => void>()
  const closed = new Promise<{ code: number; reason: string }>((gone) =>
    ws.on('close', (code, reason) => gone({ code, reason: reason.toString() })),
  )
  ws.on('message', (data) => {
    heard.push(JSON.parse((data as Buffer).toString()) as FromServer)
    for (const look of waiting) look()
  })
  ws.on('error', () => {}) // told by 'close'
  await new Promise((opened, failed) => ws.once('open', opened).once('error', failed))
  return {
    heard,
    ws,
    closed,
    say: (message) => ws.send(JSON.stringify(message)),
    events: (topic) => heard.filter((message): message is LiveEvent => message.say === 'event' && message.topic === topic),
    close: () => ws.close(),
    hears: (say, is = () => true) =>
      new Promise((found, never) => {
        let looked = 0
        const timer = setTimeout(() => {
          waiting.delete(look)
          never(new Error(`never heard ${say}; heard ${JSON.stringify(heard.slice(-5))}`))
        }, 20_000)
        const look = () => {
          for (; looked < heard.length; looked++) {
            const message = heard[looked] as Extract<FromServer, { say: typeof say }>
            if (message.say !== say || !is(message)) continue
            clearTimeout(timer)
            waiting.delete(look)
            return found(message)
          }
        }
        waiting.add(look)
        look()
      }),
  }
}
