import { endWithParent } from '#platform/configuration/parent.ts'
import { start, type Serving } from './server.ts'

const longestGoodbye = 12_000

/** The server as a process: it says its address, and ends in good order when it is told to. */
export async function run(serving: Serving): Promise<void> {
  const running = await start(serving)
  let ending = false
  const end = (code: number) => {
    if (ending) return
    ending = true
    setTimeout(() => process.exit(1), longestGoodbye).unref()
    running.stop().then(
      () => process.exit(code),
      (error: unknown) => {
        serving.log.fatal({ err: error }, 'could not end in good order')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  endWithParent(() => end(1))
  void running.gaveUp.then(() => end(1))
  console.log(running.address)
}
