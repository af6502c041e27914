import { useRef } from 'react'
import { Button, FileButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { linkFile } from '#platform/files/api.ts'
import { changeAvatar, readMe } from '#platform/identity/account/api.ts'
import { useMe } from '#platform/web/me.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Face } from '#platform/web/parts/person.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { useUploading } from '#platform/web/parts/uploading.ts'
import { by, read, useAct } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import './picture.css'

export function Picture() {
  const { name, avatar_file_id: id } = useMe()
  const doing = { refreshes: [readMe], onDone: () => say('Saved') }
  const change = useAct(by(changeAvatar), doing)
  const uploading = useUploading('avatar', (file_id) => change.run({ file_id }))
  const refusal = uploading.refusal ?? change.refusal
  const remove = useAct(by(changeAvatar), doing)
  const { data } = useQuery({ ...read(linkFile, { id: id ?? '' }), enabled: id !== null, staleTime: 300_000 })
  const again = useRef<() => void>(null)
  return (
    <div className="own-picture">
      <Face name={name} picture={id && data?.url} />
      <FileButton
        resetRef={again}
        accept="image/png,image/jpeg,image/webp"
        inputProps={{ 'aria-label': 'Picture' }}
        onChange={(file) => {
          if (file) uploading.send(file)
          again.current?.()
        }}
      >
        {(props) => (
          <Button {...props} variant="default" loading={uploading.state === 'sending' || change.busy}>
            {id ? 'Choose another picture' : 'Choose a picture'}
          </Button>
        )}
      </FileButton>
      {id && (
        <Confirm verb="Remove the picture" says="Others see your initials from then on." act={remove} into={() => ({ file_id: null })} />
      )}
      {refusal && <Refused error={refusal} words={words[refusalIn(refusal)?.code ?? '']} />}
    </div>
  )
}

const words: Record<string, string> = {
  type_not_allowed: 'This is no picture that we can take. Choose a JPEG, PNG or WebP.',
  file_is_too_large: 'This file is too large. A picture may have 20 MB.',
}
