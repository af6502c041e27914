import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { When } from '#platform/web/parts/when.tsx'
import { useDue } from './due.ts'
import type { Assignment } from './group.tsx'

type AssignedProps = {
  assignment: Pick<Assignment, 'case_id' | 'case_name' | 'published' | 'due_on' | 'words'>
  says?: ReactNode
  children?: ReactNode
}

/** A case that is assigned: its name, by when, and what the teacher says about it. */
export function Assigned({ assignment: { case_id, case_name, published, due_on, words }, says, children }: AssignedProps) {
  const due = useDue()
  return (
    <div className="assigned">
      {published ? (
        <Link to={`/practice/cases/${case_id}`} className="assigned-case">
          {case_name}
        </Link>
      ) : (
        <span className="assigned-case">{case_name}</span>
      )}
      <span className="assigned-says">
        {due(due_on)}
        {says && <> · {says}</>}
        {!published && ' · Not in the library any more'}
      </span>
      {words && <span className="assigned-words">{words}</span>}
      {children}
    </div>
  )
}

type ToDoProps = Pick<Assignment, 'case_id' | 'case_name' | 'published' | 'practised_at' | 'session_id' | 'round'>

/** What to do about a case that is assigned to me, or how it went. */
export function ToDo({ case_id, case_name, published, practised_at, session_id, round }: ToDoProps) {
  if (practised_at)
    return (
      <Link to={`/practice/results/${session_id}/${round}`} className="assigned-done">
        Practised <When at={practised_at} kind="date" />
      </Link>
    )
  if (!published) return null
  return (
    <span className="assigned-ways">
      <Link to={`/practice/offer?case=${case_id}&as=candidate`} aria-label={`With a partner: ${case_name}`}>
        With a partner
      </Link>
      <Link to={`/practice/alone?case=${case_id}`} aria-label={`Alone: ${case_name}`}>
        Alone
      </Link>
    </span>
  )
}
