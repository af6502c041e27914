import { useNavigate, useSearch } from '@tanstack/react-router'
import { me } from '#platform/web/me.ts'
import { PasswordField, TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Page } from '#platform/web/parts/page.tsx'
import { useAct } from '#platform/web/read.ts'
import { auth } from '../gotrue.ts'

export function SignIn() {
  const { next = '/today' } = useSearch({ strict: false }) as { next?: string }
  const navigate = useNavigate()
  const act = useAct((fields: { email: string; password: string }) => auth('POST', '/token?grant_type=password', fields), {
    onDone: () => void navigate({ href: next }),
    refreshes: [{ path: me.queryKey[0]! }],
  })
  return (
    <Page title="Sign in">
      <Form act={act} submit="Sign in" into={({ email = '', password = '' }) => ({ email, password })}>
        <TextField name="email" label="E-mail" type="email" autoComplete="username" />
        <PasswordField name="password" label="Password" autoComplete="current-password" />
      </Form>
    </Page>
  )
}
