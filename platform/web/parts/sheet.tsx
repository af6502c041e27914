import { useEffect, useId, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { CloseButton } from '@mantine/core'
import { openOver } from './over.ts'
import './sheet.css'

export type SheetProps = {
  opened: boolean
  onClose: () => void
  title: string
  /** Wide screens: at the side, beside what it is about; or in the middle, where an answer is needed first. */
  at?: 'side' | 'middle'
  children: ReactNode
}

/** A sheet of paper over the page; from below on a phone. Escape and a press beside it close it, and focus returns. */
export function Sheet(props: SheetProps) {
  return props.opened && createPortal(<Opened {...props} />, document.body)
}

// The browser's own <dialog>: it keeps focus inside and gives it back, closes at Escape, and lies above everything.
function Opened({ onClose, title, at = 'side', children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => {
    const opened = dialog.current!
    const before = document.activeElement as HTMLElement | null
    const beside = (event: MouseEvent) => event.target === opened && close.current()
    opened.addEventListener('mousedown', beside)
    openOver(opened)
    opened.querySelector<HTMLElement>('form :is(input:not([type=hidden]), textarea, select)')?.focus()
    return () => {
      opened.close()
      if (before?.isConnected) before.focus() // or else it has gone with what was done, and the frame knows where to go
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`sheet sheet-${at}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className="sheet-paper">
        <header className="sheet-head">
          <h2 id={heading}>{title}</h2>
          <CloseButton className="sheet-close" aria-label="Close" onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
