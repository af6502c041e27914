import { changeAccount, readAccount } from '#platform/identity/account/api.ts'
import { useMe } from '#platform/web/me.ts'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Page } from '#platform/web/parts/page.tsx'
import { by, useAct } from '#platform/web/read.ts'

export function Account() {
  const me = useMe()
  const change = useAct(by(changeAccount), { refreshes: [readAccount] })
  return (
    <Page title="Your account">
      <Form act={change} submit="Save the name" into={({ name = '' }) => ({ name })}>
        <TextField name="name" label="Name" defaultValue={me.name} autoComplete="name" />
      </Form>
    </Page>
  )
}
