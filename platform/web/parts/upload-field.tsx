import { useId, useRef } from 'react'
import { Button } from '@mantine/core'
import { refusalIn } from '../words.ts'
import { useFault } from './form.tsx'
import { Refused } from './refused.tsx'
import { useUploading } from './uploading.ts'
import './upload-field.css'

export type UploadFieldProps = {
  /** The form sends the file's id by this name. */
  name: string
  label: string
  help?: string
  /** What the file is for: a purpose of platform/files. */
  purpose: string
  /** As <input accept> has it. */
  accept?: string
  onUploaded?: (id: string) => void
}

/** A file, sent as soon as it is chosen. If the line breaks it goes on from where it was. */
export function UploadField({ name, label, help, purpose, accept, onUploaded }: UploadFieldProps) {
  const { file, came, state, id, refusal, send, resume, cancel } = useUploading(purpose, onUploaded)
  const picker = useRef<HTMLInputElement>(null)
  const fault = useFault(name)
  const about = useId()
  const says = {
    none: '',
    sending: file && `${sizeOf(came)} of ${sizeOf(file.size)}`,
    stopped: 'Stopped',
    refused: 'Not taken',
    there: file && `Uploaded, ${sizeOf(file.size)}`,
  }
  return (
    <fieldset className="upload" aria-describedby={about} data-faulty={fault !== undefined || undefined}>
      <legend className="input-label">{label}</legend>
      <div id={about}>
        {help && <p className="input-help">{help}</p>}
        {fault && <p className="input-error">{fault}</p>}
      </div>
      <input type="hidden" name={name} value={id ?? ''} />
      <input
        ref={picker}
        className="unseen"
        type="file"
        tabIndex={-1}
        aria-hidden
        aria-label={label}
        accept={accept}
        onChange={({ target }) => {
          if (target.files?.[0]) send(target.files[0])
          target.value = '' // so that the same file can be chosen again
        }}
      />
      {file && (
        <div className="upload-file">
          <div className="upload-name">
            <span>{file.name}</span>
            <span className="upload-says" aria-live="polite">
              {says[state]}
            </span>
          </div>
          {state === 'sending' && <progress aria-label={`Uploading ${file.name}`} value={came} max={file.size} />}
        </div>
      )}
      {refusal && <Refused error={refusal} words={words[refusalIn(refusal)?.code ?? 'lost']} />}
      <div className="upload-acts">
        {state === 'stopped' && <Button onClick={resume}>Resume</Button>}
        {state === 'sending' ? (
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button variant="default" onClick={() => picker.current?.click()}>
            {file ? 'Choose another file' : 'Choose a file'}
          </Button>
        )}
        {state === 'there' && (
          <Button variant="subtle" onClick={cancel}>
            Remove
          </Button>
        )}
      </div>
    </fieldset>
  )
}

// platform/files/refusals.ts, for a person.
const words: Record<string, string> = {
  lost: 'The connection was lost. What has arrived is kept; resume when you are back.',
  file_is_too_large: 'This file is too large. Choose a smaller one.',
  type_not_allowed: 'A file of this kind cannot be used here. Choose another.',
  file_is_damaged: 'This file is damaged: parts of it are missing or cannot be read. Choose another.',
  file_is_two_things: 'This file hides a second one, so it was not taken. Save it anew, then try again.',
  unpacks_too_large: 'This file unpacks to more than can be taken. Choose a smaller one.',
  picture_has_too_many_pixels: 'This picture has too many pixels. Make it smaller, then try again.',
  picture_cannot_be_read: 'This picture cannot be read. Save it as JPEG or PNG, then try again.',
  file_is_quarantined: 'A scanner found something harmful in this file, so it was locked away.',
  too_much_unclaimed: 'You have many files here that are not used yet. Use or remove some, or wait a day.',
  upload_has_expired: 'This upload waited for more than a day and is gone. Choose the file again.',
  no_such_upload: 'This upload is gone. Choose the file again.',
  upload_is_being_written: 'This upload still goes on elsewhere. Wait a minute, then choose the file again.',
  upload_goes_on_elsewhere: 'This upload went on elsewhere. Choose the file again.',
}

const sizeOf = (bytes: number) =>
  bytes >= 2 ** 20 ? `${(bytes / 2 ** 20).toFixed(1)} MB` : bytes >= 1_024 ? `${Math.round(bytes / 1_024)} kB` : `${bytes} bytes`
