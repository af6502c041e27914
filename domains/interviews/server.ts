import type { Part } from '#platform/part.ts'
import { showInterviews } from './demo.ts'
import { cv } from './files.ts'
import { interviewsOfPerson } from './person.ts'

export const interviews: Part = { name: 'interviews', purposes: [cv], people: [interviewsOfPerson], demo: showInterviews }
