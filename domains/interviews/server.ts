import type { Part } from '#platform/part.ts'
import { showInterviews } from './demo.ts'
import { cv } from './files.ts'
import { interviewsOfPerson } from './person.ts'
import { interviewPlans } from './plans.ts'

export const interviews: Part = {
  name: 'interviews',
  purposes: [cv],
  people: [interviewsOfPerson],
  plans: [interviewPlans],
  demo: showInterviews,
}
