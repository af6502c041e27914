import { Worker } from 'node:worker_threads'
import type { Logger } from '#platform/operations/log.ts'
import type { FromThread, Settings, ToThread } from './messages.ts'
import type { Death } from './reasons.ts'

export type Thread = { tell(message: ToThread): void; stop(): Promise<void> }
export type Keeping = { entry: URL; settings: Settings; silentSeconds: number; memoryMb: number; longestPauseSeconds: number; log: Logger }
export type Hearing = { hears(message: FromThread): void; died(why: Death): void }

/** Keeps one thread running: whatever ends it, another one follows, after growing pauses while they do not last. */
export function keepThread(keeping: Keeping, hearing: Hearing): Thread {
  const { entry, settings, memoryMb, longestPauseSeconds, log } = keeping
  let current: Worker | undefined
  let next: NodeJS.Timeout | undefined
  let pause = 0
  let stopping = false
  start()

  function start(): void {
    const began = performance.now()
    const worker = new Worker(entry, { name: 'jobs', workerData: settings, resourceLimits: { maxOldGenerationSizeMb: 4 * memoryMb } })
    current = worker
    let why: Death | undefined
    const end = (death: Death) => {
      why ??= death
      void worker.terminate()
    }
    const watches = [watchAnswers(worker, keeping, end), watchMemory(worker, keeping, end)]
    worker.on('message', hearing.hears)
    worker.on('error', (error) => {
      why ??= (error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'thread_used_too_much_memory' : 'thread_crashed'
      log.error({ err: error }, 'an error ended the thread in which jobs run')
    })
    worker.on('exit', (exitCode) => {
      watches.forEach(clearInterval)
      current = undefined
      if (stopping) return
      pause = performance.now() - began > longLife ? 0 : Math.min(2 * pause + 1, longestPauseSeconds)
      why ??= 'thread_ended_itself'
      log.error({ why, exitCode, pause }, 'the thread in which jobs run ended; another one follows')
      hearing.died(why)
      next = setTimeout(start, pause * 1_000)
    })
  }

  return {
    tell: (message) => current && tell(current, message),
    async stop() {
      stopping = true
      clearTimeout(next)
      await current?.terminate()
    },
  }
}

const longLife = 60_000
const look = 250

// In looks rather than by the clock, so that a time in which this process itself stood still (a laptop's sleep, a long
// pause of the main thread) does not count.
function watchAnswers(worker: Worker, { silentSeconds }: Keeping, end: (why: Death) => void): NodeJS.Timeout {
  let looks = 0
  let ready = false
  worker.on('message', ({ says }: FromThread) => {
    ready ||= says === 'ready'
    looks = 0
  })
  return setInterval(() => {
    if (++looks * look > 1_000 * (ready ? silentSeconds : longestStart)) end('thread_did_not_answer')
    tell(worker, { ask: 'are_you_there' })
  }, look)
}
const longestStart = 60

// V8's own limit comes too late: it counts no buffers, and one large allocation at the limit (a Map that grows) ends the
// whole process, not the thread. So that limit is set far off, and what counts is what we see here.
function watchMemory(worker: Worker, { memoryMb, log }: Keeping, end: (why: Death) => void): NodeJS.Timeout {
  let seeing: Promise<void> | undefined
  const see = async () => {
    try {
      const { total_heap_size, external_memory, malloced_memory } = await worker.getHeapStatistics()
      if (total_heap_size + external_memory + malloced_memory > memoryMb * 2 ** 20) end('thread_used_too_much_memory')
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_WORKER_NOT_RUNNING')
        log.error({ err: error }, 'the memory of the thread could not be seen')
    } finally {
      seeing = undefined
    }
  }
  return setInterval(() => void (seeing ??= see()), look)
}

const tell = (worker: Worker, message: ToThread) => worker.postMessage(message, [])
