import { Link, useNavigate } from '@tanstack/react-router'
import { call } from '#platform/operations/call.ts'
import type { OutputOf, SentTo } from '#platform/operations/operation.ts'
import { Edit } from '#platform/web/parts/edit.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { useAct, useRead } from '#platform/web/read.ts'
import { listGroups, makeGroup } from '../../api/groups.ts'
import { readProfile } from '../../api/profile.ts'
import { AppearFirst, appearThen, useIsNew } from '../finding/appear.tsx'
import { PracticePage } from '../tabs.tsx'
import { GroupFields, groupOf } from './fields.tsx'
import './groups.css'

export function Groups() {
  return (
    <PracticePage
      title="Groups"
      lead="A teacher assigns cases to practise by a day, and sees who has, but not how it went."
      action={<Make />}
    >
      <Mine />
    </PracticePage>
  )
}

function Mine() {
  const { items } = useRead(listGroups, {})
  const [taught, joined] = [items.filter(({ part }) => part === 'teacher'), items.filter(({ part }) => part === 'member')]
  if (items.length === 0)
    return (
      <Empty>
        You are in no group. Whoever teaches you can send you a link: follow it, and what they assign stands here. If it is you who teaches,
        make a group and send its link to those you teach.
      </Empty>
    )
  return (
    <>
      {joined.length > 0 && (
        <Section title="You are in">
          <Rows label="Groups you are in">
            {joined.map(({ id, name, teacher_first_name, teacher_last_name, assigned, open }) => (
              <Row key={id}>
                <Link to="/practice/groups/$id" params={{ id }}>
                  <Called name={name} says={`Taught by ${teacher_first_name} ${teacher_last_name}`.trim()} />
                  <span className="group-state">{openInWords(assigned, open)}</span>
                </Link>
              </Row>
            ))}
          </Rows>
        </Section>
      )}
      {taught.length > 0 && (
        <Section title="You teach">
          <Rows label="Groups you teach">
            {taught.map(({ id, name, people, assigned }) => (
              <Row key={id}>
                <Link to="/practice/groups/$id" params={{ id }}>
                  <Called name={name} says={people === 1 ? 'One person' : `${people} people`} />
                  <span className="group-state">{assigned === 1 ? 'One case assigned' : `${assigned} cases assigned`}</span>
                </Link>
              </Row>
            ))}
          </Rows>
        </Section>
      )}
    </>
  )
}

const Called = ({ name, says }: { name: string; says: string }) => (
  <span className="group-called">
    <b>{name}</b>
    <span>{says}</span>
  </span>
)

type Listed = OutputOf<typeof listGroups>['items'][number]
function openInWords(assigned: Listed['assigned'], open: Listed['open']): string {
  if (assigned === 0) return 'Nothing is assigned'
  return open === 0 ? 'All practised' : `${open} to practise`
}

function Make() {
  const isNew = useIsNew()
  const navigate = useNavigate()
  const act = useAct(
    appearThen(isNew, (input: SentTo<typeof makeGroup>) => call(makeGroup, input)),
    { refreshes: [listGroups, readProfile], onDone: ({ id }) => void navigate({ to: '/practice/groups/$id', params: { id } }) },
  )
  return (
    <Edit
      verb="Make a group"
      button={{ variant: 'filled' }}
      act={act}
      submit="Make it"
      into={(fields) => ({ fields, input: groupOf(fields) })}
    >
      {isNew && <AppearFirst />}
      <GroupFields />
    </Edit>
  )
}
