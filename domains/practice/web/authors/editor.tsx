import { useDeferredValue, useRef, useState, type ReactNode } from 'react'
import { Button, Textarea } from '@mantine/core'
import { Form } from '#platform/web/parts/form.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import type { Act } from '#platform/web/read.ts'
import { NoRealPatient } from '../no-real-patient.tsx'
import { Findings, toMend } from './findings.tsx'
import { useHouse } from './house.ts'
import { lookAt } from './looked-at.ts'
import { unfit } from './unfit.ts'
import './authors.css'

type EditorProps<O> = {
  text: string
  act: Act<{ file: string }, O>
  submit: string
  beside?: ReactNode
}

/** A case in its own form, and beside it what is wrong with it, anew at every letter. */
export function Editor<O>({ text, act, submit, beside }: EditorProps<O>) {
  const [typed, setTyped] = useState(text)
  const field = useRef<HTMLTextAreaElement>(null)
  const looked = lookAt(useDeferredValue(typed), useHouse())
  // By the element's own setter, as if somebody had typed it: so the browser keeps it, too.
  const put = (said: string) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(field.current, said)
    field.current!.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return (
    <div className="editor">
      <div className="editor-text">
        <Form act={act} submit={submit} into={({ file = '' }) => ({ file })} words={unfit} beside={beside}>
          <NoRealPatient />
          <Textarea
            ref={field}
            name="file"
            label="The case"
            description="Markdown, as it is read and sent. Keep the headings; write below them."
            defaultValue={text}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            required
            withAsterisk={false}
            maxLength={60_000}
            rows={32}
            spellCheck
            classNames={{ input: 'editor-field' }}
          />
        </Form>
        <OpenFile onOpened={put} />
      </div>
      <aside className="editor-findings" aria-label="What to mend">
        <Section title={looked.file ? toMend(looked.findings) : 'Not a case yet'}>
          {looked.file ? (
            <Findings findings={looked.findings} />
          ) : (
            <>
              <p>
                Line {looked.line}: {looked.says}.
              </p>
              <Button variant="default" onClick={() => goToLine(field.current!, looked.line)}>
                Go to line {looked.line}
              </Button>
            </>
          )}
        </Section>
      </aside>
    </div>
  )
}

function OpenFile({ onOpened }: { onOpened: (text: string) => void }) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <p className="editor-open">
      <input
        ref={picker}
        className="unseen"
        type="file"
        accept=".md,.markdown,.txt,text/markdown,text/plain"
        tabIndex={-1}
        aria-hidden
        aria-label="A case as a file"
        onChange={({ target }) => {
          void target.files?.[0]?.text().then(onOpened)
          target.value = '' // so that the same file can be chosen again
        }}
      />
      <Button variant="subtle" onClick={() => picker.current?.click()}>
        Open a file instead
      </Button>
    </p>
  )
}

function goToLine(field: HTMLTextAreaElement, line: number): void {
  const lines = field.value.split('\n')
  const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0)
  field.focus()
  field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0))
  field.scrollTop = (line - 5) * Number.parseFloat(getComputedStyle(field).lineHeight)
}
