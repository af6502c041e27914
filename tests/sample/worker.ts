import { parentPort } from 'node:worker_threads'
import type { FromThread, ToThread } from '#platform/jobs/messages.ts'

// As app/worker.ts, but what jobs need is loaded when there is one: most servers of tests never run any, and loading takes each a
// third of a second of the processor.
const port = parentPort!
const say = (message: FromThread) => port.postMessage(message)
const early: ToThread[] = []
const hear = (message: ToThread) => {
  if (message.ask !== 'run') say({ says: 'here' })
  else if (early.push(message) === 1) void load()
}
port.on('message', hear)
say({ says: 'ready' })

async function load(): Promise<void> {
  const { work } = await import('#platform/jobs/worker.ts')
  const { parts } = await import('#app/domains.ts')
  const { sample } = await import('./server.ts')
  port.off('message', hear)
  work([...parts, sample].flatMap(({ jobs = [] }) => jobs))
  for (const message of early) port.emit('message', message)
}
