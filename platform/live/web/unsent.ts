import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { call, Refusal } from '#platform/operations/call.ts'
import type { AnyOperation, SentTo } from '#platform/operations/operation.ts'
import type { Problem } from '#platform/operations/problem.ts'
import { isReached, listenTo, lost } from '#platform/web/connection.ts'
import { askWhoIsHere } from '#platform/web/gone.ts'
import { noteLeft } from './left.ts'

// What this browser has not got rid of yet. It is kept in the browser's own database before it is sent for the first time, and stays
// there until the server has answered: a reload, a crash, a closed tab cost nothing. Each thing is one person's, and is sent as that
// person or not at all.
export type Unsent = {
  /** In this order; numbers of one queue go up. */
  order: number
  person: string
  /** Things of one queue are sent one after the other: a conversation, a list. */
  queue: string
  method: AnyOperation['method']
  path: AnyOperation['path']
  input: Record<string, unknown>
  /** The same each time it is sent. */
  key: string
  /** By this computer's clock. */
  made_at: string
  /** Where it was written. */
  page: string
  /** The server said no. It stays until the person sends it again or drops it, and what came after it goes on. */
  refused?: Problem
}
/** What happened to a queue, here or in another tab. */
export type Change = { person: string; queue: string; sent?: number }

const answersWithin = 30_000 // milliseconds
const longestPause = 60_000
const othersStay = 14 * 86_400_000 // things of whoever does not come back to this browser

/** Keeps it, and sends it when its turn comes. Rejects if it cannot be kept: then it is the page's still. */
export async function keep<P extends AnyOperation>(person: string, queue: string, { method, path }: P, input: SentTo<P>): Promise<void> {
  const [key, made_at, page] = [crypto.randomUUID(), new Date().toISOString(), location.pathname]
  const made = { person, queue, method, path, input, key, made_at, page }
  await (await store()).add('unsent', made as unknown as Unsent)
  noteLeft(true)
  tell({ person, queue })
  void send(person, queue)
}

export async function unsentOf(person: string, queue: string): Promise<Unsent[]> {
  return (await store()).getAllFromIndex('unsent', 'queue', [person, queue])
}

export async function allUnsentOf(person: string): Promise<Unsent[]> {
  return (await store()).getAllFromIndex('unsent', 'person', person)
}

/** A refused thing once more, in its old place. */
export async function sendAgain({ order, person, queue }: Unsent): Promise<void> {
  await change(order, (thing) => {
    delete thing.refused
    return thing
  })
  tell({ person, queue })
  await send(person, queue)
}

export async function drop({ order, person, queue }: Unsent): Promise<void> {
  await remove(order)
  tell({ person, queue })
}

/** Nothing of theirs stays behind. */
export async function forgetUnsent(person: string): Promise<void> {
  for (const { order } of await allUnsentOf(person)) await remove(order)
}

/** Whatever this person left unsent, also where no page shows it. */
export async function sendAll(person: string): Promise<void> {
  const all = await (await store()).getAll('unsent')
  const before = new Date(Date.now() - othersStay).toISOString()
  for (const thing of all) if (thing.person !== person && thing.made_at < before) await remove(thing.order)
  const theirs = all.filter((thing) => thing.person === person)
  await Promise.all([...new Set(theirs.map(({ queue }) => queue))].map((queue) => send(person, queue)))
}

export function onChange(listener: (change: Change) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const waiting = new Map<string, { person: string; queue: string; failures: number; pause?: ReturnType<typeof setTimeout> }>()
listenTo(() => {
  if (isReached()) for (const { person, queue } of waiting.values()) void send(person, queue)
})

// One tab at a time; the next finds what is left. The lock is not held during a pause: a tab in the background is slow to wake.
async function send(person: string, queue: string): Promise<void> {
  const name = `vivavoce.unsent ${person} ${queue}`
  clearTimeout(waiting.get(name)?.pause)
  const outcome = await navigator.locks.request(name, async () => {
    for (;;) {
      const next = (await unsentOf(person, queue)).find(({ refused }) => !refused)
      if (!next) return 'nothing left'
      const outcome = await sendOne(next)
      if (outcome !== 'on') return outcome
    }
  })
  if (outcome === 'nothing left') return void waiting.delete(name)
  const failures = (waiting.get(name)?.failures ?? 0) + 1
  const pause = (0.5 + Math.random() / 2) * Math.min(longestPause, 1_000 * 2 ** failures)
  const again = () => isReached() && void send(person, queue) // else when somebody answers again
  waiting.set(name, { person, queue, failures, ...(outcome === 'later' ? { pause: setTimeout(again, pause) } : {}) })
}

async function sendOne(thing: Unsent): Promise<'on' | 'later' | 'nobody'> {
  const { order, person, queue, method, path, input, key } = thing
  try {
    const options = { idempotencyKey: key, person, signal: AbortSignal.timeout(answersWithin) }
    await call({ method, path } as unknown as AnyOperation, input as never, options)
  } catch (error) {
    if (!(error instanceof Refusal)) {
      if (error instanceof TypeError) lost() // nobody answered; what else it may be is an answer cut short, or none in time
      return 'later'
    }
    const { problem } = error as Refusal
    if (problem.code === 'not_signed_in' || problem.code === 'token_not_accepted') {
      void askWhoIsHere()
      return 'nobody'
    }
    if (problem.status >= 500 || later.has(problem.code)) return 'later'
    await change(order, (thing) => ({ ...thing, refused: problem }))
    tell({ person, queue })
    return 'on'
  }
  const failed = waiting.get(`vivavoce.unsent ${person} ${queue}`)
  if (failed) failed.failures = 0
  await remove(order)
  tell({ person, queue, sent: order })
  return 'on'
}
// Not about what was sent.
const later = new Set(['too_many_requests', 'too_slow', 'second_factor_needed'])

interface Schema extends DBSchema {
  unsent: { key: number; value: Unsent; indexes: { person: string; queue: [string, string] } }
}
let opened: Promise<IDBPDatabase<Schema>> | undefined

function store(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>('vivavoce', 1, {
    upgrade(db) {
      const unsent = db.createObjectStore('unsent', { keyPath: 'order', autoIncrement: true })
      unsent.createIndex('person', 'person')
      unsent.createIndex('queue', ['person', 'queue'])
    },
    blocking: (_before, _after, event) => (event.target as IDBDatabase).close(), // a tab with a newer version waits for us
    terminated: () => (opened = undefined),
  })
  opened.catch(() => (opened = undefined))
  return opened
}

async function change(order: number, how: (thing: Unsent) => Unsent): Promise<void> {
  const tx = (await store()).transaction('unsent', 'readwrite')
  const thing = await tx.store.get(order)
  if (thing) await tx.store.put(how(thing)) // else it was dropped in another tab
  await tx.done
}

async function remove(order: number): Promise<void> {
  const db = await store()
  await db.delete('unsent', order)
  noteLeft(false)
  if ((await db.count('unsent')) > 0) noteLeft(true) // in this order: another tab may keep something meanwhile
}

const listeners = new Set<(change: Change) => void>()
const tabs = new BroadcastChannel('vivavoce.unsent')
tabs.addEventListener('message', ({ data }) => listeners.forEach((listener) => listener(data as Change)))

function tell(change: Change): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin, and takes no such argument
  tabs.postMessage(change)
  for (const listener of listeners) listener(change)
}
