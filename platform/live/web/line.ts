import type { FromServer, LiveEvent, Present, WhyCut, Word } from '../protocol.ts'
import { keepWire, type Wire } from './wire.ts'

// This tab's one line to the server: opened with the first topic, closed some seconds after the last. It remembers how far each
// topic was heard, and goes on from there when it was lost.
export type Happened = {
  kind: string
  body: Record<string, unknown>
  /** Of an event: its number in the topic, and when it was. */
  seq?: number
  at?: string
  /** Of a word: who said it. */
  from?: string
}
export type People = Present['people']
/** `began`: listening began here, and what was read before may be old; `missed`: too much was. */
export type WhyReset = 'began' | 'missed'
export type Listener = {
  happened(what: Happened): void
  /** Everything up to now was heard, and from now on will be; or not any more. */
  ready?(ready: boolean): void
  reset?(why: WhyReset): void
  cut?(why: WhyCut): void
  /** Only whoever has this is told who is present. */
  present?(people: People): void
}

type Topic = {
  listeners: Set<Listener>
  /** Of those, who was not told yet that it began. */
  fresh: Set<Listener>
  /** The number up to which it was heard; null where listening begins. */
  cursor: number | null
  ready: boolean
  /** Asked for once more, after a gap: what still comes of the first time is of no use. */
  anew: boolean
  cut?: WhyCut
  here: Map<Listener, string>
  people?: People
  leaving?: ReturnType<typeof setTimeout>
}

const lingers = 5_000 // milliseconds: from one page to the next

const topics = new Map<string, Topic>()
let wire: Wire | undefined
let epoch: string | undefined
let welcome = false
let unasked = new Set<string>()

/** Hears a topic from now on, until what it gives back is called. */
export function listen(id: string, listener: Listener): () => void {
  const topic = topics.get(id) ?? enter(id)
  clearTimeout(topic.leaving)
  topic.listeners.add(listener)
  topic.fresh.add(listener)
  if (topic.cut) askAgain(id, topic, null)
  if (topic.ready) begin(topic, listener)
  if (topic.people) safely(() => listener.present?.(topic.people!))
  else if (topic.ready && listener.present) askWhoIsPresent(id, topic)
  return () => {
    topic.listeners.delete(listener)
    topic.fresh.delete(listener)
    if (topic.here.delete(listener)) sayHere(id, topic)
    if (topic.listeners.size === 0) topic.leaving = setTimeout(() => leave(id), lingers)
  }
}

/** To everybody who listens, or to one person. Kept nowhere: false if it was not even sent. */
export function say(id: string, kind: string, body: object, to?: string): boolean {
  if (!topics.get(id)?.ready) return false
  return wire!.send({ say: 'word', topic: id, kind, body, ...(to ? { to } : {}) })
}

/** This listener is present, and how; null: no longer. */
export function here(id: string, listener: Listener, state: string | null): void {
  const topic = topics.get(id)
  if (!topic?.listeners.has(listener)) return
  topic.here.delete(listener)
  if (state !== null) topic.here.set(listener, state)
  sayHere(id, topic)
}

function enter(id: string): Topic {
  const topic: Topic = { listeners: new Set(), fresh: new Set(), cursor: null, ready: false, anew: false, here: new Map() }
  topics.set(id, topic)
  wire ??= keepWire({ heard, lost })
  askFor(id)
  return topic
}

function leave(id: string): void {
  topics.delete(id)
  unasked.delete(id)
  if (topics.size > 0) return void wire!.send({ say: 'leave', topics: [id] })
  wire!.close()
  wire = undefined
}

// Pages have many parts that listen; what they ask for at once is one message.
function askFor(id: string): void {
  if (unasked.size === 0) queueMicrotask(ask)
  unasked.add(id)
}

function ask(): void {
  if (!welcome || !wire) return
  const cursors = [...unasked].flatMap((id) => (topics.has(id) ? [[id, topics.get(id)!.cursor] as const] : []))
  unasked.clear()
  if (cursors.length > 0) wire.send({ say: 'listen', topics: Object.fromEntries(cursors), ...(epoch ? { epoch } : {}) })
}

function askAgain(id: string, topic: Topic, cursor: number | null): void {
  delete topic.cut
  topic.cursor = cursor
  topic.anew = true
  stopBeingReady(topic)
  wire?.send({ say: 'leave', topics: [id] })
  askFor(id)
}

function lost(): void {
  welcome = false
  for (const topic of topics.values()) stopBeingReady(topic)
}

function stopBeingReady(topic: Topic): void {
  if (!topic.ready) return
  topic.ready = false
  for (const { ready } of topic.listeners) safely(() => ready?.(false))
}

function heard(message: FromServer): void {
  if (message.say === 'hello') return greet(message)
  if (!('topic' in message)) return
  const topic = topics.get(message.topic)
  if (topic) hear(message, topic)
}

// The cursors are of the epoch of the line before: to another one the server answers with resets.
function greet({ epoch: now }: FromServer & { say: 'hello' }): void {
  welcome = true
  unasked = new Set([...topics].flatMap(([id, { cut }]) => (cut ? [] : [id])))
  ask()
  epoch = now
}

function hear(message: Extract<FromServer, { topic: string }>, topic: Topic): void {
  switch (message.say) {
    case 'event':
      return hearEvent(message, topic)
    case 'ready':
      return hearReady(message.topic, message.seq, topic)
    case 'reset':
      topic.anew = false
      topic.cursor = message.seq
      for (const listener of topic.listeners) if (!topic.fresh.has(listener)) safely(() => listener.reset?.('missed'))
      return
    case 'cut':
      topic.cut = message.why
      topic.cursor = null
      stopBeingReady(topic)
      for (const { cut } of topic.listeners) safely(() => cut?.(message.why))
      return
    case 'word':
      return hearWord(message, topic)
    case 'present':
      topic.people = message.people
      for (const { present } of topic.listeners) safely(() => present?.(message.people))
      return
    default:
      message satisfies never // a newer server may say more; it is not for us
  }
}

function hearEvent({ topic: id, seq, kind, body, at }: LiveEvent, topic: Topic): void {
  if (topic.cursor !== null && seq <= topic.cursor) return // heard before
  if (topic.cursor !== null && seq > topic.cursor + 1) return topic.anew ? undefined : askAgain(id, topic, topic.cursor)
  topic.anew = false
  topic.cursor = seq
  for (const { happened } of topic.listeners) safely(() => happened({ kind, body, seq, at }))
}

function hearReady(id: string, seq: number, topic: Topic): void {
  const missed = topic.cursor !== null && topic.cursor < seq // which does not happen; if it did, nobody would notice but here
  topic.anew = false
  topic.cursor = seq
  topic.ready = true
  for (const listener of topic.listeners) {
    if (missed && !topic.fresh.has(listener)) safely(() => listener.reset?.('missed'))
    begin(topic, listener)
  }
  askWhoIsPresent(id, topic)
}

function begin(topic: Topic, listener: Listener): void {
  safely(() => listener.ready?.(true))
  if (topic.fresh.delete(listener)) safely(() => listener.reset?.('began'))
}

function hearWord({ kind, body, from }: Word, topic: Topic): void {
  if (typeof body !== 'object' || body === null) return // another person's browser may send anything
  for (const { happened } of topic.listeners) safely(() => happened({ kind, body: body as Record<string, unknown>, from }))
}

function askWhoIsPresent(id: string, topic: Topic): void {
  const isAsked = topic.here.size > 0 || [...topic.listeners].some(({ present }) => present)
  if (isAsked) sayHere(id, topic)
}

function sayHere(id: string, topic: Topic): void {
  if (topic.ready) wire?.send({ say: 'here', topic: id, state: [...topic.here.values()].at(-1) ?? null })
}

// What a page does with what it hears must not cost the others theirs.
function safely(deed: () => void): void {
  try {
    deed()
  } catch (error) {
    reportError(error)
  }
}
