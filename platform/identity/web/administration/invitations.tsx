import { invite, listInvitations } from '#platform/identity/invitations/api.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Page } from '#platform/web/parts/page.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'

export function Invitations() {
  const act = useAct(by(invite), { refreshes: [listInvitations] })
  return (
    <Page title="Invitations">
      <Form act={act} submit="Make the invitation" into={({ email, reason = '' }) => ({ reason, ...(email ? { email } : {}) })}>
        <TextField name="email" label="E-mail" type="email" optional />
        <TextField name="reason" label="Reason" />
      </Form>
      <DataList
        label="Invitations"
        op={listInvitations}
        input={{}}
        empty={<Empty>Nobody is invited.</Empty>}
        row={({ email, expires_at }) => (
          <>
            {email ?? 'whoever has the link'} <When at={expires_at} />
          </>
        )}
      />
    </Page>
  )
}
