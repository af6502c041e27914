import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { shipPractice } from './content/ship.ts'
import { showPractice } from './demo.ts'
import { sweepPractice, tendWishes } from './jobs.ts'
import { practiceOfPerson } from './person.ts'
import { practicePlans } from './plans.ts'
import { attendance } from './server/attendance.ts'
import { authors } from './server/authors.ts'
import { clock } from './server/clock.ts'
import { finding } from './server/finding.ts'
import { groups } from './server/groups.ts'
import { library } from './server/library.ts'
import { progress } from './server/progress.ts'
import { paper } from './server/paper.ts'
import { results } from './server/results.ts'
import { sessions } from './server/sessions.ts'
import { shares } from './server/shares.ts'
import { sheet } from './server/sheet.ts'
import { texts } from './server/texts.ts'
import { watching } from './server/watching.ts'
import { wishes } from './server/wishes.ts'

export const practice: Part = {
  name: 'practice',
  api,
  handlers: (server) => [
    ...library,
    ...finding,
    ...wishes,
    ...sessions,
    ...attendance,
    ...clock,
    ...texts,
    ...sheet,
    ...results,
    ...paper,
    ...progress,
    ...shares,
    ...authors,
    ...groups(server),
    ...watching(server),
  ],
  jobs: [sweepPractice, tendWishes],
  people: [practiceOfPerson],
  plans: [practicePlans],
  content: shipPractice,
  demo: showPractice,
}
