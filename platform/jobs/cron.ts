import type { Job } from './job.ts'
import { insertion, waiting, type Queue } from './queue.ts'

/** Makes pg-boss's schedules those of the jobs. A time that passes while no node runs is passed over. */
export async function keepSchedules({ boss }: Queue, jobs: Iterable<Job>): Promise<void> {
  const wanted = new Set<string>()
  for (const job of jobs) {
    if (job.cron === undefined) continue
    wanted.add(job.name)
    const { data, ...options } = insertion({ job, envelope: { job: job.name, data: {}, tried: 0 }, key: `${job.name} by the clock` })
    await boss.schedule(waiting, job.cron, data, { ...options, tz: 'UTC', key: job.name })
  }
  for (const { key } of await boss.getSchedules(waiting)) if (!wanted.has(key)) await boss.unschedule(waiting, key)
}
