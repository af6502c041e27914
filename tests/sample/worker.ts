import { work } from '#platform/jobs/worker.ts'
import { parts } from '#app/domains.ts'
import { sample } from './server.ts'

work([...parts, sample].flatMap(({ jobs = [] }) => jobs))
