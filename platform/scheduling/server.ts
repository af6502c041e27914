import type { Part } from '#platform/part.ts'
import { schedulingOfPerson } from './person.ts'

export const scheduling: Part = { name: 'scheduling', people: [schedulingOfPerson] }
