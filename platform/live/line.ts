import pg from 'pg'
import type { Logger } from '#platform/operations/log.ts'

export type Line = { wake(): void; say(words: unknown): void; stop(): Promise<void> }
export type Opening = { url: string; node: string; log: Logger; onWake: () => void; onWords: (words: unknown) => void }

const gather = 8 // milliseconds: one NOTIFY for whatever commits meanwhile, because all commits with one stand in a line
const apart = 150 // between looks at what other nodes wrote: with many nodes each would look for everybody's every write
const tryAgain = 500
const cut = 7_500 // bytes of a piece; PostgreSQL takes payloads of fewer than 8,000
const mostWaiting = 5_000

// One connection of its own to wake the other nodes and to be woken by them. What it carries may be lost: events wait in their table,
// words are only worth something now.
export function openLine({ url, node, log, onWake, onWords }: Opening): Line {
  let client: pg.Client | undefined
  let stopped = false
  let pause: NodeJS.Timeout | undefined
  let gathering: NodeJS.Timeout | undefined
  let looking: NodeJS.Timeout | undefined
  let lookedAt = -Infinity
  let sending: Promise<unknown> | undefined
  let count = 0
  let woken = false
  let waiting: string[] = []
  const pieces = new Map<string, string[]>()
  let connecting = connect()

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, application_name: 'vivavoce live', keepAlive: true })
    const lost = (why?: Error & { code?: string }) => {
      if (client === fresh) client = undefined
      fresh.removeAllListeners('end')
      void leave(fresh)
      if (stopped || pause) return
      if (why) log.warn({ code: why.code ?? why.name }, 'the line between nodes was lost; events are read all the same')
      pause = setTimeout(() => {
        pause = undefined
        connecting = connect()
      }, tryAgain)
    }
    fresh.on('error', lost)
    fresh.on('end', () => lost())
    fresh.on('notification', ({ payload = '' }) => heard(payload))
    try {
      await fresh.connect()
      await fresh.query('listen live')
    } catch (error) {
      return lost(error as Error)
    }
    client = fresh
    onWake() // whatever was said while nobody listened
  }

  // 'w<node>': something is there to be read. 'p<node> <number> <place> <of>\n…': a piece of words.
  function heard(payload: string): void {
    if (payload.slice(1).startsWith(node)) return
    if (payload.startsWith('w')) return lookSoon()
    const [head = '', ...rest] = payload.split('\n')
    const [from, number, place, of] = head.split(' ')
    const key = `${from} ${number}`
    const got = pieces.get(key) ?? []
    got[Number(place)] = rest.join('\n')
    pieces.set(key, got)
    if (pieces.size > 1_000) pieces.delete(pieces.keys().next().value!) // of words whose rest was lost
    if (got.filter((piece) => piece !== undefined).length < Number(of)) return
    pieces.delete(key)
    onWords(JSON.parse(got.join('')))
  }

  function lookSoon(): void {
    looking ??= setTimeout(
      () => {
        looking = undefined
        lookedAt = performance.now()
        onWake()
      },
      Math.max(0, lookedAt + apart - performance.now()),
    )
  }

  function later(): void {
    gathering ??= setTimeout(() => {
      gathering = undefined
      sending ??= send().finally(() => {
        sending = undefined
        if (woken || waiting.length > 0) later()
      })
    }, gather)
  }

  async function send(): Promise<void> {
    const payloads = [...(woken ? [`w${node}`] : []), ...waiting]
    if (woken) {
      lookedAt = performance.now()
      onWake()
    }
    woken = false
    waiting = []
    if (!client || payloads.length === 0) return
    try {
      await client.query(`select pg_notify('live', payload) from unnest($1::text[]) payload`, [payloads])
    } catch (error) {
      log.warn({ code: (error as { code?: string }).code }, 'other nodes could not be woken; they look by themselves')
    }
  }

  return {
    wake() {
      woken = true
      later()
    },
    say(words) {
      const text = inAscii(JSON.stringify(words)) // so that a cut is nowhere within a letter
      const of = Math.ceil(text.length / cut)
      const number = ++count
      for (let place = 0; place < of; place++)
        waiting.push(`p${node} ${number} ${place} ${of}\n${text.slice(place * cut, (place + 1) * cut)}`)
      if (waiting.length > mostWaiting) waiting.splice(0, waiting.length - mostWaiting)
      later()
    },
    async stop() {
      stopped = true
      clearTimeout(pause)
      clearTimeout(gathering)
      clearTimeout(looking)
      await Promise.allSettled([connecting, sending])
      await client?.end()
    },
  }
}
const inAscii = (json: string) => json.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

async function leave(client: pg.Client): Promise<void> {
  try {
    await client.end()
  } catch {
    // it is lost already
  }
}
