import { Link } from '@tanstack/react-router'
import { useReached } from '#platform/web/connection.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { useRead } from '#platform/web/read.ts'
import { listAssigned } from '../../api/groups.ts'
import { Assigned, ToDo } from './assigned.tsx'
import './groups.css'

/** On Today: what is assigned to me and not done, the three that are due first. */
export function AssignedToMe() {
  return useReached() ? <ToPractise /> : null // what a teacher wrote is not kept for a time without a connection
}

function ToPractise() {
  const { items } = useRead(listAssigned, {})
  const open = items.filter(({ practised_at, published }) => practised_at === null && published)
  if (open.length === 0) return null
  return (
    <Section title="To practise" action={<Link to="/practice/groups">Groups</Link>}>
      <Rows label="To practise">
        {open.slice(0, 3).map((assignment) => (
          <Row key={assignment.id}>
            <Assigned assignment={assignment} says={<Link to={`/practice/groups/${assignment.group_id}`}>{assignment.group_name}</Link>} />
            <ToDo {...assignment} />
          </Row>
        ))}
      </Rows>
      {open.length > 3 && <p className="group-state">And {open.length - 3} more.</p>}
    </Section>
  )
}
