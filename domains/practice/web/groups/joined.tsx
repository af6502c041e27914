import { useNavigate } from '@tanstack/react-router'
import { useMe } from '#platform/web/me.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { leaveGroup, listAssigned, listGroups } from '../../api/groups.ts'
import { PracticePage } from '../tabs.tsx'
import { Assigned, ToDo } from './assigned.tsx'
import { allGroups, type Group } from './group.tsx'
import { Somebody } from './somebody.tsx'
import { WhatIsSeen } from './what-is-seen.tsx'

/** For whoever is in it. */
export function Joined({ group }: { group: Group }) {
  const { id, name, words, teacher_id, teacher_first_name, teacher_last_name, people, assignments } = group
  const me = useMe()
  const teacher = `${teacher_first_name} ${teacher_last_name}`.trim()
  return (
    <PracticePage title={name} above={allGroups} lead={`Taught by ${teacher}.${words && ` ${words}`}`}>
      <Section title="Assigned cases" lead="A case counts as practised once you were the candidate in it, as far as the feedback.">
        {assignments.length === 0 ? (
          <Empty>Nothing is assigned yet. You are told when something is.</Empty>
        ) : (
          <Rows label="Assigned cases">
            {assignments.map((assignment) => (
              <Row key={assignment.id}>
                <Assigned assignment={assignment} />
                <ToDo {...assignment} />
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      <Section title="People">
        <Rows label="People">
          <Row>
            <Somebody
              person={{ person_id: teacher_id, first_name: teacher_first_name, last_name: teacher_last_name }}
              group={group}
              says="Teaches"
            />
          </Row>
          {people.map((person) => (
            <Row key={person.person_id}>
              <Somebody person={person} group={group} says={person.person_id === me.id ? 'You' : undefined} />
            </Row>
          ))}
        </Rows>
      </Section>
      <Section title="What is seen of you">
        <WhatIsSeen teacher={teacher_first_name} />
        <Leave id={id} teacher={teacher_first_name} />
      </Section>
    </PracticePage>
  )
}

function Leave({ id, teacher }: { id: string; teacher: string }) {
  const navigate = useNavigate()
  const act = useAct(by(leaveGroup), {
    refreshes: [listGroups, listAssigned],
    onDone: () => {
      say('You have left the group')
      void navigate({ to: '/practice/groups' })
    },
  })
  return (
    <Confirm
      verb="Leave the group"
      says={`${teacher} sees nothing of you here any more. To come back you need a link; what you practised before does not count then.`}
      act={act}
      into={() => ({ id })}
    />
  )
}
