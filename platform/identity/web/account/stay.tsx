import { readMe } from '#platform/identity/account/api.ts'
import { cancelDeletion, readDeletion } from '#platform/identity/leaving/api.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'

/** Where it is read whether somebody is leaving. */
export const leavingShows = [readDeletion, readMe]

/** Thinking better of leaving. */
export function Stay() {
  const act = useAct(by(cancelDeletion), { refreshes: leavingShows, onDone: () => say('You stay') })
  return (
    <Form
      act={act}
      submit="Keep my account"
      into={() => ({})}
      words={{ nothing_to_cancel: 'Your account stays already. Reload the page.' }}
    />
  )
}
