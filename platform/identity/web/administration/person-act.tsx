import type { seePerson } from '#platform/identity/administration/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm, type ConfirmProps } from '#platform/web/parts/confirm.tsx'
import { Row } from '#platform/web/parts/list.tsx'
import { Edit } from '#platform/web/parts/edit.tsx'
import { ReasonField } from './reason.tsx'

export type SeenPerson = OutputOf<typeof seePerson>

type PersonActProps<I, O> = ConfirmProps<I, O> & {
  what: string
  /** It takes nothing away from them. */
  gives?: boolean | undefined
}

/** One act: what it is and what follows, and its button, which asks for the reason. */
export function PersonAct<I, O>({ what, gives = false, children, ...act }: PersonActProps<I, O>) {
  const fields = (
    <>
      {children}
      <ReasonField />
    </>
  )
  return (
    <Row>
      <div className="says">
        <p className="says-what">{what}</p>
        <p>{act.says}</p>
      </div>
      {gives ? (
        <Edit {...act} submit={act.verb}>
          {fields}
        </Edit>
      ) : (
        <Confirm {...act}>{fields}</Confirm>
      )}
    </Row>
  )
}
