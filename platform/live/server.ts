import type { Part } from '#platform/part.ts'
import { sweepEvents } from './jobs.ts'
import { liveOfPerson } from './person.ts'
import { serveLive } from './serve.ts'

export const live: Part = { name: 'live', jobs: [sweepEvents], people: [liveOfPerson], serve: serveLive }
