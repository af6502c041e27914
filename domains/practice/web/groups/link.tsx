import { Button } from '@mantine/core'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { Refused } from '#platform/web/parts/refused.tsx'
import { readGroup, renewLink, revokeLink } from '../../api/groups.ts'
import { CopyLink } from '../copy-link.tsx'
import type { Group } from './group.tsx'

/** The link by which people join, as long as there is one. */
export function GroupLink({ group: { id, link } }: { group: Group }) {
  const make = useAct(by(renewLink), { refreshes: [readGroup], onDone: () => say('The group has a link') })
  const renew = useAct(by(renewLink), { refreshes: [readGroup], onDone: () => say('The group has another link') })
  const revoke = useAct(by(revokeLink), { refreshes: [readGroup], onDone: () => say('The link opens nothing any more') })
  if (link === null)
    return (
      <>
        <p>There is no link: nobody can join.</p>
        <Button variant="default" loading={make.busy} onClick={() => make.run({ id })}>
          Make a link
        </Button>
        {make.refusal && <Refused error={make.refusal} />}
      </>
    )
  return (
    <>
      <CopyLink link={link} />
      <div className="group-acts">
        <Confirm
          verb="Make another link"
          says="The link there is opens nothing any more; a new one takes its place. Whoever is in the group stays."
          act={renew}
          into={() => ({ id })}
        />
        <Confirm
          verb="Take the link away"
          says="Nobody can join any more until you make a new one. Whoever is in the group stays."
          act={revoke}
          into={() => ({ id })}
        />
      </div>
    </>
  )
}
