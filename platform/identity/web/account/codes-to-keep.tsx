import { useEffect, useRef } from 'react'
import { Button, CopyButton } from '@mantine/core'
import './codes-to-keep.css'

/** Recovery codes, the only time they are seen. */
export function CodesToKeep({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const text = `Recovery codes for ${location.host}. Each works once.\n\n${codes.join('\n')}\n`
  const says = useRef<HTMLParagraphElement>(null)
  useEffect(() => says.current?.focus(), [])
  return (
    <>
      <p ref={says} tabIndex={-1}>
        These are shown this once. Keep them where your phone is not: on paper, or in a password manager.
      </p>
      <ol className="codes" aria-label="Your recovery codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className="row-acts">
        <Button onClick={onKept}>I have kept them</Button>
        <Button
          component="a"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="recovery-codes.txt"
          variant="default"
        >
          Download them
        </Button>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? 'Copied' : 'Copy them'}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  )
}
