import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { useAct } from '#platform/web/read.ts'
import { askForMail, type MailType } from './mail.ts'

type AskForMailProps = { type: MailType; next: string; email?: string; onSent: (email: string) => void }

export function AskForMail({ type, next, email, onSent }: AskForMailProps) {
  const act = useAct((email: string) => askForMail(type, email, next).then(() => email), { onDone: onSent })
  return (
    <Form act={act} submit={verbs[type]} into={({ email = '' }) => email}>
      <TextField name="email" label="E-mail" type="email" autoComplete="email" defaultValue={email} />
    </Form>
  )
}

const verbs = { signup: 'Send a new mail', magiclink: 'Send me a link', recovery: 'Send me the mail' }
