import { useState } from 'react'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { BlockPerson } from '#platform/safety/web/block-person.tsx'
import { ReportPerson } from '#platform/safety/web/report-person.tsx'
import { useMe } from '#platform/web/me.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { Sheet } from '#platform/web/parts/sheet.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { listAssigned, listGroups, readGroup, removeFromGroup } from '../../api/groups.ts'
import { nameOf, type Group } from './group.tsx'

type Known = Pick<Group['people'][number], 'person_id' | 'first_name' | 'last_name'> & { avatar?: string | null }
type SomebodyProps = { person: Known; group: Group; says: string | undefined }

/** Somebody in a group, and behind one button what can be done about them. */
export function Somebody({ person, group, says }: SomebodyProps) {
  const [opened, setOpened] = useState(false)
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const again = () => {
    for (const { path } of [readGroup, listGroups, listAssigned]) void client.invalidateQueries({ queryKey: [path] })
    if (person.person_id === group.teacher_id) void navigate({ to: '/practice/groups' }) // whose group is not there any more
  }
  const name = nameOf(person)
  return (
    <div className="somebody">
      <Person name={name} picture={person.avatar} says={says} />
      {person.person_id !== me.id && (
        <Button variant="subtle" onClick={() => setOpened(true)} aria-label={`More about ${name}`}>
          More
        </Button>
      )}
      <Sheet opened={opened} onClose={() => setOpened(false)} title={name}>
        <div className="group-acts">
          {group.part === 'teacher' && <Remove person={person.person_id} name={name} group={group.id} />}
          <ReportPerson id={person.person_id} name={name} />
          <BlockPerson id={person.person_id} name={name} onDone={again} />
        </div>
      </Sheet>
    </div>
  )
}

function Remove({ person, name, group }: { person: string; name: string; group: string }) {
  const act = useAct(by(removeFromGroup), { refreshes: [readGroup, listGroups], onDone: () => say(`${name} is not in the group any more`) })
  return (
    <Confirm
      verb="Take out of the group"
      says={`${name} is not told. As long as they have the link they can come back: make another one if they are not to.`}
      act={act}
      into={() => ({ id: group, person })}
    />
  )
}
