import { listCasesToSeeTo, publishCase, withdrawCase } from '#domains/practice/api/authors.ts'
import { listCases, seeCase } from '#domains/practice/api/library.ts'
import { ReasonField } from '#platform/identity/web/administration/reason.tsx'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Edit } from '#platform/web/parts/edit.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'

const refreshes = [listCasesToSeeTo, listCases, seeCase]

export function Publish({ id, edition }: { id: string; edition: number }) {
  const act = useAct(by(publishCase), { refreshes, onDone: () => say('Published') })
  return (
    <Edit
      verb="Publish"
      submit="Publish"
      says="Everybody finds it in the library from then on, and its authors cannot change it any more."
      button={{ variant: 'filled' }}
      act={act}
      into={({ reason = '' }) => ({ id, edition, reason })}
    >
      <ReasonField />
    </Edit>
  )
}

export function Withdraw({ id }: { id: string }) {
  const act = useAct(by(withdrawCase), { refreshes, onDone: () => say('Withdrawn') })
  return (
    <Confirm
      verb="Withdraw it"
      says="Nobody finds or begins it any more; what has begun goes on. It is a draft again, and can be published again."
      act={act}
      into={({ reason = '' }) => ({ id, reason })}
    >
      <ReasonField />
    </Confirm>
  )
}
