import { keepSealing } from '#platform/audit/seal.ts'
import { work } from '#platform/jobs/worker.ts'
import { parts } from './domains.ts'

// The thread of the jobs (platform/jobs/supervise.ts).
keepSealing(work(parts.flatMap(({ jobs = [] }) => jobs)))
