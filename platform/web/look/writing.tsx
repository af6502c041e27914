import { Button } from '@mantine/core'
import { Refusal } from '#platform/operations/call.ts'
import { Composer } from '../parts/composer.tsx'
import { ChoiceField, LongField, PasswordField, TextField, TickField } from '../parts/fields.tsx'
import { Form } from '../parts/form.tsx'
import { Rating } from '../parts/rating.tsx'
import { Section } from '../parts/section.tsx'
import { say } from '../parts/toast.ts'
import { UploadField } from '../parts/upload-field.tsx'
import { useAct } from '../read.ts'

const faulty = new Refusal({
  type: 'about:blank',
  title: '',
  status: 400,
  code: 'invalid_input',
  errors: [{ field: 'email', says: 'This is not an e-mail address. One looks like name@example.org.' }],
})
const refuse = async (): Promise<never> => {
  throw faulty
}
const pause = () => new Promise<void>((done) => void setTimeout(done, 400))

export function Writing() {
  const refused = useAct(refuse)
  const sent = useAct(pause, { onDone: () => say('Sent') })
  return (
    <>
      <Section title="Buttons" lead="One primary action a view.">
        <div className="look-line">
          <Button>Check in</Button>
          <Button variant="default">Reschedule</Button>
          <Button variant="subtle">Not now</Button>
          <Button variant="danger">Leave station</Button>
          <Button variant="light">Prepare</Button>
        </div>
        <div className="look-line">
          <Button loading>Check in</Button>
          <Button disabled>Check in</Button>
          <Button variant="default" disabled>
            Reschedule
          </Button>
        </div>
      </Section>
      <Section title="A form" lead="Press the button: it is refused at the first field.">
        <Form act={refused} submit="Save the changes" into={() => undefined} beside={<Button variant="subtle">Cancel</Button>}>
          <TextField name="email" label="E-mail" help="Where we write to you. Others never see it." type="email" optional />
          <PasswordField name="password" label="Password" autoComplete="new-password" optional />
          <ChoiceField
            name="role"
            label="Role"
            choices={[
              { value: 'candidate', label: 'Candidate' },
              { value: 'patient', label: 'Patient' },
            ]}
            optional
          />
          <LongField name="reason" label="Reason" optional />
          <Rating
            name="rating"
            label="How clear was the plan"
            words={['Not at all', 'A little', 'Partly', 'Mostly', 'Entirely']}
            optional
          />
          <TickField name="adult" label="I am 18 or older" help="Accounts are for adults." optional />
          <UploadField name="file" label="Picture" help="JPEG, PNG or WebP, up to 20 MB." purpose="avatar" accept="image/*" />
        </Form>
      </Section>
      <Section title="Writing to somebody">
        <Composer label="Write to Priya" act={sent} into={() => undefined} keep="look" />
      </Section>
    </>
  )
}
