import type { seePerson } from '#platform/identity/administration/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm, type ConfirmProps } from '#platform/web/parts/confirm.tsx'
import { Row } from '#platform/web/parts/list.tsx'
import { ReasonField } from './reason.tsx'

export type SeenPerson = OutputOf<typeof seePerson>

/** One act: what it is and what follows, and its button, which asks for the reason. */
export const PersonAct = <I, O>({ what, children, ...confirm }: ConfirmProps<I, O> & { what: string }) => (
  <Row>
    <div className="says">
      <p className="says-what">{what}</p>
      <p>{confirm.says}</p>
    </div>
    <Confirm {...confirm}>
      {children}
      <ReasonField />
    </Confirm>
  </Row>
)
