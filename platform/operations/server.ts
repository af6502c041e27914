import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { sweepAnswers } from './jobs.ts'
import { answersToPerson } from './person.ts'
import { systemHandler } from './system.ts'

export const operations: Part = {
  name: 'operations',
  api,
  jobs: [sweepAnswers],
  people: [answersToPerson],
  handlers: (server) => [systemHandler(server)],
}
