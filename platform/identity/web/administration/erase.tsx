import { useNavigate } from '@tanstack/react-router'
import { findPeople } from '#platform/identity/administration/api.ts'
import { erasePersonNow } from '#platform/identity/leaving/api.ts'
import { TextField } from '#platform/web/parts/fields.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { PersonAct, type SeenPerson } from './person-act.tsx'

/** There is no way back from here, so their address is to be typed. */
export function Erase({ id, email }: SeenPerson) {
  const navigate = useNavigate()
  const act = useAct(by(erasePersonNow), {
    refreshes: [findPeople],
    onDone: () => (say('They are being erased'), void navigate({ to: '/administration/people' })),
  })
  const typed = email ?? id
  return (
    <PersonAct
      what="Erase at once"
      verb="Erase now"
      says="They are signed out, and everything of theirs is erased: there is no way back, not even for you. What others wrote stays."
      act={act}
      into={({ reason = '' }) => ({ id, reason })}
      button={{ variant: 'danger' }}
    >
      <TextField name="address" label={`To be sure, type ${typed}`} pattern={exactly(typed)} autoComplete="off" />
    </PersonAct>
  )
}

// As the pattern of a field, in which all but letters and digits may mean something else.
const exactly = (text: string) => text.replaceAll(/[^a-zA-Z0-9]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`)
