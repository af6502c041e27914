import { sql } from 'kysely'
import type * as z from 'zod/mini'
import type { FunctionsOf } from '#platform/database/roles.ts'
import { handle } from '#platform/operations/handle.ts'
import * as api from '../api/progress.ts'
import { whatNext } from '../what-next.ts'

/** How somebody is getting on, and what they might practise next. */
export const progress = [
  handle(api.readProgress, async ({ db }) => {
    const [marked, cases, [ratings], skills] = await db.all(
      db
        .selectFrom(sql<Marked>`private.my_progress()`.as('mine'))
        .select(['session_id', 'round', 'began_at', 'marked_by', 'domain', 'points', 'most', 'lines', 'done', 'critical', 'missed']),
      db.selectFrom(sql<New>`private.cases_new_to_me()`.as('new')).select(['domain', 'case_id', 'case_name', 'category', 'content_note']),
      db.selectFrom(sql<Ratings>`private.my_ratings()`.as('mine')).select(['times', 'mean']),
      db.selectFrom('practice.domains').select('key').orderBy('name'),
    )
    const marks = marked as z.input<typeof api.readProgress.output>['marks']
    return {
      marks,
      next: whatNext(
        marks,
        skills.map(({ key }) => key),
      ).map((next) => ({ ...next, case: caseOf(cases, next.domain) })),
      as_patient: ratings!.times ? { times: ratings!.times, mean: ratings!.mean! } : null,
    }
  }),
]

type Marked = FunctionsOf['authenticated']['private.my_progress']['rows'][number]
type New = FunctionsOf['authenticated']['private.cases_new_to_me']['rows'][number]
type Ratings = FunctionsOf['authenticated']['private.my_ratings']['rows'][number]

function caseOf(cases: readonly New[], domain: string) {
  const found = cases.find((one) => one.domain === domain)
  if (!found) return null
  return { id: found.case_id!, case_name: found.case_name!, category: found.category!, content_note: found.content_note! }
}
