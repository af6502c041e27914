import { Worker } from 'node:worker_threads'

// The SHA-256 of what comes in is reckoned in a thread of its own, which follows each file while it grows: so it holds up
// neither other requests nor, at the end, the sender. A file that goes on after a break is followed from its beginning.
export type Order = { id: string; file: string } & ({ until: number } | { end: 'tell' | 'forget' })
export type Told = { id: string; sha256: string } | { id: string; failed: string }
export type Following = Disposable & { until(length: number): void }

export function follow(id: string, file: string): Following {
  return {
    until: (until) => order({ id, file, until }),
    [Symbol.dispose]: () => order({ id, file, end: 'forget' }),
  }
}

/** Of the whole file, in hexadecimal. */
export function fingerprintOf(id: string, file: string): Promise<string> {
  const asked = Promise.withResolvers<string>()
  waiting.set(id, asked)
  order({ id, file, end: 'tell' })
  return asked.promise
}

const waiting = new Map<string, PromiseWithResolvers<string>>()
let thread: Worker | undefined

function order(message: Order): void {
  thread ??= start()
  thread.postMessage(message, [])
}

function start(): Worker {
  const worker = new Worker(new URL('./fingerprint-thread.ts', import.meta.url), { name: 'fingerprints' })
  worker.on('message', (told: Told) => {
    const asked = waiting.get(told.id)
    waiting.delete(told.id)
    if ('sha256' in told) asked?.resolve(told.sha256)
    else asked?.reject(new Error(told.failed))
  })
  // Whoever waits asks again, with their next request; the next order starts another thread.
  worker.on('error', (error) => {
    thread = undefined
    for (const asked of waiting.values()) asked.reject(error)
    waiting.clear()
  })
  worker.unref()
  return worker
}
