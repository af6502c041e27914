import { useRef } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import './copy-link.css'

/** A link to send to somebody. */
export function CopyLink({ link }: { link: string }) {
  const { copy, copied } = useClipboard({ timeout: 4_000 })
  const field = useRef<HTMLInputElement>(null)
  return (
    <div className="copy-link">
      <TextInput ref={field} label="Link" value={link} readOnly onFocus={({ currentTarget }) => currentTarget.select()} />
      <Button variant="default" onClick={() => (field.current?.select(), copy(link))}>
        <span aria-live="polite">{copied ? 'Copied' : 'Copy the link'}</span>
      </Button>
    </div>
  )
}
