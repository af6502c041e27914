import type { WebSocket } from 'ws'
import * as z from 'zod/mini'
import type { Acting, Database } from '#platform/database/acting.ts'
import type { Hall, Listener } from './hall.ts'
import { fromClient, limits, type FromClient, type FromServer, type WhyBye } from './protocol.ts'
import { Turns } from './turns.ts'

export type Visitor = {
  person: string
  session: string | undefined
  acting: Acting<'authenticated'>
  /** When what let them in ends by itself, in milliseconds of this clock. */
  until?: number
}
export type Serving = { database: Pick<Database, 'read'>; hall: Hall; epoch: string; node: string; onFailure: (error: unknown) => void }

/** How far somebody has heard a topic. While they catch up, or take no more, what comes is only noted: it is read from the table. */
type Place = { heard: number; noted: number; catchingUp: boolean; ready: boolean }

// So that a thousand who come back at once do not all ask at once.
export const turns = new Turns(8)

/** One end of one connection. */
export class Socket implements Listener {
  readonly visitor: Visitor
  readonly person: string
  /** When it was last proved that they are still let in. */
  askedAt = performance.now()
  #ws: WebSocket
  #serving: Serving
  #places = new Map<string, Place>()
  #asked = new Map<string, number | null>()
  #reading = false
  #behind = false
  #lastHeard = performance.now()
  #allowed: number = limits.burst
  #countedAt = performance.now()
  #ended = false

  constructor(ws: WebSocket, visitor: Visitor, serving: Serving) {
    this.person = visitor.person
    this.visitor = visitor
    this.#ws = ws
    this.#serving = serving
    ws.on('message', (data, isBinary) => this.#receive(isBinary ? undefined : (data as Buffer)))
    ws.on('pong', () => (this.#lastHeard = performance.now()))
    ws.on('close', () => this.#leaveAll())
    ws.on('error', () => {}) // what is wrong with the line; 'close' follows
    const { epoch, node } = serving
    this.tell({ say: 'hello', epoch, now: new Date().toISOString(), beat: limits.beat, node })
  }

  give(topic: string, seq: number, frame: Buffer): void {
    const place = this.#places.get(topic)
    if (!place || seq <= place.heard) return
    if (!place.catchingUp && !this.#behind && seq === place.heard + 1 && this.#takes()) {
      place.heard = seq
      this.#ws.send(frame, asText)
    } else place.noted = seq
  }

  /** Words are only said to whoever takes them. Who takes nothing at all, and asks for more and more, is cut off. */
  tell(message: FromServer): void {
    if (this.#ws.readyState !== open) return
    if (this.#ws.bufferedAmount > limits.most) return this.#ws.terminate()
    if (this.#ws.bufferedAmount > limits.unsent && (message.say === 'word' || message.say === 'present')) return
    this.#ws.send(JSON.stringify(message))
  }

  cut(topic: string, why: 'not_yours' | 'closed' | 'too_many'): void {
    this.#places.delete(topic)
    this.tell({ say: 'cut', topic, why })
  }

  /** Bytes that wait for the other end to take them. */
  get unsent(): number {
    return this.#ws.bufferedAmount
  }

  /** Several times a minute: whoever took too little may take more now, and whoever is silent is gone. */
  look(): void {
    if (performance.now() - this.#lastHeard > limits.silence) return this.#ws.terminate()
    this.#ws.ping()
    this.tell({ say: 'beat', now: new Date().toISOString() })
  }

  lookWhetherItTakes(): void {
    if (!this.#behind || this.#ws.bufferedAmount > limits.unsent / 8) return
    this.#behind = false
    this.#goOn()
  }

  bye(why: WhyBye, within: number): void {
    this.#ended = true
    this.tell({ say: 'bye', why, within })
    this.#ws.close(why === 'server_ends' ? 1012 : 4001, why)
    setTimeout(() => this.#ws.terminate(), 2_000).unref() // who does not say goodbye
  }

  #takes(): boolean {
    this.#behind ||= this.#ws.bufferedAmount > limits.unsent
    return !this.#behind
  }

  #receive(data: Buffer | undefined): void {
    const now = performance.now()
    this.#allowed = Math.min(limits.burst, this.#allowed + ((now - this.#countedAt) / 1_000) * limits.aSecond)
    this.#lastHeard = this.#countedAt = now
    if (this.#ended) return
    const message = data && readable(data)
    if (!message) return this.#ws.close(1008, 'not understood')
    if (this.#allowed < 1) return this.#ws.close(1008, 'too much')
    this.#allowed -= 1
    this.#answer(message)
  }

  #answer(message: FromClient): void {
    const { hall } = this.#serving
    if (message.say === 'beat') this.tell({ say: 'beat', now: new Date().toISOString(), answers: true })
    else if (message.say === 'listen') this.#listen(message)
    else if (message.say === 'leave') for (const topic of message.topics) this.#leave(topic)
    else if (!this.#isIn(message.topic)) return
    else if (message.say === 'word') hall.word(this, message)
    else hall.here(this, message.topic, message.state)
  }

  #isIn(topic: string): boolean {
    const place = this.#places.get(topic)
    return place !== undefined && !place.catchingUp
  }

  // Entered before the table is read: what happens meanwhile is noted, and read then.
  #listen({ topics, epoch }: FromClient & { say: 'listen' }): void {
    const ofAnotherTime = epoch !== undefined && epoch !== this.#serving.epoch
    for (const [topic, cursor] of Object.entries(topics)) {
      if (this.#places.has(topic)) continue
      if (this.#places.size >= limits.topics) this.tell({ say: 'cut', topic, why: 'too_many' })
      else {
        this.#places.set(topic, { heard: -1, noted: -1, catchingUp: true, ready: false })
        this.#serving.hall.enter(topic, this)
        this.#asked.set(topic, ofAnotherTime && cursor !== null ? beyondAll : cursor)
      }
    }
    void this.#catchUp()
  }

  #leave(topic: string): void {
    this.#places.delete(topic)
    this.#asked.delete(topic)
    this.#serving.hall.leave(topic, this)
  }

  #leaveAll(): void {
    this.#ended = true
    for (const topic of this.#places.keys()) this.#leave(topic)
  }

  /** Reads on where something was noted and could not be given. */
  #goOn(): void {
    this.#noteWhoIsBehind()
    void this.#catchUp()
  }

  // Some topics at a time, and only while what was read before is taken: else whoever asks and does not listen would fill the memory.
  async #catchUp(): Promise<void> {
    if (this.#reading) return
    this.#reading = true
    try {
      while (this.#asked.size > 0 && !this.#ended && this.#takes()) {
        const some = [...this.#asked].slice(0, atOnce)
        for (const [topic] of some) this.#asked.delete(topic)
        for (const row of await turns.take(() => this.#since(some))) this.#arrived(row)
        this.#noteWhoIsBehind()
      }
    } catch (error) {
      // Whoever may not ask any more, or a database that is away: they come again, with the cursors they have.
      this.#serving.onFailure(error)
      this.#ws.close(1013, 'try again')
    } finally {
      this.#reading = false
    }
  }

  #since(some: [string, number | null][]): Promise<Since[]> {
    const [topics, cursors] = [some.map(([topic]) => topic), some.map(([, cursor]) => cursor) as number[]]
    return this.#serving.database.read(this.visitor.acting, (db) => db.rows('private.live_since', { topics, cursors }))
  }

  #noteWhoIsBehind(): void {
    for (const [topic, place] of this.#places)
      if (!place.catchingUp && place.noted > place.heard) {
        place.catchingUp = true
        this.#asked.set(topic, place.heard)
      }
  }

  #arrived({ topic_id: topic, state, seq, acl_version, events }: Since): void {
    const place = this.#places.get(topic!)
    if (!place || !this.#serving.hall.listens(topic!, this)) return
    if (state === 'not_yours') {
      this.#serving.hall.leave(topic!, this)
      return this.cut(topic!, 'not_yours')
    }
    this.#serving.hall.prove(topic!, this, acl_version!)
    const missed = JSON.parse(events ?? '[]') as { seq: number }[]
    for (const event of missed) this.tell({ say: 'event', topic, ...event } as FromServer)
    place.heard = missed.at(-1)?.seq ?? seq!
    place.noted = Math.max(place.noted, seq!)
    place.catchingUp = false
    if (state === 'reset') this.tell({ say: 'reset', topic: topic!, seq: seq! })
    if (place.ready || place.heard < place.noted) return
    place.ready = true
    this.tell({ say: 'ready', topic: topic!, seq: place.heard })
  }
}

type Since = { topic_id: string | null; state: string | null; seq: number | null; acl_version: number | null; events: string | null }
const open = 1
const atOnce = 10 // topics: of a hundred events each at most
const asText = { binary: false }
const beyondAll = Number.MAX_SAFE_INTEGER

function readable(data: Buffer): FromClient | undefined {
  try {
    return z.parse(fromClient, JSON.parse(data.toString()))
  } catch {
    return undefined // which closes the line, with a word why
  }
}
