import { useRef } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Card } from '#platform/web/parts/card.tsx'

/** The link of an invitation that was made just now: we do not show it a second time. */
export function MadeLink({ link }: { link: string }) {
  const { copy, copied } = useClipboard({ timeout: 4_000 })
  const field = useRef<HTMLInputElement>(null)
  return (
    <Card
      title="The invitation is made"
      lead="Give this link to whoever it is for. It is shown this once."
      actions={
        <Button onClick={() => (field.current?.select(), copy(link))}>
          <span aria-live="polite">{copied ? 'Copied' : 'Copy the link'}</span>
        </Button>
      }
    >
      <TextInput
        className="made-link"
        ref={field}
        label="Link"
        value={link}
        readOnly
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
    </Card>
  )
}
