import { parts } from '#app/domains.ts'
import { work } from '#platform/jobs/worker.ts'

work(parts.flatMap(({ jobs = [] }) => jobs))
