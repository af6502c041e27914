import { work } from '#platform/jobs/worker.ts'
import { jobs } from '../jobs.ts'

// What app/worker.ts is to the app.
work(jobs)
