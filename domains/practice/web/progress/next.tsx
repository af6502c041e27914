import { Link } from '@tanstack/react-router'
import type { readProgress } from '#domains/practice/api/progress.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { SkillName } from '../library/case-row.tsx'

type Suggested = OutputOf<typeof readProgress>['next'][number]

/** What to practise next: the skill, the reason in numbers, a case for it that is new. */
export const WhatNext = ({ next }: { next: readonly Suggested[] }) => (
  <Rows label="What to practise next">
    {next.map((one) => (
      <Row key={one.domain}>
        <span className="next">
          <span className="next-skill">
            <SkillName skill={one.domain} />
          </span>
          <span className="next-why">{reasonOf(one)}</span>
          {one.case ? (
            <span>
              A case that is new to you: <Link to={`/practice/cases/${one.case.id}`}>{one.case.case_name}</Link>
              {one.case.content_note && <span className="next-note"> · May distress: {one.case.content_note}</span>}
            </span>
          ) : (
            <span>
              You know every case for it. <Link to={`/practice/cases?domain=${one.domain}`}>Play one again</Link>
            </span>
          )}
        </span>
      </Row>
    ))}
  </Rows>
)

function reasonOf({ why, rounds = 0, of = 0, share = 0 }: Suggested): string {
  if (why === 'new') return 'None of your stations has been marked for it yet.'
  if (why === 'low') return `${Math.round(share * 100)} % of the scale over your last ${of} marks for it.`
  if (of === 1) return 'In your latest station with a line critical for safety, one was left out.'
  if (rounds === of) return `In each of your ${of} latest stations with a line critical for safety, one was left out.`
  return `In ${rounds} of your ${of} latest stations with a line critical for safety, one was left out.`
}
