import { useMe } from '#platform/web/me.ts'
import { PasswordField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { auth } from '../gotrue.ts'
import { ComingIn } from './coming-in.tsx'
import { useGoOn } from './led-on.tsx'
import { useNext } from './next.ts'
import { useProof } from './proof.ts'

/** After a mail let somebody in who forgot their password, or never had one. */
export function NewPassword() {
  const { email } = useMe()
  const next = useNext()
  const act = useProof((password: string) => auth('PUT', '/user', { password }), useGoOn(next))
  return (
    <ComingIn title="Choose a new password" lead="Wherever else you are signed in, you will be signed out.">
      <Form act={act} submit="Keep this password" into={({ password = '' }) => password}>
        <input type="hidden" name="username" autoComplete="username" value={email ?? ''} readOnly />
        <PasswordField
          name="password"
          label="New password"
          help="At least 8 characters. A few words that only you would put together are best."
          autoComplete="new-password"
        />
      </Form>
    </ComingIn>
  )
}
