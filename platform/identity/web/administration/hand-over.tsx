import { handOver } from '#platform/identity/exports/api.ts'
import { ChoiceField } from '#platform/web/parts/fields.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { PersonAct, type SeenPerson } from './person-act.tsx'

/** A copy of everything of theirs: for them, or as broken glass for the administrator. */
export function HandOver({ id }: SeenPerson) {
  const act = useAct(by(handOver), { onDone: () => say('The copy is being made') })
  return (
    <PersonAct
      what="Hand over their data"
      verb="Hand over data"
      says="A copy of everything of theirs is made. For them, it waits at their account; for you, it waits at yours, and they are told by mail that you have it."
      gives
      act={act}
      into={({ reason = '', to }) => ({ id, reason, to: to === 'me' ? ('me' as const) : ('person' as const) })}
    >
      <ChoiceField name="to" label="For whom" choices={whom} />
    </PersonAct>
  )
}

const whom = [
  { value: 'person', label: 'For them' },
  { value: 'me', label: 'For me: broken glass, they are told' },
]
