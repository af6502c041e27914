import type { Part } from '#platform/part.ts'
import { showCare } from './demo.ts'
import { messageFile, verificationEvidence } from './files.ts'
import { endExpiredVerifications, followAddress } from './jobs.ts'
import { careOfPerson } from './person.ts'
import { carePlans } from './plans.ts'

export const care: Part = {
  name: 'care',
  jobs: [endExpiredVerifications, followAddress],
  purposes: [messageFile, verificationEvidence],
  people: [careOfPerson],
  plans: [carePlans],
  demo: showCare,
}
