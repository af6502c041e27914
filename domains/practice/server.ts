import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { shipPractice } from './content/ship.ts'
import { showPractice } from './demo.ts'
import { practiceOfPerson } from './person.ts'
import { practicePlans } from './plans.ts'
import { authors } from './server/authors.ts'
import { finding } from './server/finding.ts'
import { library } from './server/library.ts'
import { sessions } from './server/sessions.ts'
import { sheet } from './server/sheet.ts'
import { texts } from './server/texts.ts'

export const practice: Part = {
  name: 'practice',
  api,
  handlers: [...library, ...finding, ...sessions, ...texts, ...sheet, ...authors],
  people: [practiceOfPerson],
  plans: [practicePlans],
  content: shipPractice,
  demo: showPractice,
}
