import { useState } from 'react'
import { Button } from '@mantine/core'
import { Confirm } from '../parts/confirm.tsx'
import { TextField } from '../parts/fields.tsx'
import { Section } from '../parts/section.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { say } from '../parts/toast.ts'
import { useAct } from '../read.ts'

const nothing = async () => undefined

export function Sheets() {
  const [opened, setOpened] = useState(false)
  const remove = useAct(nothing, { onDone: () => say('Notice removed', { undo: () => say('The notice is back') }) })
  return (
    <Section title="Over the page">
      <div className="look-line">
        <Button variant="default" onClick={() => setOpened(true)}>
          See the brief
        </Button>
        <Confirm verb="Remove the notice" says="Nobody sees it any more. You can take this back." act={remove} into={() => undefined}>
          <TextField name="reason" label="Reason" optional />
        </Confirm>
        <Button variant="default" onClick={() => say('Saved')}>
          Save
        </Button>
      </div>
      <Sheet opened={opened} onClose={() => setOpened(false)} title="Your brief">
        <p>Mrs Holloway, 67, two days after a hip replacement. She became short of breath an hour ago.</p>
      </Sheet>
    </Section>
  )
}
