import type { Part } from '#platform/part.ts'
import { showMentoring } from './demo.ts'
import { mentoringOfPerson } from './person.ts'
import { mentoringPlans } from './plans.ts'

export const mentoring: Part = { name: 'mentoring', people: [mentoringOfPerson], plans: [mentoringPlans], demo: showMentoring }
