import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { FromServer } from '#platform/live/protocol.ts'

// Somebody who listens and somebody who sends, through whatever happens: they come back, go on from their cursor, send again. What
// they saw is written down in order and read afterwards by history.ts.
export type Seen =
  | { at: number; saw: 'event'; topic: string; seq: number; kind: string; line: string | undefined }
  | { at: number; saw: 'reset' | 'ready'; topic: string; seq: number }
  | { at: number; saw: 'cut' | 'bye'; why: string }
  | { at: number; saw: 'open' | 'lost' }
export type Follower = { seen: Seen[]; cursors: Map<string, number | null>; connections: () => number; stop(): void }
export type Someone = { token: string; address: () => string }

export function follow({ token, address }: Someone, topics: string[], silence = 5_000): Follower {
  const seen: Seen[] = []
  const cursors = new Map<string, number | null>(topics.map((topic) => [topic, null]))
  const over = new AbortController()
  let ws: WebSocket | undefined
  let connections = 0
  let epoch: string | undefined
  void comeBack()

  async function comeBack(): Promise<void> {
    while (!over.signal.aborted) {
      await connected()
      if (!over.signal.aborted) await pause(20 + Math.random() * 180)
    }
  }

  function connected(): Promise<void> {
    return new Promise((gone) => {
      const line = (ws = new WebSocket(`${address().replace(/^http/, 'ws')}/live`, {
        headers: { authorization: `Bearer ${token}` },
        handshakeTimeout: 2_000,
      }))
      let patience: NodeJS.Timeout | undefined
      const heardSomething = () => {
        clearTimeout(patience)
        patience = setTimeout(() => line.terminate(), silence)
      }
      line.on('error', () => {}) // 'close' follows
      line.on('open', () => {
        connections++
        note({ saw: 'open' })
        heardSomething()
      })
      line.on('message', (data: Buffer) => {
        heardSomething()
        take(JSON.parse(data.toString()) as FromServer, line)
      })
      line.on('close', () => {
        clearTimeout(patience)
        note({ saw: 'lost' })
        gone()
      })
    })
  }

  function take(message: FromServer, line: WebSocket): void {
    if (message.say === 'hello') {
      line.send(JSON.stringify({ say: 'listen', topics: Object.fromEntries(cursors), ...(epoch ? { epoch } : {}) }))
      epoch = message.epoch
    }
    if (message.say === 'event') {
      const { topic, seq, kind, body } = message
      note({ saw: 'event', topic, seq, kind, line: body['line'] })
      cursors.set(topic, seq)
    }
    if (message.say === 'reset' || message.say === 'ready') {
      note({ saw: message.say, topic: message.topic, seq: message.seq })
      cursors.set(message.topic, message.seq)
    }
    if (message.say === 'cut') note({ saw: 'cut', why: message.why })
    if (message.say === 'bye') note({ saw: 'bye', why: message.why })
  }

  function note(what: { saw: Seen['saw'] } & Record<string, unknown>): void {
    seen.push({ at: performance.now(), ...what } as Seen)
  }

  return {
    seen,
    cursors,
    connections: () => connections,
    stop() {
      over.abort()
      ws?.terminate()
    },
  }
}

export type Sent = { acknowledged: string[]; tries: number; stop?: AbortSignal }

/** Says so many lines, one after the other, each again and again with the same id until somebody says that it is there. */
export async function send({ token, address }: Someone, topic: string, count: number, sent: Sent, every = 0): Promise<Sent> {
  for (let nth = 0; nth < count; nth++) {
    const id = randomUUID()
    const next = performance.now() + every
    while (!(await once(id))) {
      if (sent.stop?.aborted) return sent
      await pause(30)
    }
    sent.acknowledged.push(id)
    await pause(Math.max(0, next - performance.now()))
  }
  return sent

  async function once(client_id: string): Promise<boolean> {
    sent.tries++
    try {
      const answer = await fetch(`${address()}/api/sample/talks/${topic}/lines`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ client_id, words: 'Are you there?' }),
        signal: AbortSignal.timeout(5_000),
      })
      await answer.text()
      if (answer.status === 404) throw new Error('sent away')
      return answer.ok
    } catch (error) {
      if ((error as Error).message === 'sent away') throw error
      return false // nobody knows whether it arrived: it is sent again
    }
  }
}
