import { Link } from '@tanstack/react-router'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { listAssigned, listGroups } from '../../api/groups.ts'
import { useDue } from './due.ts'
import './groups.css'

/** On a case's page, for somebody signed in: by whom it is assigned to me, and until when; and to which groups of mine it could be. */
export function AssignedHere({ case_id }: { case_id: string }) {
  const mine = useRead(listAssigned, {}).items.filter((assignment) => assignment.case_id === case_id)
  const taught = useRead(listGroups, {}).items.filter(({ part }) => part === 'teacher')
  const due = useDue()
  return (
    <>
      {mine.map(({ id, group_id, group_name, teacher_first_name, due_on, words, practised_at }) => (
        <p key={id} className="assigned-here">
          Assigned by {teacher_first_name} in <Link to={`/practice/groups/${group_id}`}>{group_name}</Link>. {due(due_on)}.
          {practised_at && (
            <>
              {' '}
              You practised it on <When at={practised_at} kind="date" />.
            </>
          )}
          {words && <span className="assigned-words">{words}</span>}
        </p>
      ))}
      {taught.length > 0 && (
        <p className="assigned-here">
          Assign it to{' '}
          {taught.map(({ id, name }, nth) => (
            <span key={id}>
              {nth > 0 && ', '}
              <Link to={`/practice/groups/${id}/assign?case=${case_id}`}>{name}</Link>
            </span>
          ))}
        </p>
      )}
    </>
  )
}
