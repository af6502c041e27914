import { askToReview, askToWrite, listCasesToSeeTo } from '#domains/practice/api/authors.ts'
import { ReasonField } from '#platform/identity/web/administration/reason.tsx'
import { Edit } from '#platform/web/parts/edit.tsx'
import { TextField } from '#platform/web/parts/fields.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'

const asks = {
  review: {
    op: askToReview,
    verb: 'Ask for a check',
    says: 'A clinician who did not write it. They read all of it from then on, and are told so.',
  },
  write: {
    op: askToWrite,
    verb: 'Ask to write',
    says: 'They read all of it from then on, rewrite it while it is a draft, and are told so.',
  },
} as const

/** A button for administrators: somebody is asked to check a case, or to write it. On record. */
export function Ask({ id, to }: { id: string; to: keyof typeof asks }) {
  const { op, verb, says } = asks[to]
  const act = useAct(by(op), { refreshes: [listCasesToSeeTo], onDone: () => say('Asked') })
  return (
    <Edit verb={verb} says={says} submit={verb} act={act} into={({ email = '', reason = '' }) => ({ id, email, reason })}>
      <TextField name="email" label="E-mail of their account" type="email" />
      <ReasonField />
    </Edit>
  )
}
