import { PasswordField, TextField, TickField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { auth } from '../gotrue.ts'
import { Quietly } from './coming-in.tsx'
import { withWayBack } from './mail.ts'
import { useProof } from './proof.ts'
import { entryWords } from './words.ts'

type NewAccountProps = { next: string; submit: string; way?: { invitation: string } | { set_up: string }; onDone: (email: string) => void }

/** What everybody is asked who is not known yet. */
export function NewAccount({ next, submit, way, onDone }: NewAccountProps) {
  const act = useProof(
    ({ email, password, name }: { email: string; password: string; name: string }) =>
      auth('POST', withWayBack('/signup', next), { email, password, data: { name, adult: true, ...way } }).then(() => email),
    onDone,
  )
  return (
    <>
      <Form
        act={act}
        submit={submit}
        words={entryWords}
        into={({ email = '', password = '', name = '' }) => ({ email, password, name: name.trim() })}
      >
        <TextField name="name" label="Name" help="As others here will see it" autoComplete="name" maxLength={100} />
        <TextField name="email" label="E-mail" type="email" autoComplete="username" />
        <PasswordField
          name="password"
          label="Password"
          help="At least 8 characters. A few words that only you would put together are best."
          autoComplete="new-password"
        />
        <TickField name="adult" label="I am 18 or older" />
      </Form>
      <Quietly>
        The <Elsewhere href="/terms">terms</Elsewhere> hold for your account; the <Elsewhere href="/privacy">privacy notice</Elsewhere> says
        what is kept, and for how long.
      </Quietly>
    </>
  )
}

const Elsewhere = ({ href, children }: { href: string; children: string }) => (
  <a href={href} target="_blank" rel="noreferrer">
    {children}
  </a>
)
