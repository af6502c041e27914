import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Edit } from '#platform/web/parts/edit.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { moment } from '#platform/web/parts/times.ts'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { changeAssignment, changeGroup, endGroup, listGroups, readGroup, withdrawAssignment } from '../../api/groups.ts'
import { PracticePage } from '../tabs.tsx'
import { Assigned } from './assigned.tsx'
import { AssignmentFields, assignmentOf, GroupFields, groupOf } from './fields.tsx'
import { allGroups, nameOf, type Assignment, type Group } from './group.tsx'
import { GroupLink } from './link.tsx'
import { Somebody } from './somebody.tsx'

const shownElsewhere = (
  <>
    You see who has practised a case, and when. How it went you see where somebody{' '}
    <Link to="/practice/results/shared">shows you their result</Link>.
  </>
)

/** For whoever teaches it. */
export function Taught({ group }: { group: Group }) {
  const { id, name, words, people, assignments } = group
  return (
    <PracticePage
      title={name}
      above={allGroups}
      lead={words}
      action={
        <Button component={Link} to={`/practice/groups/${id}/assign`}>
          Assign a case
        </Button>
      }
    >
      <Section title="Assigned cases" lead={shownElsewhere}>
        {assignments.length === 0 ? (
          <Empty>Nothing is assigned yet. Choose a case and a day; everybody in the group is told.</Empty>
        ) : (
          <Rows label="Assigned cases">
            {assignments.map((assignment) => (
              <Row key={assignment.id}>
                <AssignedByMe group={group} assignment={assignment} />
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      <Section title="Invite people" lead="Whoever you send this to can join, until you make another link or take it away.">
        <GroupLink group={group} />
      </Section>
      <Section title="People">
        {people.length === 0 ? (
          <Empty>Nobody is in the group yet. Send the link above to those you teach.</Empty>
        ) : (
          <Rows label="People">
            {people.map((person) => (
              <Row key={person.person_id}>
                <Somebody person={person} group={group} says={saysOf(group, person)} />
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      <Section title="The group itself">
        <div className="group-acts">
          <Change group={group} />
          <End id={id} />
        </div>
      </Section>
    </PracticePage>
  )
}

function saysOf({ assignments, practised }: Group, { person_id, joined_at }: Group['people'][number]): string {
  if (assignments.length === 0) return `Joined ${moment(joined_at!, 'date')}`
  return `Has practised ${practised.filter((one) => one.person_id === person_id).length} of ${assignments.length}`
}

function AssignedByMe({ group: { people, practised }, assignment }: { group: Group; assignment: Assignment }) {
  const done = new Map(practised.filter((one) => one.assignment === assignment.id).map((one) => [one.person_id, one.practised_at]))
  return (
    <>
      <Assigned assignment={assignment} says={people.length > 0 && `${done.size} of ${people.length} have practised it`}>
        {people.length > 0 && (
          <details className="practised">
            <summary>Who has practised it</summary>
            <ul>
              {people.map((person) => (
                <li key={person.person_id} data-is={done.has(person.person_id) ? 'done' : undefined}>
                  <span>{nameOf(person)}</span>
                  <span>{done.has(person.person_id) ? moment(done.get(person.person_id)!, 'date') : 'not yet'}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Assigned>
      <span className="group-acts">
        <ChangeAssignment assignment={assignment} />
        <Withdraw assignment={assignment} />
      </span>
    </>
  )
}

function ChangeAssignment({ assignment: { id, due_on, words } }: { assignment: Assignment }) {
  const act = useAct(by(changeAssignment), { refreshes: [readGroup], onDone: () => say('Changed') })
  return (
    <Edit verb="Change" act={act} submit="Change it" into={(fields) => ({ id, ...assignmentOf(fields) })}>
      <AssignmentFields due_on={due_on} words={words} />
    </Edit>
  )
}

function Withdraw({ assignment: { id, case_name } }: { assignment: Assignment }) {
  const act = useAct(by(withdrawAssignment), {
    refreshes: [readGroup, listGroups],
    onDone: () => say(`${case_name} is not assigned any more`),
  })
  return (
    <Confirm
      verb="Withdraw"
      says={`“${case_name}” disappears from what is assigned, and with it who has practised it. What people did stays theirs.`}
      act={act}
      into={() => ({ id })}
    />
  )
}

function Change({ group: { id, name, words } }: { group: Group }) {
  const act = useAct(by(changeGroup), { refreshes: [readGroup, listGroups], onDone: () => say('Changed') })
  return (
    <Edit verb="Change name and words" act={act} submit="Change it" into={(fields) => ({ id, ...groupOf(fields) })}>
      <GroupFields name={name} words={words} />
    </Edit>
  )
}

function End({ id }: { id: string }) {
  const navigate = useNavigate()
  const act = useAct(by(endGroup), {
    refreshes: [listGroups],
    onDone: () => {
      say('The group has ended')
      void navigate({ to: '/practice/groups' })
    },
  })
  return (
    <Confirm
      verb="End the group"
      says="The group and what is assigned in it go, for everybody. What people practised stays theirs. There is no way back."
      act={act}
      into={() => ({ id })}
    />
  )
}
