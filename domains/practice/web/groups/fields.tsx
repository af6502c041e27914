import { TextInput } from '@mantine/core'
import { LongField, TextField } from '#platform/web/parts/fields.tsx'
import { useFault, type Fields } from '#platform/web/parts/form.tsx'

export const GroupFields = ({ name, words }: { name?: string; words?: string }) => (
  <>
    <TextField name="name" label="What it is called" maxLength={80} defaultValue={name} help="Such as: Thursday evening group." />
    <LongField name="words" label="What people should know" maxLength={500} defaultValue={words} optional />
  </>
)

export const groupOf = ({ name = '', words = '' }: Fields) => ({ name, words })

/** By when, and what the teacher says about it. A date field holds a day of the calendar, in nobody's zone. */
export const AssignmentFields = ({ due_on, words }: { due_on: string; words?: string }) => (
  <>
    <TextInput
      name="due_on"
      label="To practise by"
      type="date"
      required
      withAsterisk={false}
      defaultValue={due_on}
      error={useFault('due_on')}
    />
    <LongField
      name="words"
      label="What to mind"
      maxLength={500}
      defaultValue={words}
      optional
      help="People read it before they play the case. Nothing that gives it away."
    />
  </>
)

export const assignmentOf = ({ due_on = '', words = '' }: Fields) => ({ due_on, words })
