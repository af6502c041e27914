import type { Part } from '#platform/part.ts'
import { showPractice } from './demo.ts'
import { practiceOfPerson } from './person.ts'

export const practice: Part = { name: 'practice', people: [practiceOfPerson], demo: showPractice }
