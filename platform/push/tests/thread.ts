import { handOn } from '#platform/notices/hand-on.ts'
import { work } from '#platform/jobs/worker.ts'
import { patiently } from '#tests/push-service.ts'
import { sendPokeBy } from '../send.ts'

// What app/worker.ts is to the app, but that it goes out to a push service of this machine.
export const jobs = [handOn, sendPokeBy(patiently)]
work(jobs)
